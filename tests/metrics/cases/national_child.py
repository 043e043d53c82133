"""A child of Slough's and England's cases: the builder's child, with what their rules are read from."""

from __future__ import annotations

from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Day, day


class NationalChild(RecordedChild):
    """Every method adds one row and gives the child back."""

    def relinquished(self, said: Day, kind: str = "RELINQUISHMENT") -> NationalChild:
        return self.event(kind, said)

    def expected(self, on: Day) -> NationalChild:
        """Not born yet, and expected on a day."""
        self.rows["ssd_person"][0]["pers_expected_dob"] = day(on)
        return self

    def adopted(self, start: Day, end: Day, reason: str = "E12", **named) -> NationalChild:
        """The last episode of care, which an adoption ends."""
        self.in_care(start, end, **named)
        self.rows["ssd_cla_episodes"][-1]["clae_cla_episode_ceased_reason"] = reason
        return self

    def permanence_record(self, **dates: object) -> NationalChild:
        """A row of ssd_permanence by its columns' names, less ``perm_``; dates as ISO text."""
        return self._add(
            "ssd_permanence",
            perm_table_id=self._number("ssd_permanence", None),
            perm_person_id=self.identifier,
            **{f"perm_{name}": value if isinstance(value, bool) else day(value) for name, value in dates.items()},
        )


def national(identifier: str = "A", born: Day = "2015-05-10", died: Day = None) -> NationalChild:
    """A child of whom nothing but birth (and death) is recorded yet."""
    return NationalChild(identifier, born, died)
