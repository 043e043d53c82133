"""The Cared for Children Action Planning Tracker: the present position of every child in care, and six questions answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas

from data.contract.contract import titles
from metrics import spine
from metrics.answers.child.child import find_child
from metrics.engine.absence import NOT_SUPPLIED, Absence
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.gate import View
from metrics.engine.plain import codes_in_words
from metrics.engine.policy import Policy, Rule
from metrics.engine.scope import Scope

PAGE = "action_planning"
YES, NO, NOT_ASKED = "yes", "no", "not asked"
HERE = Path(__file__).parent
TERMS = ("23_action_planning.sql", "23_next_steps.sql")
TRACKER, OPTIONS, LEGAL = "action_planning.sql", "action_planning_options.sql", "action_planning_legal.sql"


@dataclass(frozen=True)
class Question:
    """One of the six. ``id``: its column in the tracker; ``measures``: whose rules list the children for whom the answer is no.

    A manager works through the list of the last. ``of``: of whom it is asked: *with* or *without* (the long-term carer); of all if empty.
    """

    id: str
    asks: str
    measures: tuple[str, ...]
    of: str = ""


QUESTIONS = (
    Question(
        "assessments_complete",
        "Is every assessment of a parent or connected person complete?",
        ("family_assessments_incomplete",),
    ),
    Question(
        "with_long_term_carer",
        "Does the child live with the intended long-term parent or carer?",
        ("not_with_long_term_carer",),
    ),
    Question(
        "secured_legally",
        "If so, is it secured legally, with nothing left to do?",
        ("not_with_long_term_carer", "not_secured_legally"),
        "with",
    ),
    Question(
        "next_step_under_way",
        "If not, is what must happen first under way?",
        ("not_with_long_term_carer", "no_next_step"),
        "without",
    ),
    Question(
        "visited_in_time_and_alone",
        "Is the child visited in time, and seen alone?",
        ("visit_in_time_and_alone",),
    ),
    Question(
        "entries_consistent",
        "Do plan, placement, legal status and options agree?",
        ("entries_inconsistent",),
    ),
)

# The columns of written information, by the extracts that bring them.
WRITTEN = {
    "summary": ("local_case_notes",),
    "supervision": ("local_case_notes",),
    "decision": ("local_case_notes",),
    "options": ("local_permanence_options",),
    "legal_track": ("local_meetings", "ssd_pre_proceedings", "local_care_proceedings"),
    "last_visit_seen": ("ssd_cla_visits",),
}


def _sql(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _prepare(view: View) -> None:
    """The tracker's own terms are not kept with a night: they are views, made again over its spine."""
    for name in TERMS:
        view.define((Path(spine.__file__).parent / name).read_text(encoding="utf-8"))


def _negative_outcomes(policy: Policy) -> object:
    return policy.rule_over("family_assessments_incomplete").parameters["negative_outcomes"]


def _rules(policy: Policy, question: Question) -> tuple[Rule, ...]:
    return tuple(policy.rule_over(measure) for measure in question.measures)


def _absence(engine: Engine, policy: Policy, question: Question, day: date) -> Absence | None:
    """Why a question has no answer: the extracts that all its rules lack, or the first mistake in one of them. None when it has."""
    found = [absence for rule in _rules(policy, question) if (absence := engine.absence(rule, day))]
    lacking = tuple(dict.fromkeys(name for absence in found for name in absence.tables))
    mistake = next((absence for absence in found if not absence.tables), None)
    return mistake or (Absence(NOT_SUPPLIED, lacking) if lacking else None)


def _answered(engine: Engine, policy: Policy, frame: pandas.DataFrame, question: Question, day: date) -> None:
    """True and false as yes and no, neither as not asked; the words for why where the question has no answer."""
    seen = frame["name"].notna()
    if absence := _absence(engine, policy, question, day):
        answers, reasons = absence.word, absence.needs
        frame[question.id] = pandas.Series(answers, frame.index, dtype=object).where(seen, None)
        frame[f"{question.id}_reason"] = pandas.Series(reasons, frame.index, dtype=object).where(seen, None)
    else:
        frame[question.id] = frame[question.id].map({True: YES, False: NO}).astype(object).fillna(NOT_ASKED).where(seen, None)


def _say_what_was_not_supplied(engine: Engine, frame: pandas.DataFrame) -> None:
    for column, needed in WRITTEN.items():
        missing = [name for name in needed if not engine.supplied[name]]
        if missing:
            said = NOT_SUPPLIED if len(missing) == len(needed) else f"{titles(missing)}: {NOT_SUPPLIED}"
            nothing = frame[column].isna() & frame["name"].notna()
            frame[column] = frame[column].astype(object).mask(nothing, said)


