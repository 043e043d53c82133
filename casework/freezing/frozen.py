"""What a panel froze, read back: everything to those who may see it, and no name of a restricted child to others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.panels import panel_in
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenFigureRow, FrozenListRow, FrozenPackRow, FrozenRuleRow
from casework.records.records import Freeze, Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import PANEL_AREA
from words.labels import RESTRICTED_RECORD

FrozenTable = type[FrozenRuleRow] | type[FrozenListRow] | type[FrozenFigureRow]
COUNCIL_KINDS = ("county", "service", "team")
# Of the area whose panel it is; of a panel of the whole council there is none.
AREA = "area"
GROUP_KINDS = (*COUNCIL_KINDS, AREA)
LIST_COLUMNS = (
    "rule",
    "child_id",
    "place",
    "service",
    "team",
    "worker",
    "since",
    "recorded_since",
    "observed_since",
    "limit_date",
    "days_over",
    "age",
    "in_care",
    "detail",
)
FIGURE_COLUMNS = ("rule", "group_kind", "group_name", "children", "in_care", "population")
RULE_COLUMNS = ("rule", "place", "title", "wording", "limit_words", "missing", "out_of")
# Columns that came later: the hash of a panel that has nothing in one is made without it, as it was when the panel was frozen.
LATER = ("population", "out_of")
PARTS: tuple[tuple[FrozenTable, tuple[str, ...]], ...] = (
    (FrozenRuleRow, RULE_COLUMNS),
    (FrozenListRow, LIST_COLUMNS),
    (FrozenFigureRow, FIGURE_COLUMNS),
)


@dataclass(frozen=True)
class Pack:
    """A workbook as the panel gets it."""

    file_name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def content_hash(session: Session, panel_id: int) -> str:
    """The hash of everything frozen for a panel: rules, lists, figures and the pack."""
    digest = hashlib.sha256()
    for table, columns in PARTS:
        rows = session.execute(select(*(getattr(table, name) for name in columns)).where(table.panel_id == panel_id)).all()
        places = [place for place, name in enumerate(columns) if name not in LATER or any(row[place] is not None for row in rows)]
        values = ([row[place] for place in places] for row in rows)
        lines = sorted(json.dumps([str(value) if isinstance(value, date) else value for value in row]) for row in values)
        digest.update("\n".join([table.__tablename__, *lines, ""]).encode())
    digest.update((session.scalar(select(FrozenPackRow.sha256).where(FrozenPackRow.panel_id == panel_id)) or "").encode())
    return digest.hexdigest()


def check_frozen(casework: Casework, panel_id: int) -> str | None:
    """What is wrong with a frozen panel, in a sentence; None when all of it is as it was frozen."""
    with casework.reading() as session:
        held, freeze = _frozen(session, panel_id)
        if content_hash(session, panel_id) != freeze.content_hash:
            return f"The frozen lists or figures of the panel of {held.when} have been changed; restore the backup."
        row = session.get_one(FrozenPackRow, panel_id)
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            return f"The frozen pack of the panel of {held.when} has been changed; restore the backup."
    return None


def frozen_pack(casework: Casework, panel_id: int) -> Pack:
    """The workbook that the panel was given, checked against its hash. It names no restricted child."""
    if problem := check_frozen(casework, panel_id):
        raise CaseworkError(problem)
    with casework.reading() as session:
        row = session.get_one(FrozenPackRow, panel_id)
        return Pack(row.file_name, row.content)


def frozen_children(
    casework: Casework, panel_id: int, hidden: frozenset[str], rules: Iterable[str] | None = None
) -> pandas.DataFrame:
    """The children on a frozen panel's lists as somebody sees them who may not see the ``hidden`` ones, in the order of the lists.

    Columns: as_at, policy and LIST_COLUMNS without place. Dates are days; in_care, whether the child was in care on the day.
    """
    with casework.reading() as session:
        held, freeze = _frozen(session, panel_id)
        frame = _frame(session, FrozenListRow, LIST_COLUMNS, panel_id)
    if rules is not None:
        frame = frame[frame["rule"].isin(set(rules))]
    frame = frame.sort_values("place", ignore_index=True).drop(columns="place")
    for column in ("since", "recorded_since", "observed_since", "limit_date"):
        frame[column] = pandas.to_datetime(frame[column]).astype("datetime64[us]")
    frame[["days_over", "age"]] = frame[["days_over", "age"]].astype("Int64")
    masked = frame["child_id"].isin(hidden)
    frame.loc[masked, ["child_id", "worker"]] = RESTRICTED_RECORD
    frame.loc[masked, "detail"] = None
    frame.loc[masked, "age"] = pandas.NA
    frame.insert(0, "policy", held.policy_id)
    frame.insert(0, "as_at", pandas.Timestamp(freeze.as_at))
    return frame


def frozen_figures(casework: Casework, panel_id: int, by: str = "county") -> pandas.DataFrame:
    """A frozen panel's figures by county, service, team or (of an area's panel) area, in the order of the rules.

    Columns as Engine.figures gives them: as_at, policy, rule, <by> (of an area: panel_area), children (missing: ``frozen_rules`` says why),
    in_care, population (those whom the figure is a share of; missing where that was not supplied, and in panels frozen before it was
    kept).
    """
    if by not in GROUP_KINDS:
        raise CaseworkError(f"A panel's figures are not frozen by '{by}'; use one of {', '.join(GROUP_KINDS)}.")
    with casework.reading() as session:
        held, freeze = _frozen(session, panel_id)
        if by == AREA and not held.area:
            raise CaseworkError(
                f"The panel of {held.when} is the whole council's; its figures are by {', '.join(COUNCIL_KINDS)}."
            )
        frame = _frame(session, FrozenFigureRow, FIGURE_COLUMNS, panel_id)
        order = dict(_places(session, panel_id))
    frame = frame[frame["group_kind"] == by].drop(columns="group_kind")
    frame["place"] = frame["rule"].map(order)
    frame = frame.sort_values(["group_name", "place"], ignore_index=True).drop(columns="place")
    counts = ["children", "in_care", "population"]
    frame[counts] = frame[counts].astype("Int64")
    frame.insert(0, "policy", held.policy_id)
    frame.insert(0, "as_at", pandas.Timestamp(freeze.as_at))
    return frame.rename(columns={"group_name": PANEL_AREA if by == AREA else by})


def frozen_rules(casework: Casework, panel_id: int) -> pandas.DataFrame:
    """A frozen panel's rules in their order: rule, title, wording, limit_words, missing (why it was not counted, as
    ``metrics.engine.absence.from_stored`` reads it, or empty), out_of (whom its figures are a share of; None where that was not kept)."""
    with casework.reading() as session:
        _frozen(session, panel_id)
        frame = _frame(session, FrozenRuleRow, RULE_COLUMNS, panel_id)
    return frame.sort_values("place", ignore_index=True).drop(columns="place")


def _frozen(session: Session, panel_id: int) -> tuple[Panel, Freeze]:
    """A panel and its freeze. Raises CaseworkError where it has not been frozen yet."""
    held = panel_in(session, panel_id)
    return held, held.frozen


def _frame(session: Session, table: FrozenTable, columns: tuple[str, ...], panel_id: int) -> pandas.DataFrame:
    rows = session.execute(select(*(getattr(table, name) for name in columns)).where(table.panel_id == panel_id)).all()
    return pandas.DataFrame([tuple(row) for row in rows], columns=list(columns))


def _places(session: Session, panel_id: int) -> list[tuple[str, int]]:
    asked = select(FrozenRuleRow.rule, FrozenRuleRow.place).where(FrozenRuleRow.panel_id == panel_id)
    return [(rule, place) for rule, place in session.execute(asked)]
