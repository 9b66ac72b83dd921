"""People at their own screens, in a real browser, before a real server."""

import pytest
from django.test import Client

from tests.browser import Shoulder, launched
from tests.makers import log_in

WIDE, PHONE = (1280, 900), (360, 740)


@pytest.fixture(scope="package")
def chromium():
    """One browser for all these tests, gone before others begin: it keeps a loop running in this thread."""
    with launched() as browser:
        yield browser


class Street:
    """Where people sit behind their screens: everybody has a window of their own."""

    def __init__(self, browser, home):
        self.browser, self.home = browser, home
        self.shoulder = Shoulder(home)
        self.windows = []

    def window(self, size=WIDE, person=None, **traits):
        """A window with an empty tab in it, as if this person had just logged in."""
        width, height = size
        window = self.browser.new_context(
            base_url=self.home,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            **traits,
        )
        window.set_default_timeout(10_000)
        self.shoulder.watch(window)
        self.windows.append(window)
        if person:
            window.add_cookies([{"url": self.home, **ticket(person)}])
        return window.new_page()

    def close(self):
        """Everybody goes home."""
        for window in self.windows:
            window.close()


def ticket(person):
    """The cookie of a session in which this person logged in."""
    client = log_in(Client(), person)
    (cookie,) = client.cookies.values()
    return {"name": cookie.key, "value": cookie.value}


@pytest.fixture
def street(chromium, live_server, settings):
    """A site with people before it; fails when a browser had anything to complain about."""
    settings.BASE_URL = live_server.url
    place = Street(chromium, live_server.url)
    yield place
    place.close()
    assert place.shoulder.faults == []
