"""Brothers and sisters: who they are, whether they live together, and what was assessed and decided."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, by_day, rows_of, within
from tests.reference.salford_facts import is_one_of, meetings, stay
from tests.reference.terms import ChildOnDay

Answer = tuple[date, str]


def _first(numbers: set[str]) -> str | None:
    return min(numbers, key=lambda number: (len(number), number), default=None)


def family_of(records: Records, child: str) -> str | None:
    """The family's number; of a child in no family, that of the mother's other children, else the mother's."""
    families = rows_of(records, "ssd_family")
    mothers = [row for row in rows_of(records, "ssd_mother") if row["moth_person_id"] is not None]

    def family(person: str) -> str | None:
        return _first({row["fami_family_id"] for row in families if row["fami_person_id"] == person})

    def mother_of(person: str) -> str | None:
        return _first({row["moth_person_id"] for row in mothers if row["moth_childs_person_id"] == person})

    own, mother = family(child), mother_of(child)
    if own or mother is None:
        return f"family {own}" if own else None
    children = {row["moth_childs_person_id"] for row in mothers}
    others = {number for person in children if mother_of(person) == mother and (number := family(person))}
    return f"family {_first(others)}" if others else f"mother {mother}"


def in_care_with(records: Records, child: ChildOnDay, in_care: dict[str, ChildOnDay]) -> list[ChildOnDay]:
    """The child's brothers and sisters in care on the day."""
    family = family_of(records, child.child_id)
    return [
        other
        for name, other in in_care.items()
        if family is not None and name != child.child_id and family_of(records, name) == family
    ]


def _place(records: Records, child: ChildOnDay) -> tuple | None:
    for row in rows_of(records, "ssd_cla_placement"):
        if child.placement_id is not None and row["clap_cla_placement_id"] == child.placement_id:
            postcode = row["clap_cla_placement_postcode"]
            return postcode and (row["clap_cla_placement_provider"], row["clap_cla_placement_urn"], postcode)
    return None


def _since(records: Records, child: ChildOnDay) -> date:
    here = stay(records, child)
    return here.start if here else child.entered_care


def assessments(records: Records, child: ChildOnDay) -> list[dict]:
    """Those of this period of care made by the day, in order."""
    mine = [
        row
        for row in rows_of(records, "local_sibling_assessments")
        if row["person_id"] == child.child_id and within(child.entered_care, row["assessed_date"], child.as_at)
    ]
    return sorted(mine, key=lambda row: (row["assessed_date"], len(row["assessment_id"]), row["assessment_id"]))


def assessed_apart(records: Records, child: ChildOnDay) -> date | None:
    """The day of the last assessment with an outcome, where it says apart."""
    decided = [row for row in assessments(records, child) if row["outcome"] in ("TOGETHER", "APART")]
    if not decided:
        return None
    last = decided[-1]["assessed_date"]
    return last if any(row["outcome"] == "APART" for row in decided if row["assessed_date"] == last) else None


def apart_without_meeting(records: Records, child: ChildOnDay) -> Answer | None:
    """The last assessment with an outcome says apart, and no care planning meeting was held on its day or since."""
    last = assessed_apart(records, child)
    if last is None or meetings(records, child.child_id, ("CARE_PLANNING",), last, child.as_at):
        return None
    return last, f"assessed on {last:%d/%m/%Y}: apart; no meeting since"


def apart_unassessed(records: Records, child: ChildOnDay, in_care: dict[str, ChildOnDay]) -> Answer | None:
    others = in_care_with(records, child, in_care)
    mine = _place(records, child)
    apart = [other for other in others if mine and (theirs := _place(records, other)) and theirs != mine]
    if not apart or assessments(records, child):
        return None
    since = min(max(_since(records, child), _since(records, other)) for other in apart)
    words = "brother or sister in care" if len(others) == 1 else "brothers and sisters in care"
    return since, f"apart from {len(apart)} of {len(others)} {words}"


def to_live_together(records: Records, child: ChildOnDay, in_care: dict[str, ChildOnDay]) -> Answer | None:
    """The last assessment with an outcome says together, and the child lives apart from a brother or sister in care."""
    decided = [row for row in assessments(records, child) if row["outcome"] in ("TOGETHER", "APART")]
    last = decided[-1]["assessed_date"] if decided else None
    if not any(row["outcome"] == "TOGETHER" for row in decided if row["assessed_date"] == last):
        return None
    others, mine = in_care_with(records, child, in_care), _place(records, child)
    apart = [other for other in others if mine and (theirs := _place(records, other)) and theirs != mine]
    if not apart:
        return None
    since = min(max(_since(records, child), _since(records, other)) for other in apart)
    words = "brother or sister in care" if len(others) == 1 else "brothers and sisters in care"
    return max(last, since), f"assessed on {last:%d/%m/%Y}: together; apart from {len(apart)} of {len(others)} {words}"


def assessment_due(records: Records, child: ChildOnDay, in_care: dict[str, ChildOnDay]) -> Answer | None:
    made = assessments(records, child)
    if not made or not in_care_with(records, child, in_care) or not by_day(made[-1]["review_by_date"], child.as_at):
        return None
    words = {"TOGETHER": "together", "APART": "apart"}.get(made[-1]["outcome"], "not decided")
    return made[-1]["review_by_date"], f"assessed on {made[-1]['assessed_date']:%d/%m/%Y}: {words}"


def adopted_with(records: Records, child: ChildOnDay) -> set[str]:
    """The child's brothers and sisters adopted from care by the day."""
    family = family_of(records, child.child_id)
    return {
        row["clae_person_id"]
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_cla_episode_ceased_reason"] in ("E11", "E12")
        and by_day(row["clae_cla_episode_ceased_date"], child.as_at)
        and family is not None
        and row["clae_person_id"] != child.child_id
        and family_of(records, row["clae_person_id"]) == family
    }


def adoption_undecided(records: Records, child: ChildOnDay, in_care: dict[str, ChildOnDay]) -> Answer | None:
    if "adoption" not in child.options:
        return None
    adopted = adopted_with(records, child)
    others = in_care_with(records, child, in_care)
    made = assessments(records, child)
    signed = [row for row in made if row["outcome"] in ("TOGETHER", "APART") and by_day(row["countersigned_date"], child.as_at)]
    if not others and not adopted or any(is_one_of(row["countersigned_by"], ("Service Manager",)) for row in signed):
        return None
    if signed:
        words = "decided, not countersigned by the service manager"
    else:
        words = "assessed, no countersigned decision" if made else "not assessed"
    return child.option_since["adoption"], f"{len(others)} in care, {len(adopted)} adopted; {words}"
