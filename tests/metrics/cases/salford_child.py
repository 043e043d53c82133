"""A child of Salford's cases: the builder's child, with what its key stages are read from."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day, day


class SalfordChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def home(self, kind: str | None, start: Day, end: Day = None, *, miles=None, id=None, **same) -> SalfordChild:
        """A placement, with its miles from home."""
        self.placement(kind, start, end, id=id, **same)
        self.rows["ssd_cla_placement"][-1].update(clap_cla_placement_distance=miles)
        return self

    def left(self, reason: str | None, left_date: Day) -> SalfordChild:
        """The last episode ends for a reason."""
        self.rows["ssd_cla_episodes"][-1].update(
            clae_cla_episode_ceased_date=day(left_date), clae_cla_episode_ceased_reason=reason
        )
        return self


def salford(born: Day = "2015-05-10", identifier: str = "A") -> SalfordChild:
    """A child of whom nothing but birth is recorded yet."""
    return SalfordChild(identifier, born, None)
