"""A child of Cheshire East's cases: the builder's child, with what the Action Planning Tracker is read from."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day


class CheshireChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def explored(
        self, kind: str, *, referred: Day = None, viable: Day = None, viability: str | None = None, assessed: Day = None,
        done: Day = None, outcome: str | None = None, order: Day = None, closed: Day = None, primary: bool | None = False,
        carer: str | None = None,
    ) -> CheshireChild:  # fmt: skip
        """An option of the Permanency Planning Progress form."""
        return self._add(
            "local_permanence_options",
            option_id=f"{self.identifier}-{self._number('local_permanence_options', None)}",
            person_id=self.identifier,
            option_type=kind,
            carer_label=carer,
            is_primary=primary,
            referral_date=referred,
            viability_date=viable,
            viability_outcome=viability,
            assessment_start_date=assessed,
            assessment_end_date=done,
            assessment_outcome=outcome,
            order_date=order,
            closed_date=closed,
        )

    def visit(self, made: Day, *, seen: bool | None = True, alone: bool | None = True) -> CheshireChild:
        """As of any child, but seen alone unless said otherwise."""
        return super().visit(made, seen=seen, alone=alone)

    def finding_family(
        self, kind: str, start: Day, *, matched: Day = None, ended: Day = None, placement=None, ratified: Day = None
    ):
        """A match with carers, from the day on which a family was sought."""
        return self._add(
            "local_carer_matches",
            match_id=self._number("local_carer_matches", None),
            person_id=self.identifier,
            match_type=kind,
            placement_id=placement,
            family_finding_start_date=start,
            match_date=matched,
            ratified_date=ratified,
            ended_date=ended,
        )

    def decided(self, decision: Day, *, reversed: Day = None) -> CheshireChild:
        """An agency decision that the child should be placed for adoption."""
        return self._add(
            "ssd_permanence",
            perm_table_id=self._number("ssd_permanence", None),
            perm_person_id=self.identifier,
            perm_adm_decision_date=decision,
            perm_decision_reversed_date=reversed,
        )


def cheshire_child(born: Day = "2015-05-10", identifier: str = "A") -> CheshireChild:
    """A child of whom nothing but birth is recorded yet."""
    return CheshireChild(identifier, born, None)
