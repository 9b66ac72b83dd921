"""What people do with a page: with a mouse, or with the keyboard alone.

Everything is found by what it is called on the screen, as a person or a screen reader finds it.
"""

import re
from copy import copy

from playwright.sync_api import expect

from tests.makers import PASSWORD
from tests.sterk.account_steps import code_of

STOPS = 200  # nobody should have to press Tab more often than this


def called(name):
    """This name, perhaps with an explanation behind it; words that only a screen reader hears stand apart."""
    words = re.escape(name).replace(":", r"\s?:")
    return re.compile(rf"^{words}( mag leeg blijven|\s?:.*)?$")


class Mouse:
    """Somebody who clicks."""

    def __init__(self, tab, person=None):
        self.tab, self.person = tab, person
        self.main = tab.get_by_role("main")

    def within(self, selector):
        """The same person, who looks at a part of the page only."""
        part = copy(self)
        part.main = self.main.locator(selector)
        return part

    def go(self, address):
        """Type an address."""
        self.tab.goto(address)

    def enter(self):
        """Log in at the front door, with a one-time code where one is asked for."""
        self.go("/account/login/")
        self.write("E-mailadres", self.person.email)
        self.write("Wachtwoord", PASSWORD)
        self.press("Inloggen")
        if self.person.needs_second_factor:
            self.write("Code", code_of(self.person))
            self.press("Inloggen")
        self.reads("Wat wacht op mij")
        return self

    def found(self, role, name):
        """A button, a link, a choice."""
        return self.main.get_by_role(role, name=called(name))

    def field(self, label):
        """A field to fill in."""
        return self.main.get_by_label(called(label))

    def press(self, name):
        """Press the button of this name."""
        self.hit(self.found("button", name))

    def follow(self, name):
        """Follow the link of this name."""
        self.hit(self.found("link", name))

    def menu(self, name):
        """Go to a page of the main menu."""
        menu = self.tab.get_by_role("navigation", name="Hoofdmenu")
        self.hit(menu.get_by_role("link", name=name, exact=True))

    def unfold(self, summary):
        """Open what is folded under these words, if it is."""
        fold = self.main.locator("summary").filter(has_text=summary)
        if fold.evaluate("one => !one.parentElement.open"):
            self.hit(fold)

    def write(self, label, text):
        """Fill in a field."""
        self.field(label).fill(text)

    def choose(self, name):
        """Choose one of some possibilities."""
        self.found("radio", name).check()

    def tick(self, name):
        """Tick a box."""
        self.found("checkbox", name).check()

    def pick(self, label, option):
        """Pick one from a list."""
        self.field(label).select_option(option)

    def attach(self, label, path):
        """Choose a file."""
        self.field(label).set_input_files(path)

    def hit(self, target):
        """Bring about what a click brings about."""
        target.click()

    def fetch(self, name):
        """The content of the file that this link gives."""
        with self.tab.expect_download() as coming:
            self.follow(name)
        return coming.value.path().read_bytes()

    def reads(self, title):
        """Has arrived at the page with this heading."""
        expect(self.main.get_by_role("heading", level=1)).to_contain_text(title)

    def sees(self, words):
        """Sees these words on the page."""
        expect(self.main.get_by_text(words).first).to_be_visible()

    def never_sees(self, words):
        """These words are nowhere on the page, not even folded away."""
        expect(self.main).not_to_contain_text(words)


class Keys(Mouse):
    """Somebody who has no mouse. Wherever one wants to be, the focus can be brought, and be seen there."""

    def hit(self, target):
        self.reach(target)
        self.tab.keyboard.press("Enter")

    def write(self, label, text):
        self.reach(self.field(label))
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.insert_text(text)

    def choose(self, name):
        radio = self.found("radio", name)
        self.reach(radio, AMONG_THESE)
        while not radio.evaluate(HERE):
            self.tab.keyboard.press("ArrowDown")
        self.tab.keyboard.press("Space")
        expect(radio).to_be_checked()

    def reach(self, target, arrived=None):
        """Press Tab until the focus is on the target, and look whether it can be seen there."""
        expect(target).to_be_visible()
        for _ in range(STOPS):
            if target.evaluate(arrived or HERE):
                return self.look(target)
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"{self.tab.url}: met Tab kom je nergens bij {target}")

    def look(self, target):
        """The focus can be seen, once the page has moved along with it."""
        for _ in range(40):
            if (unseen := self.tab.evaluate(UNSEEN)) is None:
                return
            self.tab.wait_for_timeout(50)
        raise AssertionError(f"{self.tab.url}: {unseen}: {target}")


HERE = "one => one === document.activeElement"
AMONG_THESE = "one => one.name === document.activeElement.name"

# What is wrong with where the focus is: no mark, out of sight, or wholly behind something that stays in view.
UNSEEN = """() => {
  const here = document.activeElement
  const marked = [here, here.closest("label"), here.parentElement].filter(Boolean).some(one => {
    const style = getComputedStyle(one)
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
  })
  if (!marked) return "er is niet te zien waar je bent"
  const box = here.getBoundingClientRect()
  const shows = [0.1, 0.3, 0.5, 0.7, 0.9].some(part => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part)
    return top && (here.contains(top) || top.contains(here) || top.closest("label")?.contains(here))
  })
  return shows ? null : "waar je bent, staat achter iets of buiten beeld"
}"""
