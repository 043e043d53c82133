"""The benchmark's visitor sees whole pages of the real app, in a new session and in the one it has."""

from __future__ import annotations

import pytest

from benchmarks.visitor import Place, Visitor
from tests.support.event_loops import finish


def test_a_visitor_opens_pages_to_their_last_mark(site: str):
    async def visit() -> list[float]:
        async with Visitor(site) as visitor:
            return [
                await visitor.open(Place(page), new_session) for page, new_session in (("countywide", True), ("drift", False))
            ]

    first, second = finish(visit())
    assert first > 0 and second > 0


def test_a_page_that_does_not_come_to_its_end_is_no_figure(site: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("benchmarks.visitor.LAST_MARK", "a mark that no page has")

    async def visit() -> None:
        async with Visitor(site) as visitor:
            await visitor.open(Place("countywide"), new_session=True)

    with pytest.raises(RuntimeError, match="countywide did not come to its end"):
        finish(visit())
