"""A child of the practice guidance's cases: the builder's child, with meetings, approvals, events, hearings and due reviews."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day, day


class GuidedChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def court(self, issued: Day, *, hearing: Day = None, evidence: Day = None, concluded: Day = None) -> GuidedChild:
        self.proceedings(issued, concluded)
        self.rows["local_care_proceedings"][-1].update(first_hearing_date=day(hearing), final_evidence_due_date=day(evidence))
        return self

    def concluded(self, day_of_it: Day) -> GuidedChild:
        """The day on which the last proceedings concluded."""
        self.rows["local_care_proceedings"][-1].update(concluded_date=day(day_of_it))
        return self

    def explored(
        self,
        kind: str,
        primary: bool | None,
        referred: Day,
        *,
        closed: Day = None,
        assessed: Day = None,
        outcome: str | None = None,
    ) -> GuidedChild:
        self.option(kind, referred=referred, closed=closed)
        columns = {"is_primary": primary, "assessment_end_date": day(assessed), "assessment_outcome": outcome}
        self.rows["local_permanence_options"][-1].update(columns)
        return self

    def approved(
        self, kind: str, placement: str | None, decided: Day, *, by: str | None = None, review_by: Day = None
    ) -> GuidedChild:
        """An approval given, by whom, and the day by which it is to be reviewed."""
        self.approval(kind, placement, asked=decided, decided=decided)
        self.rows["local_approvals"][-1].update(decided_by=by, review_by_date=day(review_by))
        return self

    def agency_decision(self, decision: Day) -> GuidedChild:
        self.permanence()
        self.rows["ssd_permanence"][-1].update(perm_adm_decision_date=day(decision))
        return self

    def family_finding(self, begun: Day, kind: str = "ADOPTION") -> GuidedChild:
        """Family finding under way, with no match yet."""
        self.match(kind, None)
        self.rows["local_carer_matches"][-1].update(family_finding_start_date=day(begun))
        return self

    def in_need(self, need: str) -> GuidedChild:
        """The need that the last episode of care records."""
        self.rows["ssd_cla_episodes"][-1].update(clae_cla_primary_need_code=need)
        return self

    def review_due(self, due: Day, *, held: Day = None, cancelled: bool = False) -> GuidedChild:
        self.review(held, cancelled=cancelled)
        self.rows["ssd_cla_reviews"][-1].update(clar_cla_review_due_date=day(due))
        return self


def guided(born: Day = "2015-05-10") -> GuidedChild:
    """A child of whom nothing but birth is recorded yet."""
    return GuidedChild("A", born, None)
