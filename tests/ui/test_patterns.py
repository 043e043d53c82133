"""The table of barriers: a share, and a shade, of a group that has children enough to tell, and of no other."""

from __future__ import annotations

import pandas

from ui.panel.patterns import matrix


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
