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

    def explored(self, kind: str, primary: bool | None, referred: Day, *, closed: Day = None) -> GuidedChild:
        self.option(kind, referred=referred, closed=closed)
        self.rows["local_permanence_options"][-1].update(is_primary=primary)
        return self

    def review_due(self, due: Day, *, held: Day = None, cancelled: bool = False) -> GuidedChild:
        self.review(held, cancelled=cancelled)
        self.rows["ssd_cla_reviews"][-1].update(clar_cla_review_due_date=day(due))
        return self


def guided(born: Day = "2015-05-10") -> GuidedChild:
    """A child of whom nothing but birth is recorded yet."""
    return GuidedChild("A", born, None)
