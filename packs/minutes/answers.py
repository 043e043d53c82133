"""What the minutes of a panel say: figures as frozen, what was said of each child, what was chased, the month's themes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.agenda.agenda import agenda
from casework.agenda.discussions import discussions
from casework.agenda.patterns import theme_patterns
from casework.changes.restricted import NOBODY
from casework.freezing.frozen import AREA, frozen_figures, frozen_rules
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.headlines import headlines
from metrics.answers.kinds.kinds import area_named
from metrics.engine.absence import from_stored
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from metrics.engine.policy import Policy
from metrics.engine.scope import NO_ROLES, Scope
from packs.excel.night_answers import CouncilAnswers
from packs.panel.answers import panel_on
from packs.panel.papers import PanelPapers
from words.labels import AREAS, NOT_KEPT, NOT_SUPPLIED, RESTRICTED_RECORD


@dataclass(frozen=True)
class MinutesAnswers(CouncilAnswers):
    """All that the minutes say.

    ``lists_as_at``: the day of the lists and figures; ``in_care``: the children in care then. ``figures``: each rule's title, its children
    (None: no figure), what stands where there is none, and whom the figure is a share of.
    ``discussed``: a row for each child as ``PanelPapers.discussions`` gives it, with ``actions``; ``themes``: barrier and how many
    children's discussions named it. ``log``: the actions that this panel asked for, and those of earlier ones that are overdue, by owner.
    ``undiscussed``: how many of the agenda were not discussed. ``withheld``: why no child is named, if so.
    """

    policy: Policy
    panel: Panel
    night: str
    night_hash: str
    lists_as_at: date
    in_care: int
    figures: tuple[tuple[str, int | None, str, str], ...]
    discussed: tuple[dict, ...]
    undiscussed: int
    log: tuple[dict, ...]
    themes: tuple[tuple[str, int], ...]
    next_panel_date: date | None
    withheld: str | None


def ask_minutes(
    casework: Casework | None, engine: Engine, policy_id: str, panel_date: date, scope: Scope, area: str = ""
) -> MinutesAnswers:
    """The minutes of the panel of a policy on a date, of an area or ("") of the whole council. Raises QuestionError where there is no such
    policy or panel."""
    if policy_id not in engine.policies:
        engine.rule(policy_id, "")
    casework, panel = panel_on(casework, policy_id, panel_date, area)
    day = panel.freeze.as_at if panel.freeze else min(panel.panel_date, engine.as_at)
    papers = PanelPapers(casework, engine, policy_id, scope, min(day, engine.as_at))
    in_care, figures = _figures(casework, engine, panel, papers.day)
    asked = papers.action_rows(papers.actions([panel]), lambda action: True, panel_date)
    earlier = [one for one in papers.held.values() if one.panel_date < panel_date]
    later = [one.panel_date for one in papers.held.values() if one.area == area and one.panel_date > panel_date]
    chased = papers.action_rows(papers.actions(earlier, panel), lambda action: action.overdue(panel_date), panel_date)
    return MinutesAnswers(
        council=engine.council,
        area=AREAS[engine.settings.area],
        policy=engine.policies[policy_id],
        panel=panel,
        night=panel.freeze.night_name if panel.freeze else engine.night.name,
        night_hash=panel.freeze.night_hash if panel.freeze else engine.night.manifest["seal"],
        lists_as_at=day,
        in_care=in_care,
        figures=figures,
        discussed=tuple(said | {"actions": _of(said, asked)} for said in papers.discussions(panel)),
        undiscussed=_undiscussed(casework, panel),
        log=tuple(sorted((*asked, *chased), key=lambda row: (row["owner"].casefold(), row["due_date"] or date.max))),
        themes=_themes(casework, engine, panel),
        next_panel_date=min(later, default=None),
        withheld=engine.withheld,
    )


def _of(said: dict, asked: tuple[dict, ...]) -> tuple[dict, ...]:
    """The actions for a child who may be named."""
    if said["child_id"] == RESTRICTED_RECORD:
        return ()
    return tuple(action for action in asked if action["child_id"] == said["child_id"])


def _figures(
    casework: Casework, engine: Engine, panel: Panel, day: date
) -> tuple[int, tuple[tuple[str, int | None, str, str], ...]]:
    """Children in care, and each rule's title, children, word for no figure and whom it is a share of: as frozen for the panel, or else
    of the day from this night; of an area's panel, of its area. A panel that was frozen before those were kept says so.
    """
    if panel.freeze is None:
        scope = Scope.whole_council(roles=NO_ROLES).of_area(area_named(engine.settings, panel.area))
        found = headlines(engine, panel.policy_id, scope, day, months=2)
        return found[0].in_care, tuple(
            (one.rule.title, one.children, one.word, _out_of(one.population, one.out_of)) for one in found
        )
    rules = {row["rule"]: row for row in plain_rows(frozen_rules(casework, panel.id))}
    absences = {rule: from_stored(row["missing"]) for rule, row in rules.items()}
    words = {rule: absence.word if absence else NOT_SUPPLIED for rule, absence in absences.items()}
    rows = plain_rows(frozen_figures(casework, panel.id, AREA if panel.area else "county"))
    return rows[0]["in_care"], tuple(
        (rule["title"], row["children"], words[rule["rule"]], _out_of(row["population"], rule["out_of"]))
        for row in rows
        for rule in [rules[row["rule"]]]
    )


def _out_of(population: int | None, children: str | None) -> str:
    if population is None:
        return NOT_SUPPLIED if children else NOT_KEPT
    return f"{population:,} {children}"


def _undiscussed(casework: Casework, panel: Panel) -> int:
    on_agenda = {item.child_id for item in agenda(casework, panel.id, NOBODY)}
    return len(on_agenda - {said.child_id for said in discussions(casework, panel.id, NOBODY)})


def _themes(casework: Casework, engine: Engine, panel: Panel) -> tuple[tuple[str, int], ...]:
    frame = theme_patterns(casework, engine, panel.policy_id, "month", panel.panel_date, panel.panel_date, panel.area)
    return tuple((row["label"], row["children"]) for row in plain_rows(frame))
