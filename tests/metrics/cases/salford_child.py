"""A child of Salford's cases: the builder's child, with what its key stages are read from."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day, day


class SalfordChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def home(self, kind: str | None, start: Day, end: Day = None, *, miles=None, id=None, authority=None, **same) -> SalfordChild:
        """A placement, with its miles from home and the authority that it lies in."""
        self.placement(kind, start, end, id=id, **same)
        self.rows["ssd_cla_placement"][-1].update(clap_cla_placement_distance=miles, clap_cla_placement_la=authority)
        return self

    def approval(self, kind: str, placement: str | None = None, *, by: str | None = "", **same) -> SalfordChild:
        """As of any child, but by the role whose decision it is unless said otherwise."""
        role = "Strategic Director" if kind in ("DISTANT", "CEASE_16_17") else "Assistant Director"
        return super().approval(kind, placement, by=role if by == "" else by, **same)

    def decided(self, decision: Day) -> SalfordChild:
        """An agency decision that the child should be placed for adoption."""
        self.permanence()
        self.rows["ssd_permanence"][-1].update(perm_adm_decision_date=day(decision))
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
