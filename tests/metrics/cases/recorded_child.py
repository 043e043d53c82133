"""The builder's child, with what several policies ask about: meetings, events, approvals, visits, case notes."""

from __future__ import annotations

from typing import Self

from tests.support.builder import Child, Day, day


class RecordedChild(Child):
    """Every method adds one row and gives the child back."""

    def meeting(self, kind: str, held: Day, status: str | None = "HELD", *, outcome: str | None = None) -> Self:
        return self._add(
            "local_meetings",
            meeting_id=self._number("local_meetings", None),
            person_id=self.identifier,
            meeting_type=kind,
            meeting_date=held,
            meeting_status=status,
            outcome=outcome,
        )

    def event(self, kind: str, happened: Day) -> Self:
        return self._add(
            "local_events",
            event_id=self._number("local_events", None),
            person_id=self.identifier,
            event_type=kind,
            event_date=happened,
        )

    def approval(
        self,
        kind: str,
        placement: str | None = None,
        *,
        asked: Day = None,
        decided: Day = None,
        decision="APPROVED",
        by: str | None = None,
    ) -> Self:
        return self._add(
            "local_approvals",
            approval_id=self._number("local_approvals", None),
            person_id=self.identifier,
            placement_id=placement,
            approval_type=kind,
            requested_date=asked,
            decided_date=decided,
            decision=decision if decided else None,
            decided_by=by if decided else None,
        )

    def family(self, number: str | None = None, *, mother: str | None = None) -> Self:
        """The family of the extract of families, and the mother."""
        if number:
            self._add(
                "ssd_family",
                fami_table_id=self._number("ssd_family", None),
                fami_family_id=number,
                fami_person_id=self.identifier,
            )
        if mother:
            of = {"moth_person_id": mother, "moth_childs_person_id": self.identifier}
            self._add("ssd_mother", moth_table_id=self._number("ssd_mother", None), **of)
        return self

    def sibling_assessment(
        self, assessed: Day, outcome: str | None = "APART", *, by: str | None = None, signed: Day = None, review_by: Day = None
    ) -> Self:
        return self._add(
            "local_sibling_assessments",
            assessment_id=self._number("local_sibling_assessments", None),
            person_id=self.identifier,
            assessed_date=assessed,
            outcome=outcome,
            countersigned_by=by,
            countersigned_date=signed,
            review_by_date=review_by,
        )

    def hearings(self, *, evidence: Day = None, issues_resolution: Day = None) -> Self:
        """The days of the proceedings added last."""
        self.rows["local_care_proceedings"][-1].update(
            final_evidence_due_date=day(evidence), issues_resolution_hearing_date=day(issues_resolution)
        )
        return self

    def before_court(self, decision: Day, ended: Day = None, *, letter: Day = None, outcome: str | None = None) -> Self:
        """Pre-proceedings, from the decision to the step-down or the decision to issue."""
        return self._add(
            "ssd_pre_proceedings",
            prep_table_id=f"{self.identifier}-{self._number('ssd_pre_proceedings', None)}",
            prep_person_id=self.identifier,
            prep_pre_pro_decision_date=decision,
            prep_pre_pro_outcome=outcome,
            prep_agree_stepdown_issue_date=ended,
            prep_care_pro_letter_date=letter,
        )

    def visit(self, made: Day, *, seen: bool | None = True, alone: bool | None = None) -> Self:
        return self._add(
            "ssd_cla_visits",
            clav_cla_visit_id=self._number("ssd_cla_visits", None),
            clav_person_id=self.identifier,
            clav_cla_visit_date=made,
            clav_cla_visit_seen=seen,
            clav_cla_visit_seen_alone=alone,
        )

    def note(
        self, kind: str, written: Day, words: str | None = None, *, author: str | None = None, id: str | None = None
    ) -> Self:
        return self._add(
            "local_case_notes",
            note_id=self._number("local_case_notes", id),
            person_id=self.identifier,
            note_type=kind,
            note_date=written,
            author=author,
            text=words,
        )

    def document(self, kind: str, sent: Day, *, about: Day = None, to: str | None = None, answered: Day = None) -> Self:
        """A document, on the day on which it was sent or written."""
        return self._add(
            "local_documents",
            document_id=self._number("local_documents", None),
            person_id=self.identifier,
            document_type=kind,
            about_date=about,
            sent_date=sent,
            sent_to=to,
            answered_date=answered,
        )

    def immigration(self, status: str | None, start: Day, end: Day = None) -> Self:
        return self._add(
            "ssd_immigration_status",
            immi_immigration_status_id=self._number("ssd_immigration_status", None),
            immi_person_id=self.identifier,
            immi_immigration_status=status,
            immi_immigration_status_start_date=start,
            immi_immigration_status_end_date=end,
        )
