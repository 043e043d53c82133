"""What the strategic level learns from the panels: which barriers recur and where, and how long decisions take.

Counts only; no child can be identified from them here, but small counts are not hidden: they are for the panel, not for publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.panels import panels_in
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenListRow
from casework.records.models import AgendaRow, DiscussionRow, DiscussionThemeRow, ThemeRow
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.panel.panel_facts import panel_facts
from metrics.engine.engine import Engine
from words.labels import NOT_KNOWN

WAYS = ("rule", "service", "age", "month")
NO_RULE = "on no list"
# Ages as the national returns band them: from, to, in words.
AGE_BANDS = ((0, 0, "Under 1"), (1, 4, "1 to 4"), (5, 9, "5 to 9"), (10, 15, "10 to 15"), (16, 200, "16 and over"))


@dataclass(frozen=True)
class Route:
    """How many children reached permanence by one route after the panel's decision, and their median days to it."""

    route: str
    children: int
    median_days: float


@dataclass(frozen=True)
class TimeToPermanence:
    """From a child's first decision at a panel to permanence. Medians are over those who reached it only; the open ones are counted beside.

    ``median_days`` is None when nobody has; ``open_median_days`` are the days that the open ones have waited so far.
    """

    decisions: int
    reached: int
    median_days: float | None
    routes: tuple[Route, ...]
    still_open: int
    open_median_days: float | None
    left_otherwise: int


def age_band(age: int | None) -> str:
    """A child's age in years as the patterns band it."""
    return next((words for low, high, words in AGE_BANDS if age is not None and low <= age <= high), NOT_KNOWN)


def theme_patterns(
    casework: Casework,
    engine: Engine,
    policy_id: str,
    by: str,
    from_date: date | None = None,
    to_date: date | None = None,
    area: str | None = None,
) -> pandas.DataFrame:
    """How many children's discussions named each barrier, by rule, service, age or month, over the panels between two dates: those of an
    ``area``, those of the whole council (""), or all.

    A child counts once in a group, however many panels discussed it; a child on several lists counts in each rule's group.
    Columns: group (rule id, service, age band, or month as 2026-11), theme, label, children, discussed (the children discussed in
    the group at all). Groups in their order, themes most frequent first.
    """
    if by not in WAYS:
        raise CaseworkError(f"The themes cannot be shown by '{by}'; use one of {', '.join(WAYS)}.")
    with casework.reading() as session:
        said = _discussed(session, engine, policy_id, from_date, to_date, area)
        labels = dict(session.execute(select(ThemeRow.code, ThemeRow.label)).all())
    groups = said.explode("rule") if by == "rule" else said
    groups = groups.assign(group=groups[by])
    discussed = groups.groupby("group")["child_id"].nunique()
    themes = groups.explode("themes").dropna(subset="themes")
    counted = themes.groupby(["group", "themes"])["child_id"].nunique().reset_index(name="children")
    counted = counted.rename(columns={"themes": "theme"})
    counted["label"] = counted["theme"].map(labels)
    counted["discussed"] = counted["group"].map(discussed)
    order = {group: place for place, group in enumerate(_group_order(engine, policy_id, by, discussed.index))}
    counted["place"] = counted["group"].map(order)
    counted = counted.sort_values(["place", "children", "theme"], ascending=[True, False, True], ignore_index=True)
    return counted[["group", "theme", "label", "children", "discussed"]]


def time_to_permanence(casework: Casework, engine: Engine, policy_id: str) -> TimeToPermanence:
    """How long children wait between their first decision at a panel and permanence, as the extracts of tonight know it.

    Reached: adopted, special guardianship, child arrangements or a planned return home; matched or placed for adoption; a long-term
    match ratified, on or after the panel. Open children are counted as open with their days so far, never as finished; a child who had
    left care before the panel that decided is not counted.
    """
    with casework.reading() as session:
        decisions = _first_decisions(session, engine, policy_id)
    if not decisions:
        return TimeToPermanence(0, 0, None, (), 0, None, 0)
    facts = panel_facts(engine, decisions)
    # A child who had left care by the panel that closed the record was waiting for nothing.
    facts = facts[~(facts["left_date"] < facts["decision_date"])]
    facts["days"] = (facts["permanence_date"] - facts["decision_date"]).dt.days
    reached = facts[facts["days"].notna()]
    left = facts[facts["days"].isna() & facts["left_date"].notna()]
    still = facts[facts["days"].isna() & facts["left_date"].isna()]
    waited = (pandas.Timestamp(engine.as_at) - still["decision_date"]).dt.days
    routes = [Route(route, len(rows), float(median(rows["days"]))) for route, rows in reached.groupby("route")]
    return TimeToPermanence(
        decisions=len(facts),
        reached=len(reached),
        median_days=float(median(reached["days"])) if len(reached) else None,
        routes=tuple(sorted(routes, key=lambda route: (-route.children, route.route))),
        still_open=len(still),
        open_median_days=float(median(waited)) if len(waited) else None,
        left_otherwise=len(left),
    )