def tracker(
    engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None, child_id: str | None = None
) -> pandas.DataFrame:
    """The tracker: a row a child in care on the day, for all in the scope (or one child), by service, team and worker.

    Columns: as_at, child_id, service, team, worker, legacy_id, name, age (years), entered_care, plan, plan_start, placement,
    placement_start, legal_status; summary, supervision and decision, each with _author, _date and _days (its age in days);
    options and legal_track (a line each), legal_meeting_date, pre_proceedings_date, proceedings_date; last_visit_date,
    last_visit_days, last_visit_seen, next_visit_due; and for each of QUESTIONS its id (yes, no, not asked, not supplied) and <id>_reason.
    Restricted records are rows with service and team alone unless the scope's roles allow them. Raises QuestionError for a
    day after the night, PolicyError for a policy that is not in use. Source: Cheshire East 11.6.
    """
    day = as_at or engine.as_at
    policy = engine.policy(policy_id)
    asked = {
        "as_at": day,
        "child_id": child_id,
        "negative_outcomes": _negative_outcomes(policy),
        "policy_id": policy_id,
        # The SQL speaks of measures; what the policy calls its rules over them is bound.
        "rules": {rule.measure.id: rule.id for question in QUESTIONS for rule in _rules(policy, question)},
    }
    sql = _sql(TRACKER).format(options=_sql(OPTIONS), legal=_sql(LEGAL))
    with engine.view(scope, (day,)) as view:
        _prepare(view)
        frame = codes_in_words(view.execute(sql, asked).df())
    for column in ("age", "summary_days", "supervision_days", "decision_days", "last_visit_days"):
        frame[column] = frame[column].astype("Int64")
    for question in QUESTIONS:
        _answered(engine, policy, frame, question, day)
    _say_what_was_not_supplied(engine, frame)
    return frame


def counts(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """How often each question is answered yes, no and not supplied, restricted records included.

    Columns: question (its id), asks, yes, no, not_asked (children of whom it is not asked), not_supplied (or not available), rule (whose
    list to work through), listed (the length of that list; missing where there is none), missing (why there is no answer). The noes are
    the lengths of the rules' lists.
    """
    policy = engine.policy(policy_id)
    figures = engine.figures(policy_id, scope, "county", [as_at or engine.as_at]).set_index("rule")
    rows: list[tuple] = []
    for question in QUESTIONS:
        population = int(figures["in_care"].iloc[0])
        rules = [rule.id for rule in _rules(policy, question)]
        missing = _absence(engine, policy, question, as_at or engine.as_at)
        if missing:
            rows.append((question.id, question.asks, 0, 0, 0, population, rules[-1], None, missing.needs))
            continue
        no = int(figures.loc[rules[-1], "children"])
        without_carer = int(figures.loc[rules[0], "children"])
        not_asked = {"with": without_carer, "without": population - without_carer}.get(question.of, 0)
        rows.append((question.id, question.asks, population - not_asked - no, no, not_asked, 0, rules[-1], no, ""))
    columns = ["question", "asks", "yes", "no", "not_asked", "not_supplied", "rule", "listed", "missing"]
    frame = pandas.DataFrame(rows, columns=columns)
    frame["listed"] = frame["listed"].astype("Int64")
    return frame


def _rows_of(
    engine: Engine, policy_id: str, name: str, child_id: str, scope: Scope, as_at: date | None, order: str
) -> pandas.DataFrame:
    if child_id not in find_child(engine, child_id, scope):
        raise QuestionError(f"There is no child with the identifier {child_id}, or you do not have access.")
    day = as_at or engine.as_at
    asked = {"as_at": day, "child_id": child_id, "negative_outcomes": _negative_outcomes(engine.policy(policy_id))}
    sql = f"{_sql(name)}\norder by {order}"
    with engine.view(scope, (day,), hidden_on=engine.as_at) as view:
        _prepare(view)
        return view.execute(sql, {key: value for key, value in asked.items() if f"${key}" in sql}).df()


def options(engine: Engine, policy_id: str, child_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The options explored for one child, the primary one first: the Permanency Planning Progress form on the day.

    Columns: child_id, option_id, source_row, option, carer, is_primary, whose (parent, connected person or missing), finished,
    begun_date, stage, stage_date, outcome, says. Raises QuestionError for a child who is not there, or may not be seen.
    """
    return _rows_of(engine, policy_id, OPTIONS, child_id, scope, as_at, "is_primary desc, begun_date, option_id")


def legal_track(engine: Engine, policy_id: str, child_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """One child's legal planning meetings, pre-proceedings and care proceedings up to the day, the latest first.

    Columns: child_id, table_name, source_row, step, from_date, to_date, outcome, says. Raises QuestionError as ``options`` does.
    """
    return _rows_of(engine, policy_id, LEGAL, child_id, scope, as_at, "from_date desc, source_row desc")
