"""A real browser, and somebody who looks over its shoulder.

Whatever the browser complains about fails the test: an error on the console, something that the content security policy
stopped, a request to another host, a part of a page that is missing, a server that fell over.
"""

import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = {"document", "xhr", "fetch"}  # what may answer 4xx when somebody does something wrong
NOT_FOUND = (
    "Failed to load resource"  # the console repeats every 4xx; the answers themselves are watched
)


@contextmanager
def launched():
    """The system's Chromium; skips the test where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("er is geen Chromium op deze machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # The browser runs a loop in this thread. Django would take that for an asynchronous view, and refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Shoulder:
    """Who looks over the shoulder: ``faults`` holds what was wrong in all the windows that are watched."""

    def __init__(self, home):
        self.home, self.faults = urlsplit(home).netloc, []

    def watch(self, context):
        """From now on, in every tab of this window."""
        context.on("console", self.heard)
        context.on("weberror", lambda error: self.note(error.page, error.error))
        context.on("request", self.asked)
        context.on("response", self.answered)
        context.on("requestfailed", self.failed)
        context.on("dialog", self.stopped)

    def note(self, page, fault):
        """Write down what was wrong, and where."""
        self.faults.append(f"{page.url if page else '?'}: {fault}")

    def heard(self, message):
        """Something on the console."""
        if message.type == "error" and not message.text.startswith(NOT_FOUND):
            self.note(message.page, message.text)

    def asked(self, request):
        """A request; only to our own host, or with the answer in the address itself."""
        address = urlsplit(request.url)
        if address.netloc != self.home and address.scheme not in {"data", "blob"}:
            self.faults.append(f"vraagt iets aan een ander: {request.url}")

    def answered(self, response):
        """An answer; a part of a page is there, and the server never falls over."""
        is_page = response.request.resource_type in PAGES
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status} op {response.url}")

    def failed(self, request):
        """No answer at all; a page that was left, or that became a download, is no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure} op {request.url}")

    def stopped(self, dialog):
        """A question in the way. Whoever goes on after saving is asked nothing."""
        self.note(dialog.page, f"vraagt: {dialog.type} {dialog.message}")
        dialog.accept()
