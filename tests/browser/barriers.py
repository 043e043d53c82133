"""What axe finds on the page that is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.deep import DEEP

T = TypeVar("T")
SCHEMES = ("light", "dark")


def in_turn(pages: Iterable[T]) -> list[tuple[T, tuple[str, ...]]]:
    """Pages with the schemes in which each is looked at: light and dark by turns, in ``make test-deep`` both."""
    return [(page, SCHEMES if DEEP else (SCHEMES[place % 2],)) for place, page in enumerate(pages)]


def barriers_found(visit: Visit, schemes: Sequence[str]) -> list[tuple[str, str, str]]:
    """The violations of every gravity that axe finds in these schemes (headings out of order among them), each with its scheme and the
    place of the first."""
    found: list[tuple[str, str, str]] = []
    for scheme in schemes:
        visit.in_scheme(scheme)
        violations = Axe().run(visit.page, options={"resultTypes": ["violations"]}).response["violations"]
        found += [(scheme, violation["id"], violation["nodes"][0]["html"][:200]) for violation in violations]
    return found
