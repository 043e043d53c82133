"""Many small generated cases in one night: every identifier of generated case 7 begins with 0007, so that the cases do not touch."""

from __future__ import annotations

from collections.abc import Callable

from data.contract.contract import tables
from tests.support.builder import UNREADABLE, Records

SHARED = ("ssd_department", "ssd_professionals")
NOT_RENAMED = ("invo_professional_team", "invo_professional_id", "pers_legacy_id")
UNREADABLE_IDENTIFIERS = ("lacp_table_id", "lacp_person_id")


def prefix(number: int) -> str:
    """What the identifiers of a generated case begin with; all of one length, so that their order stays as it was."""
    return f"{number:04}"


def _identifiers(table: str) -> tuple[str, ...]:
    if table == UNREADABLE:
        return UNREADABLE_IDENTIFIERS
    columns = tables()[table].columns
    return tuple(column.name for column in columns if column.kind == "identifier" and column.name not in NOT_RENAMED)


def together(generated_cases: list[Records]) -> Records:
    """One night that holds all the generated cases, which must have the same tables, and the same departments or none."""
    night: Records = {table: [] for table in generated_cases[0]}
    for number, generated in enumerate(generated_cases):
        if set(generated) != set(night):
            raise ValueError("only generated cases with the same files supplied can share a night")
        for table, rows in generated.items():
            if table in SHARED:
                night[table] = night[table] or rows
                continue
            renamed = _identifiers(table)
            for row in rows:
                names = {column: prefix(number) + row[column] for column in renamed if row[column] is not None}
                night[table].append(row | names | {"source_row": len(night[table]) + 2})
    return night


def own(children: dict[str, object], number: int) -> dict[str, object]:
    """Of {child: answer}, those of one generated case, under the names that they have there."""
    start = prefix(number)
    return {child.removeprefix(start): answer for child, answer in children.items() if child.startswith(start)}


def each(nights: list[Records], ask: Callable[[Records], dict[str, object]]) -> list[dict[str, object]]:
    """What ``ask`` tells of each of these nights, {child: answer}, asked once of all of them together."""
    answers = ask(together(nights))
    return [own(answers, number) for number in range(len(nights))]


def own_terms(children: dict[str, dict], number: int) -> dict[str, dict]:
    """As ``own``, for children's terms: the identifiers among them also get their names back."""
    renamed = ("child_id", "placement_id")
    return {
        child: row | {name: row[name] and row[name].removeprefix(prefix(number)) for name in renamed}
        for child, row in own(children, number).items()
    }
