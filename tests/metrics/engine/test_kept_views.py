"""Views that are kept for the next question: lent to one at a time, and the ones unused for longest make room."""

from __future__ import annotations

from typing import cast

import pytest

from metrics.engine import kept_views
from metrics.engine.gate import View
from metrics.engine.kept_views import KeptViews


class OfSomebody:
    """A view, of which only its end is looked at."""

    is_plain = True

    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> KeptViews:
    monkeypatch.setattr(kept_views, "VIEWS_KEPT", 2)
    return KeptViews()


def opened() -> View:
    return cast(View, OfSomebody())


def lend(kept: KeptViews, whose: str) -> View:
    with kept.lent(whose, opened) as view:
        return view


def closed(view: View) -> int:
    return cast(OfSomebody, view).closed


def test_an_idle_view_is_lent_again_and_two_at_once_are_two(kept: KeptViews):
    first = lend(kept, "a")
    with kept.lent("a", opened) as one, kept.lent("a", opened) as other:
        assert one is first and other is not first
    assert lend(kept, "a") in (one, other) and lend(kept, "b") not in (one, other)


def test_the_view_that_was_unused_for_longest_makes_room(kept: KeptViews):
    first, second = lend(kept, "a"), lend(kept, "b")
    assert lend(kept, "a") is first
    third = lend(kept, "c")
    assert [closed(view) for view in (first, second, third)] == [0, 1, 0]
    assert lend(kept, "a") is first and lend(kept, "b") is not second


def test_others_make_room_while_the_oldest_view_is_lent(kept: KeptViews):
    """The first page of a busy morning was lent, and a reader of another got an error."""
    first = lend(kept, "a")
    with kept.lent("a", opened) as lent:
        assert lent is first
        others = [lend(kept, whose) for whose in "bcd"]
        assert [closed(view) for view in others] == [1, 0, 0] and closed(first) == 0
    assert lend(kept, "a") is first and closed(others[1]) == 1


def test_a_view_is_closed_after_an_error(kept: KeptViews):
    with pytest.raises(ZeroDivisionError), kept.lent("a", opened) as view:
        raise ZeroDivisionError
    assert closed(view) == 1 and lend(kept, "a") is not view
