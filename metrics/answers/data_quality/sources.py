"""Where a data load came from: each extract of the contract, whether it came, from which file or table, and the rules that need it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas

from data.contract.contract import tables
from data.contract.systems import named
from data.night.night import Night
from data.sentences import begins
from metrics.answers.data_quality.load_quality import load_report
from metrics.answers.data_quality.rules_that_wait import RuleCoverage, rule_coverage
from metrics.engine.engine import Engine

EVERY_RULE_NEEDS = ("ssd_person", "ssd_cla_episodes")
# In words, as the load's manifest has them.
FORMS = {
    "ssd": "Standard Safeguarding Dataset, files",
    "ssda903": "SSDA903 returns",
    "annex-a": "Annex A workbook",
    "database": "Standard Safeguarding Dataset, straight from a database",
}


@dataclass(frozen=True)
class CameFrom:
    """A load's form, its place and its case system, in words; "" for what the load does not say (it was made by an older version)."""

    form: str
    place: str
    system: str


def came_from(night: Night) -> CameFrom:
    """Where a night came from, as its load noted it."""
    form, system = night.manifest.get("format") or "", night.manifest.get("system") or ""
    return CameFrom(FORMS.get(form, form), night.manifest.get("came_from") or "", named(system).name)


def sources(engine: Engine) -> pandas.DataFrame:
    """One row for each extract of the contract, in its order.

    Columns: extract, table_name, supplied, file_name, rows_used, note (what the load said of the file, such as the rows that mapping.toml
    leaves out), not_told (what the columns that did not come would have said, in words), who_supplies,
    rules_counted and rules_waiting (the rules in use that need it: with a figure, none where it was not supplied; and
    waiting for it). Every rule needs people and episodes.
    """
    report = load_report(engine).set_index("table_name")
    found = rule_coverage(engine)
    rows = []
    for table in tables().values():
        file = report.loc[table.name] if table.name in report.index else None
        supplied = file is not None and bool(file["supplied"])
        absent = str(file["absent_columns"] or "").split(", ") if supplied and file is not None else []
        rows.append(
            {
                "extract": table.title,
                "table_name": table.name,
                "supplied": supplied,
                "file_name": file["file_name"] if supplied and file is not None else "",
                "rows_used": int(file["rows_used"]) if supplied and file is not None else None,
                "note": str(file["note"] or "") if file is not None else "",
                "not_told": "; ".join(column.means for column in table.columns if column.name in absent),
                "who_supplies": begins(table.who),
                "rules_counted": _needing(engine, found, table.name) if supplied else None,
                "rules_waiting": sum(
                    len(one.rules) for one in found.waiting if table.name in " or ".join(one.tables).split(" or ")
                ),
            }
        )
    frame = pandas.DataFrame(rows)
    return frame.astype({"rows_used": "Int64", "rules_counted": "Int64"})


def _needing(engine: Engine, found: RuleCoverage, table: str) -> int:
    needs = {
        (rule.policy, rule.id): {*rule.measure.needs, *rule.measure.needs_any}
        for policy in engine.policies.values()
        for rule in policy.rules
    }
    if table in EVERY_RULE_NEEDS:
        return len(found.counted)
    return sum(table in needs.get(rule, set()) for rule in found.counted)
