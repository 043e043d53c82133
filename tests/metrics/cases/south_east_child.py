"""A child of the practice guidance's cases: the builder's child, with meetings, approvals, events, hearings and due reviews."""

from __future__ import annotations

from tests.builder import Child, Day, day


class GuidedChild(Child):
    """Every method adds one row and gives the child back."""

    def meeting(self, kind: str, held: Day, status: str | None = "HELD") -> GuidedChild:
        return self._add(
            "local_meetings",
            meeting_id=self._number("local_meetings", None),
            person_id=self.identifier,
            meeting_type=kind,
            meeting_date=held,
            meeting_status=status,
        )

    def approval(self, kind: str, placement: str | None, *, requested: Day = None, decided: Day = None) -> GuidedChild:
        return self._add(
            "local_approvals",
            approval_id=self._number("local_approvals", None),
            person_id=self.identifier,
            placement_id=placement,
            approval_type=kind,
            requested_date=requested,
            decided_date=decided,
            decision="APPROVED" if decided else None,
        )

    def event(self, kind: str, happened: Day) -> GuidedChild:
        return self._add(
            "local_events",
            event_id=self._number("local_events", None),
            person_id=self.identifier,
            event_type=kind,
            event_date=happened,
        )

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
