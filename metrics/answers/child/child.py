"""One child: who, what the definitions say on the day, the timeline, the rules, and the rows of the extract that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas

from data.contract.contract import tables
from metrics.engine.catalogue import EVIDENCE, MEETINGS, meeting_topics
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.gate import View
from metrics.engine.plain import boxed_rows
from metrics.engine.scope import Scope

HERE = Path(__file__).parent

FIND = """
select
    person.pers_person_id as child_id,
    person.pers_legacy_id as legacy_id
from ssd_person as person
where lower(person.pers_person_id) = lower($identifier) or lower(person.pers_legacy_id) = lower($identifier)
order by length(person.pers_person_id), person.pers_person_id
"""

SEEN = "select 1 from ssd_person where pers_person_id = $child_id"

PERSON = """
select
    pers_person_id as child_id,
    pers_legacy_id as legacy_id,
    name,
    pers_sex as sex,
    pers_ethnicity as ethnicity,
    pers_dob as dob,
    exists (from flags where flags.rule = 'estimated_birth' and flags.person_id = $child_id) as dob_estimated,
    case when pers_dob is null or pers_dob > $as_at then coalesce(pers_expected_dob, pers_dob) end as expected_date,
    case when pers_dob <= $as_at then age_in_years(pers_dob, $as_at) end as age,
    source_row
from ssd_person
where pers_person_id = $child_id
"""

RULES = """
select
    policy,
    rule,
    since,
    recorded_since,
    observed_since,
    clock_in_words(recorded_since, observed_since) as clock,
    limit_date,
    days_over,
    coalesce(on_list, false) as on_list,
    on_list is null as is_apart,
    backlog,
    detail
from listed
where child_id = $child_id and as_at = $as_at
order by days_over desc, policy, rule
"""

OPTIONS = """
select
    shown_plan([option_clock.option]) as option,
    option_clock.since,
    option_clock.recorded_since,
    option_clock.observed_since,
    clock_in_words(option_clock.recorded_since, option_clock.observed_since) as clock
from option_clock
join spine using (as_at, child_number)
where spine.child_id = $child_id and as_at = $as_at
order by option_clock.since, option_clock.option
"""


@dataclass(frozen=True)
class ChildAnswer:
    """What the night says about one child on one day.

    ``person``: identity (child_id, legacy_id, name, sex, ethnicity, dob, dob_estimated, expected_date of a child not born by the day,
    age). ``terms``: the child's row of the
    spine, or None when not in care on the day. ``rules``: policy, rule, since, recorded_since, observed_since, clock (see
    ``Engine.children``), limit_date, days_over (negative: not yet), on_list, is_apart (a milestone that cannot be
    judged), backlog (why), detail. ``options``: each option of the plan since when
    (option, since, recorded_since, observed_since, clock); empty from a night published before nights kept them. ``visits``: those
    of the last eighteen months, as ``evidence`` gives rows.
    ``timeline``: lane, label, from_date, to_date, table_name, source_row, record_id.
    """

    as_at: date
    person: dict
    terms: dict | None
    rules: pandas.DataFrame
    options: pandas.DataFrame
    visits: pandas.DataFrame
    timeline: pandas.DataFrame


def find_child(engine: Engine, identifier: str, scope: Scope) -> list[str]:
    """The children with this identifier, in either of the case system's numbers. Restricted records are not found."""
    with engine.view(scope, (engine.as_at,), ()) as view:
        return [row[0] for row in view.execute(FIND, {"identifier": identifier.strip()}).fetchall()]


def _check_seen(engine: Engine, child_id: str, scope: Scope) -> None:
    """Raises QuestionError for a child who is not there, or may not be seen."""
    with engine.view(scope, (engine.as_at,), ()) as view:
        if view.execute(SEEN, {"child_id": child_id}).fetchone():
            return
    why = f" {engine.withheld}" if engine.withheld else ""
    raise QuestionError(f"There is no child with the identifier {child_id}, or you do not have access.{why}")


