"""A child of Salford's cases: the builder's child, with what its key stages are read from."""

from __future__ import annotations

from tests.builder import Child, Day, day


class SalfordChild(Child):
    """Every method adds one row and gives the child back."""

    def meeting(self, kind: str, held: Day, status: str | None = "HELD") -> SalfordChild:
        return self._add(
            "local_meetings",
            meeting_id=self._number("local_meetings", None),
            person_id=self.identifier,
            meeting_type=kind,
            meeting_date=held,
            meeting_status=status,
        )

    def event(self, kind: str, happened: Day) -> SalfordChild:
        return self._add(
            "local_events",
            event_id=self._number("local_events", None),
            person_id=self.identifier,
            event_type=kind,
            event_date=happened,
        )

    def approval(
        self, kind: str, placement: str | None = None, *, asked: Day = None, decided: Day = None, decision="APPROVED"
    ) -> SalfordChild:
        return self._add(
            "local_approvals",
            approval_id=self._number("local_approvals", None),
            person_id=self.identifier,
            placement_id=placement,
            approval_type=kind,
            requested_date=asked,
            decided_date=decided,
            decision=decision if decided else None,
        )

    def visit(self, made: Day, *, seen: bool | None = True) -> SalfordChild:
        return self._add(
            "ssd_cla_visits",
            clav_cla_visit_id=self._number("ssd_cla_visits", None),
            clav_person_id=self.identifier,
            clav_cla_visit_date=made,
            clav_cla_visit_seen=seen,
        )

    def note(self, kind: str, written: Day) -> SalfordChild:
        return self._add(
            "local_case_notes",
            note_id=self._number("local_case_notes", None),
            person_id=self.identifier,
            note_type=kind,
            note_date=written,
        )

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
