"""What a panel pack lays out: asked of the engine once a question, then passed to the sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from data.contract.contract import titles
from metrics.answers.backlog import backlog_children
from metrics.answers.headlines import Headline, headlines
from metrics.engine.engine import Engine
from metrics.engine.policy import Policy, Rule
from metrics.engine.rows import ChildRow, ComingRow, FigureRow, GroupRow, typed_rows
from metrics.engine.scope import Scope
from packs.excel.night_answers import NightAnswers, about_night
from words.numbers import counted

COMING_DAYS = 28  # four weeks, where nobody names another time
SHEETS = {
    "moved": "What moved",
    "figures": "Figures",
    "service": "By service",
    "team": "By team",
    "drift": "Drift",
    "changed": "Joined and left",
    "late": "Late recording",
    "backlog": "Backlog",
    "flows": "Flows",
    "agenda": "Agenda",
    "due": "Decisions due",
    "overdue": "Actions overdue",
    "coming": "Coming next",
    "decisions": "Decisions",
    "actions": "Actions",
    "sources": "Sources",
}


@dataclass(frozen=True)
class GroupFigures:
    """A service's or a team's row: its names, its children in care, and each rule's children (None: no figure)."""

    names: tuple[str, ...]
    in_care: int
    children: tuple[int | None, ...]


@dataclass(frozen=True)
class PanelAnswers(NightAnswers):
    """All that a panel pack says, as the engine answered it.

    ``children`` is rule id -> its children in the engine's order, each {column: value}, None where a value is missing. ``backlog``: those
    of ``backlog_children``. ``services``, ``teams`` and ``backlog`` are empty where no annex was asked for. ``coming``: who joins a list
    within ``coming_days`` if nothing changes (``Engine.coming_next``).
    """

    policy: Policy
    headlines: tuple[Headline, ...]
    services: tuple[GroupFigures, ...]
    teams: tuple[GroupFigures, ...]
    children: dict[str, tuple[ChildRow, ...]]
    coming: tuple[ComingRow, ...]
    coming_days: int
    backlog: tuple[ChildRow, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.policy.rules

    @property
    def in_care(self) -> int:
        """Children in care in the scope on the reporting date."""
        return self.headlines[0].in_care

    @property
    def words(self) -> dict[str, str]:
        """What a front sheet says of the answers, by its label."""
        return super().words | {
            "Scope": f"{self.scope_words}: {counted(self.in_care, 'child', 'children')} in care",
            "Policy": f"{self.policy.name}, {self.policy.document}",
        }


def ask(
    engine: Engine, policy_id: str, as_at: date | None, scope: Scope, annex: bool = True, coming_days: int = COMING_DAYS
) -> PanelAnswers:
    """Put the panel's questions to the engine; those that the ``annex`` alone answers only where there is one.

    Raises QuestionError for a policy or a day that cannot be asked about.
    """
    day = as_at or engine.as_at
    if policy_id not in engine.policies:
        engine.rule(policy_id, "")
    policy = engine.policies[policy_id]
    first = headlines(engine, policy_id, scope, day)
    lists, coming = engine.listed_and_coming(policy_id, scope, day, coming_days)
    listed = typed_rows(lists, ChildRow)
    services_of: dict[str, list[str]] = {}
    # A team with nobody in care may have a child on a list that goes beyond those in care.
    groups = [(row["service"], row["team"]) for row in typed_rows(engine.groups(scope, day), GroupRow)]
    for service, team in (*groups, *((child["service"], child["team"]) for child in listed)):
        if service not in services_of.setdefault(team, []):
            services_of[team].append(service)
    return PanelAnswers(
        **about_night(engine, day, scope),
        policy=policy,
        headlines=first,
        services=_groups(engine, policy, scope, day, "service", lambda service: (service,)) if annex else (),
        teams=_groups(engine, policy, scope, day, "team", lambda team: (", ".join(services_of[team]), team)) if annex else (),
        children={rule.id: tuple(child for child in listed if child["rule"] == rule.id) for rule in policy.rules},
        coming=tuple(typed_rows(coming, ComingRow)),
        coming_days=coming_days,
        backlog=tuple(typed_rows(backlog_children(engine, policy_id, scope, day), ChildRow)) if annex else (),
    )


def _groups(engine: Engine, policy: Policy, scope: Scope, day: date, by: str, names_of: Callable) -> tuple[GroupFigures, ...]:
    rows: dict[str, dict[str, FigureRow]] = {}
    for figure in engine.figure_rows(policy.id, scope, by, (day,)):
        rows.setdefault(figure.group, {})[figure.rule] = figure
    groups = [
        GroupFigures(
            names_of(group),
            found[policy.rules[0].id].in_care,
            tuple(found[rule.id].children for rule in policy.rules),
        )
        for group, found in rows.items()
    ]
    return tuple(sorted(groups, key=lambda group: tuple(name.casefold() for name in group.names)))


def limit_words(rule: Rule, as_at: date) -> str:
    """A rule's limit on a day, as a sentence of the pack says it."""
    limit = rule.limit_on(as_at)
    if rule.measure.is_milestone and limit is None:
        return "No limit: a child is listed from the due date until it is done"
    if limit is None:
        return "No limit: a child is listed as soon as this applies"
    agreed = f", agreed by {limit.agreed_by}" if limit.agreed_by else ""
    return f"{limit.words}{agreed}"


def supplied_words(headline: Headline) -> str:
    """Whether the extracts that a figure needs were supplied, with the names that the data dictionary gives them."""
    if headline.absence:
        tables = headline.absence.tables
        return f"No: needs {files(tables)}" if tables else f"{headline.absence.word.capitalize()}: {headline.absence.reason}"
    return f"Yes, without {files(headline.without)}" if headline.without else "Yes"


def files(names: Iterable[str]) -> str:
    """Extracts by title and file; a name may be a choice, ``this or that``."""
    return titles(names, with_names=True, between="; ")
