"""A reader with the keyboard alone: the focus is moved with Tab, what it is on is pressed with Enter."""

from __future__ import annotations

from tests.browser.conftest import Visit

MOST = 250  # presses: further down a page nobody goes by Tab


def focused(visit: Visit) -> str:
    """The words of the link, button, field or fold that has the focus; nothing where a part of the page itself has it."""
    return visit.page.evaluate(
        """() => {
            const at = document.activeElement;
            if (!at.matches('a, button, input, textarea, summary, [role=combobox], [role=radio]')) return '';
            return at.getAttribute('aria-label') || at.innerText || at.labels?.[0]?.innerText || '';
        }"""
    )


def is_seen(visit: Visit) -> bool:
    """Whether what has the focus is in the window, and marked: by a line around it, a shadow or another border than without."""
    return visit.page.evaluate(
        """() => {
            const at = document.activeElement, box = at.getBoundingClientRect();
            const isIn = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            let marked = false;
            for (let part = at; part && part !== document.body && !marked; part = part.parentElement) {
                const style = getComputedStyle(part);
                marked = part === at && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                marked ||= style.boxShadow !== 'none' || (at.matches('input, textarea') && style.borderStyle !== 'none');
            }
            return isIn && marked;
        }"""
    )


def tab_to(visit: Visit, words: str, most: int = MOST) -> int:
    """Press Tab until the focus is on what these words name, and see it; gives how many presses it took."""
    for pressed in range(most):
        if words in focused(visit):
            assert is_seen(visit), f"the focus on {words} is not seen"
            return pressed
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"{words} cannot be reached with Tab; the focus is on {focused(visit)}")


def press(visit: Visit, words: str) -> None:
    """Go to what these words name, and press it."""
    tab_to(visit, words)
    visit.page.keyboard.press("Enter")


def choose(visit: Visit, field: str, words: str) -> None:
    """Choose in a select box, by what is typed."""
    tab_to(visit, field)
    visit.page.keyboard.type(words)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_timeout(400)
    visit.whole()


def write(visit: Visit, field: str, words: str) -> None:
    """Write in a field."""
    tab_to(visit, field)
    # Its help, a button that has the field's name, may come first.
    while not visit.page.evaluate("document.activeElement.matches('input, textarea')"):
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.type(words)
