"""The table of barriers: a share, and a shade, of a group that has children enough to tell, and of no other."""

from __future__ import annotations

import pandas

from casework.agenda.patterns import TimeToPermanence
from ui.panel.patterns import matrix, time_words


def _rows(*rows: tuple[str, str, int, int]) -> str:
    """The table of (barrier, group, children, children discussed) as HTML."""
    frame = pandas.DataFrame(rows, columns=["theme", "group", "children", "discussed"])
    return matrix(frame.assign(label=frame["theme"], title=frame["group"]), "Barriers")


def test_twenty_children_have_a_share_and_nineteen_have_none():
    html = _rows(("court", "North", 5, 20), ("court", "South", 19, 19))
    assert '<td class="heat4">5<small>25%</small></td><td>19</td>' in html


def test_where_no_group_has_children_enough_nothing_is_shaded():
    html = _rows(("court", "North", 1, 2), ("contact", "South", 1, 1))
    assert "heat4" not in html and "%" not in html


def test_one_child_is_said_to_be_one():
    assert time_words(TimeToPermanence(2, 1, 30.0, (), 1, 25.0, 0)) == (
        "Panels have recorded a decision about 2 children. 1 of them has reached permanence since, within 30 days. 1 is still waiting, "
        "for 25 days so far. The time to permanence above is of those who have reached it, so it understates how long children wait."
    )
    assert time_words(TimeToPermanence(1, 0, None, (), 1, 25.0, 0)) == (
        "Panels have recorded a decision about 1 child. 1 is still waiting, for 25 days so far."
    )


def test_of_several_children_half_are_told():
    words = time_words(TimeToPermanence(6, 2, 30.0, (), 3, 25.0, 1))
    assert "2 of them have reached permanence since; half of those within 30 days." in words
    assert "3 are still waiting, half for 25 days or more so far." in words and words.endswith("1 left care another way.")
