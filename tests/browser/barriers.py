"""What axe finds on the page that is open."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

SCHEMES = ("light", "dark")


def grave_barriers(visit: Visit) -> list[tuple[str, str]]:
    """The serious and critical violations that axe finds, each with the place of the first."""
    found = Axe().run(visit.page).response["violations"]
    return [
        (violation["id"], violation["nodes"][0]["html"][:200])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