def child(engine: Engine, child_id: str, scope: Scope, as_at: date | None = None) -> ChildAnswer:
    """Everything about one child on one day. Raises QuestionError for a child who is not there, or may not be seen."""
    day = as_at or engine.as_at
    asked = {"child_id": child_id, "as_at": day}
    _check_seen(engine, child_id, scope)
    with engine.view(scope, (day,), hidden_on=engine.as_at) as view:
        person = boxed_rows(view.execute(PERSON, asked).df())[0]
        terms = boxed_rows(view.execute("select * from spine where child_id = $child_id and as_at = $as_at", asked).df())
        rules = view.execute(RULES, asked).df()
        options = _options(view, asked)
        visits = view.execute(_evidence("visits_recorded") + "\norder by from_date, source_row", asked).df()
        timeline = view.execute((HERE / "timeline.sql").read_text(encoding="utf-8"), asked).df()
    return ChildAnswer(day, person, terms[0] if terms else None, rules, options, visits, timeline)


def _options(view: View, asked: dict) -> pandas.DataFrame:
    """The clocks of the plan's options; none from a night that was published before nights kept them."""
    if not view.has("option_clock"):
        return pandas.DataFrame(columns=["option", "since", "recorded_since", "observed_since", "clock"])
    return view.execute(OPTIONS, asked).df()


def _evidence(topic: str) -> str:
    name = MEETINGS if topic in meeting_topics() else topic
    return (EVIDENCE / f"{name}.sql").read_text(encoding="utf-8")


def nights_shown(engine: Engine, child_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """What the nights up to the day showed of the child's plan, on which observed clocks stand.

    Columns: shown (the plan in words, *no option*, or *not in care*), first_night, last_night, nights: a row for each stretch of
    nights that showed the same. Raises QuestionError for a child who is not there, or may not be seen.
    """
    day = as_at or engine.as_at
    _check_seen(engine, child_id, scope)
    sql = (HERE / "nights_shown.sql").read_text(encoding="utf-8")
    with engine.view(scope, (day,), (), hidden_on=engine.as_at) as view:
        return view.execute(sql, {"child_id": child_id, "as_at": day}).df()


def evidence(
    engine: Engine, child_id: str, policy_id: str, rule_id: str, scope: Scope, as_at: date | None = None
) -> pandas.DataFrame:
    """The rows of the extract behind a child's place on a rule's list.

    Columns: extract (its title), table_name, source_row (the row in the file, header = 1), record_id, says, from_date, to_date.
    """
    return evidence_of_rules(engine, child_id, [(policy_id, rule_id)], scope, as_at)[policy_id, rule_id]


def evidence_of_rules(
    engine: Engine, child_id: str, rules: Iterable[tuple[str, str]], scope: Scope, as_at: date | None = None
) -> dict[tuple[str, str], pandas.DataFrame]:
    """``evidence`` of several rules, each by its policy and id. What more than one of them looks at is read once."""
    day = as_at or engine.as_at
    _check_seen(engine, child_id, scope)
    asked = {key: engine.rule(*key) for key in rules}
    given: dict[str, object] = {"child_id": child_id, "as_at": day}
    found: dict[str, pandas.DataFrame] = {}
    with engine.view(scope, (day,), (), hidden_on=engine.as_at) as view:
        for topic in dict.fromkeys(topic for rule in asked.values() for topic in rule.measure.evidence):
            sql = _evidence(topic)
            named = given | {"meeting_types": list(meeting_topics().get(topic, ()))}
            wanted = {name: value for name, value in named.items() if f"${name}" in sql}
            found[topic] = view.execute(sql + "\norder by from_date, source_row", wanted).df()
    return {key: _together([found[topic] for topic in rule.measure.evidence]) for key, rule in asked.items()}


def _together(frames: list[pandas.DataFrame]) -> pandas.DataFrame:
    """The rows of some topics of evidence one after another, each with the title of its extract."""
    columns = ["table_name", "source_row", "record_id", "says", "from_date", "to_date"]
    rows = pandas.concat([frame for frame in frames if not frame.empty] or [pandas.DataFrame(columns=columns)], ignore_index=True)
    rows.insert(0, "extract", rows["table_name"].map(lambda name: tables()[name].title))
    return rows