def panels_between(
    session: Session, policy_id: str, from_date: date | None, to_date: date | None, area: str | None = None
) -> dict[int, Panel]:
    """The panels of a policy between two dates by number, newest first: of an area, of the whole council (""), or (None) all."""
    first, last = from_date or date.min, to_date or date.max
    return {
        held.id: held for held in panels_in(session, policy_id) if first <= held.panel_date <= last and area in (None, held.area)
    }


def _first_decisions(session: Session, engine: Engine, policy_id: str) -> dict[str, date]:
    """Each child's first panel with a decision, by tonight."""
    held = panels_between(session, policy_id, None, engine.as_at)
    first: dict[str, date] = {}
    for row in session.scalars(select(DiscussionRow).where(DiscussionRow.panel_id.in_(held))):
        if row.decision.strip():
            day = held[row.panel_id].panel_date
            first[row.child_id] = min(day, first.get(row.child_id, day))
    return first


def _discussed(
    session: Session, engine: Engine, policy_id: str, from_date: date | None, to_date: date | None, area: str | None
) -> pandas.DataFrame:
    """A row for every discussion: child_id, themes, rule (a list), service, age (its band), month.

    Service and age are as the panel's frozen lists had them, else as tonight's extracts know them.
    """
    held = panels_between(session, policy_id, from_date, to_date, area)
    said = session.scalars(select(DiscussionRow).where(DiscussionRow.panel_id.in_(held))).all()
    rules = {
        (row.panel_id, row.child_id): row.rules for row in session.scalars(select(AgendaRow).where(AgendaRow.panel_id.in_(held)))
    }
    frozen = {
        (panel_id, child_id): (service, age)
        for panel_id, child_id, service, age in session.execute(
            select(FrozenListRow.panel_id, FrozenListRow.child_id, FrozenListRow.service, FrozenListRow.age).where(
                FrozenListRow.panel_id.in_(held)
            )
        )
    }
    without = {row.child_id: engine.as_at for row in said if (row.panel_id, row.child_id) not in frozen}
    known = panel_facts(engine, without).set_index("child_id") if without else pandas.DataFrame()
    themes, rows = themes_named(session, held), []
    for row in said:
        key, day = (row.panel_id, row.child_id), held[row.panel_id].panel_date
        service, age = frozen[key] if key in frozen else _known(known.loc[row.child_id], day)
        rows.append(
            (row.child_id, themes.get(key, []), list(rules.get(key) or [NO_RULE]), service, age_band(age), f"{day:%Y-%m}")
        )
    return pandas.DataFrame(rows, columns=["child_id", "themes", "rule", "service", "age", "month"])


def _known(facts: pandas.Series, day: date) -> tuple[str, int | None]:
    """A child's service and age on a day, from tonight's facts."""
    born = facts["birth_date"]
    service = facts["service"] if isinstance(facts["service"], str) else "no longer in care"
    if pandas.isna(born):
        return service, None
    return service, day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def themes_named(session: Session, held: dict[int, Panel]) -> dict[tuple[int, str], list[str]]:
    """The barriers that each discussion of these panels named, by panel and child."""
    asked = (
        select(DiscussionRow.panel_id, DiscussionRow.child_id, DiscussionThemeRow.theme_code)
        .join(DiscussionRow, DiscussionRow.id == DiscussionThemeRow.discussion_id)
        .where(DiscussionRow.panel_id.in_(held))
        .order_by(DiscussionThemeRow.theme_code)
    )
    themes: dict[tuple[int, str], list[str]] = {}
    for panel_id, child_id, code in session.execute(asked):
        themes.setdefault((panel_id, child_id), []).append(code)
    return themes


def _group_order(engine: Engine, policy_id: str, by: str, found: pandas.Index) -> list[str]:
    """The groups as a table should have them: rules as the policy has them, ages upwards, the rest by name."""
    if by == "rule" and policy_id in engine.policies:
        known = [rule.id for rule in engine.policies[policy_id].rules]
    elif by == "age":
        known = [words for _, _, words in AGE_BANDS]
    else:
        known = []
    return [group for group in known if group in found] + sorted(set(found) - set(known))
