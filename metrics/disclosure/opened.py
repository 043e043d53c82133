"""Which figures can be shown again while every range stays wide: asked of one programme for each group, where the last answer left it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from metrics.disclosure.linear_programme import Programme
from metrics.disclosure.vulnerable_cells import Outsider


class Opened:
    """The groups of figures under a pattern, and those that have been shown again since."""

    def __init__(self, outsider: Outsider, hidden: Collection[int]) -> None:
        self._outsider = outsider
        self._group = {index: group for group in outsider.components(hidden) for index in group}
        self._programmes: dict[tuple[int, ...], Programme] = {}

    def stays_wide(self, index: int, groups: Iterable[tuple[int, ...]]) -> bool:
        """Show a figure, and see whether the groups that it leaves still have wide ranges."""
        programme = self._programme(index)
        programme.fix(index, True)
        beside = {other for number in self._outsider.touching[index] for other, _ in self._outsider.rows[number]}
        return programme.shows([one for group in groups for one in self._outsider.asked(group)], likely=beside)

    def close(self, index: int) -> None:
        """Hide a figure again that was shown last."""
        self._programme(index).fix(index, False)

    def _programme(self, index: int) -> Programme:
        group = self._group[index]
        if group not in self._programmes:
            self._programmes[group] = self._outsider.programme(group)
        return self._programmes[group]
