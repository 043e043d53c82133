"""A child of the service level's cases: the builder's child, with meetings, decisions, stages of options, the way to court."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day, day


class ServedChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def decided(
        self, decision: Day, *, reversed: Day = None, ordered: Day = None, kind: str = "Adoption", **dates
    ) -> ServedChild:
        """An agency decision; ``ordered`` is the order that gave permanence, of a ``kind``."""
        self.permanence(reversed=reversed, **dates)
        self.rows["ssd_permanence"][-1].update(
            perm_adm_decision_date=day(decision),
            perm_permanence_order_date=day(ordered),
            perm_permanence_order_type=kind if ordered else None,
        )
        return self

    def explored(self, kind: str, referred: Day, *, viability: Day = None, panel: Day = None, court: Day = None, **dates):
        """An option being explored, with the days of its stages."""
        self.option(kind, referred=referred, **dates)
        self.rows["local_permanence_options"][-1].update(
            viability_date=day(viability), panel_date=day(panel), court_application_date=day(court)
        )
        return self

    def assessment_ended(self, ended: Day) -> ServedChild:
        """The end of the last option's full assessment."""
        self.rows["local_permanence_options"][-1].update(assessment_end_date=day(ended))
        return self

    def family_finding(
        self, since: Day, *, matched: Day = None, ratified: Day = None, ended: Day = None, placement: str | None = None
    ) -> ServedChild:
        self.match("LTF", matched, ratified=ratified, ended=ended, placement=placement)
        self.rows["local_carer_matches"][-1].update(family_finding_start_date=day(since))
        return self

    def left(self, start: Day, end: Day, reason: str) -> ServedChild:
        """A whole period of care that ended for a reason."""
        self.in_care(start, end)
        self.rows["ssd_cla_episodes"][-1].update(clae_cla_episode_ceased_reason=reason)
        return self


def served(born: Day = "2018-05-10") -> ServedChild:
    """A child of whom nothing but birth is recorded yet."""
    return ServedChild("A", born, None)
