"""The Permanence Panel's pack: the figures, by service and team, and the children behind each, in one workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from metrics.engine import Engine
from metrics.reported import Reported
from metrics.scope import Scope
from packs.answers import SENSITIVITY, SHEETS, PanelAnswers, ask
from packs.drift import add_drift
from packs.drift_answers import DriftAnswers, ask_drift
from packs.figures import add_figures
from packs.flows import add_flows
from packs.front import add_front
from packs.groups import add_groups
from packs.lists import add_list
from packs.saving import save
from packs.sources import add_sources
from packs.workbook import date_words, new_workbook, sheet_name


def write_panel_pack(
    engine: Engine,
    out: Path,
    policy_id: str = "hertfordshire",
    as_at: date | None = None,
    scope: Scope = Scope(),  # noqa: B008 a frozen value: the county, no roles
    since: date | None = None,
    reported: Reported | None = None,
) -> Path:
    """Write the panel's pack to ``out`` (.xlsx), replacing what is there in one step, and give the path back.

    ``as_at`` is the reporting date (the night's own unless given). Drift is told ``since`` the last panel's date (the month end
    before unless given), from the list that was ``reported`` to that panel where it is given. Raises QuestionError for a policy or
    date that cannot be asked about, and PackError when the file cannot be written.
    """
    answers = ask(engine, policy_id, as_at, scope)
    drift = ask_drift(engine, policy_id, as_at, scope, since, reported)
    return save(panel_workbook(answers, drift), Path(out))


def panel_workbook(answers: PanelAnswers, drift: DriftAnswers) -> Workbook:
    """Lay the answers out, sheet by sheet."""
    workbook = new_workbook(
        title=f"Permanence Panel pack, {date_words(answers.as_at)}",
        subject=f"{answers.council}, {answers.scope.words}. {SENSITIVITY}",
        about={"night": answers.night, "as_at": answers.as_at.isoformat(), "policy": answers.policy.id},
    )
    list_sheets = list_sheet_names(answers)
    add_front(workbook, answers, list_sheets, drift)
    add_figures(workbook, answers, list_sheets)
    add_groups(workbook, answers, SHEETS["service"], ("Service",), answers.services)
    add_groups(workbook, answers, SHEETS["team"], ("Service", "Team"), answers.teams)
    add_drift(workbook, answers, drift, list_sheets)
    add_flows(workbook, answers, drift)
    for number, headline in enumerate(answers.headlines, start=1):
        add_list(workbook, answers, number, headline, list_sheets[headline.rule.id])
    add_sources(workbook, answers)
    return workbook


def list_sheet_names(answers: PanelAnswers) -> dict[str, str]:
    """Rule id -> the name of its sheet, numbered as the figures are."""
    taken = {"front", *(name.casefold() for name in SHEETS.values())}
    return {rule.id: sheet_name(f"{number} {rule.title}", taken) for number, rule in enumerate(answers.rules, start=1)}
