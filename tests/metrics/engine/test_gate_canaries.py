"""The canaries of the gate: a third of a county is restricted, and for any scope no answer of the engine names one of them, or anybody
of another team, while every count stays as it is.

Two rules hold for every answer about children. Asked for a scope, it gives the rows that it gives for the whole council and that are of
the scope. Asked by somebody without a role, it gives as many rows, with the same services and teams, as by the analyst.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import pandas
import pytest

from data.store.store import Store
from data.synthetic import write_county
from metrics.answers import monitoring_group
from metrics.answers.action_planning import action_planning
from metrics.answers.calendar.calendar import calendar
from metrics.answers.child.child import find_child
from metrics.answers.data_quality import load_quality
from metrics.answers.drift import drift
from metrics.answers.england import statutory_timescales
from metrics.answers.england.adoption_indicators import adoption_indicators
from metrics.answers.headlines import headlines
from metrics.answers.journeys import children as journeys_of_children
from metrics.answers.journeys import journeys
from metrics.answers.journeys.routes import ROUTES
from metrics.answers.key_stages import key_stages
from metrics.answers.meetings_due.meetings_due import meetings_due
from metrics.answers.service import adoption, connected_persons, long_term_fostering, proceedings, weekly
from metrics.answers.what_matters.what_matters import what_matters
from metrics.engine.engine import GROUPS, Engine
from metrics.engine.gate import rows_within
from metrics.engine.people import people
from metrics.engine.scope import NO_ROLES, Reach, Scope
from metrics.nightly import run_nightly
from tests.deep import DEEP, examples, some
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

pytestmark = pytest.mark.slow

INVOLVED = """
select distinct invo_professional_id from ssd_involvements
where invo_professional_role_id = $role and invo_involvement_end_date is null
order by all
"""
POLICIES = ("hertfordshire", "hertfordshire_service", "south_east", "salford", "cheshire_east", "slough", "england")
NIGHT, BEFORE, ANY_DAY = date(2026, 10, 31), date(2026, 9, 30), date(2026, 10, 13)
ANALYST = asking(roles=None)
SCOPES = examples(2, 12)
CHILDREN_IN_CARE = examples(90, 150)
Answer = Callable[[Engine, Scope], pandas.DataFrame]


@dataclass(frozen=True)
class County:
    """``marks``: what a restricted child is known by, and nobody else; ``everybody``: the identifiers of all children."""

    engine: Engine
    marks: frozenset[str]
    restricted: frozenset[str]
    everybody: tuple[str, ...]
    told: dict[tuple[str, str, Scope], object] = field(default_factory=dict)

    def ask(self, answers: dict[str, Callable], name: str, scope: Scope):
        """One of the answers, asked for a scope once, whichever test asks first."""
        key = ("count" if answers is COUNTS else "rows", name, scope)
        if key not in self.told:
            self.told[key] = answers[name](self.engine, scope)
        return self.told[key]


def _marks(person: dict) -> set[str]:
    name = " ".join(f"{person['pers_forename']} {person['pers_surname']}".split())
    return {mark for mark in (person["pers_person_id"], person["pers_legacy_id"], name) if mark.strip()}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("gate")
    (extracts,) = write_county(folder / "extracts", children=CHILDREN_IN_CARE, seed=7, as_at=NIGHT)
    with (extracts / "ssd_person.csv").open(encoding="utf-8", newline="") as file:
        persons = list(csv.DictReader(file))
    hidden = [person for place, person in enumerate(persons) if place % 3 == 0]
    lines = ["restriction_id,person_id,restriction_type,start_date,end_date,allowed_roles"]
    lines += [f"R{place},{person['pers_person_id']},ADOPTION,2026-01-31,,director" for place, person in enumerate(hidden)]
    (extracts / "local_restrictions.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text(f"policies = {list(POLICIES)}\nmonth_ends = 2\n", encoding="utf-8")
    store = Store(folder / "store")
    run_nightly(store, extracts, NIGHT)
    engine = Engine(store.current(), store.settings)
    # Twins by name and date of birth are restricted with them, so the product is asked who is restricted.
    ids = engine.hidden_children(asking(), NIGHT)
    marks = set().union(*(_marks(person) for person in persons if person["pers_person_id"] in ids))
    marks -= set().union(*(_marks(person) for person in persons if person["pers_person_id"] not in ids))
    assert len(ids) >= len(hidden) > 50
    return County(engine, frozenset(marks), ids, tuple(person["pers_person_id"] for person in persons))


def _scope(engine: Engine, seed: int) -> Scope:
    """A scope of some services, teams and workers, as what is looked at or as what the person may see at all."""
    rng = random.Random(seed)
    groups = engine.figures("hertfordshire", ANALYST, "worker")["worker"].unique().tolist()
    by = {"services": engine.groups(ANALYST)["service"], "teams": engine.groups(ANALYST)["team"], "workers": groups}
    chosen = {name: tuple(rng.sample(sorted(set(names)), rng.randint(1, 3))) for name, names in by.items()}
    keep = (("teams",), ("workers",), ("services",), ("services", "teams"), ("teams", "workers"))[seed % 5]
    if seed % 2:
        return engine.settled(asking(reach=_reach(engine, rng, chosen)))
    return asking(**{name: names for name, names in chosen.items() if name in keep})


def _reach(engine: Engine, rng: random.Random, chosen: dict[str, tuple[str, ...]]) -> Reach:
    """A person's reach: a service or a team, and the cases of a worker and of a reviewing officer."""
    with engine._connection.cursor() as cursor:
        officers, workers = (
            [row[0] for row in cursor.execute(INVOLVED, {"role": role}).fetchall()] for role in ("IRO", "ALLOCATED WORKER")
        )
    named = rng.choice([{}, {"teams": chosen["teams"]}, {"services": chosen["services"]}])
    return Reach(**named, workers=tuple(rng.sample(workers, 2)), reviewing_officers=(rng.choice(officers),), words="some")


def _rules(policy: str) -> Answer:
    return lambda engine, scope: engine.children(policy, [rule.id for rule in engine.policies[policy].rules], scope)


SERVICE = "hertfordshire_service"


def _of(policy: str, answer: Callable[..., object]) -> Callable[[Engine, Scope], object]:
    """An answer of one policy."""
    return lambda engine, scope: answer(engine, policy, scope)


# Every answer that names children, with service and team beside them (and the worker, where it says so).
CHILDREN: dict[str, Answer] = {
    **{f"children {policy}": _rules(policy) for policy in POLICIES},
    **{f"coming next {policy}": lambda engine, scope, policy=policy: engine.coming_next(policy, scope) for policy in POLICIES},
    **{
        f"journeys {route.id}": lambda engine, scope, route=route: journeys_of_children(engine, route.id, scope)
        for route in ROUTES
    },
    "a day of its own": lambda engine, scope: engine.children("hertfordshire", ["no_current_plan", "ltf_12m"], scope, ANY_DAY),
    "journeys on a day of its own": lambda engine, scope: journeys_of_children(engine, "all", scope, ANY_DAY),
    "key stages": lambda engine, scope: key_stages.stages(engine, "salford", scope).drop(columns="place"),
    "meetings due": _of("south_east", meetings_due),
    "calendar": lambda engine, scope: calendar(engine, scope),
    "action planning": _of("cheshire_east", action_planning.tracker),
    "monitoring group": _of("slough", monitoring_group.weekly_list),
    "before the decision": _of(SERVICE, adoption.before_decision),
    "adoption journeys": _of(SERVICE, adoption.journeys),
    "long-term fostering": _of(SERVICE, long_term_fostering.awaiting),
    "pre-proceedings": lambda engine, scope: proceedings.court(engine, SERVICE, proceedings.BEFORE, scope),
    "proceedings": lambda engine, scope: proceedings.court(engine, SERVICE, proceedings.IN_COURT, scope),
    "without a meeting": _of(SERVICE, weekly.without_meeting),
    "open options": _of(SERVICE, connected_persons.open_options),
    "adopted": lambda engine, scope: pandas.concat([one.behind for one in adoption_indicators(engine, "england", scope)]),
}
# The days that an answer gives of a restricted record: its clock, and when what is to be done is due.
OF_ITS_CLOCK = frozenset({"as_at", "since", "limit_date", "due_date", "booked_date", "event_date", "week"})
# Rows of the load: those of a restricted child are not there at all.
ROWS: dict[str, Answer] = {"rejects": load_quality.rejects, "flags": load_quality.flags}


def _indicators(engine: Engine, scope: Scope) -> list:
    return [(one.children, one.total_days, one.in_time, one.left_out) for one in adoption_indicators(engine, "england", scope)]


def _what_matters(engine: Engine, policy: str, scope: Scope) -> tuple:
    answer = what_matters(engine, policy, scope)
    return answer.text, answer.coming and (answer.coming.children, answer.coming.by_rule)


def _routes(engine: Engine, scope: Scope) -> list:
    steps = [step for route in ROUTES for step in journeys(engine, route.id, scope).steps]
    return [(step.step.id, [(year.year, year.started, year.reached, year.waiting) for year in step.years]) for step in steps]


# Every answer that counts: restricted children are in all of them.
COUNTS: dict[str, Callable[[Engine, Scope], object]] = {
    **{
        f"figures {policy} by {by}": lambda engine, scope, policy=policy, by=by: engine.figures(policy, scope, by)
        for policy in POLICIES
        for by in GROUPS
    },
    "figures of a day of its own": lambda engine, scope: engine.figures("hertfordshire", scope, "worker", [ANY_DAY]),
    **{
        f"what matters {policy}": lambda engine, scope, policy=policy: _what_matters(engine, policy, scope) for policy in POLICIES
    },
    "headlines": lambda engine, scope: headlines(engine, "hertfordshire", scope, months=2),
    "groups": lambda engine, scope: engine.groups(scope),
    "key stages": lambda engine, scope: key_stages.counts(engine, "salford", scope),
    "timescales": lambda engine, scope: statutory_timescales.standings(engine, "england", scope),
    "monitoring group": _of("slough", monitoring_group.by_team),
    "six questions": _of("cheshire_east", action_planning.counts),
    "medians": _of(SERVICE, adoption.medians),
    "waiting": lambda engine, scope: long_term_fostering.waiting(engine, SERVICE, scope, [BEFORE, NIGHT]),
    "options by stage": lambda engine, scope: connected_persons.by_stage(engine, SERVICE, scope, [BEFORE, NIGHT]),
    "activity": lambda engine, scope: connected_persons.activity(engine, SERVICE, scope, [BEFORE, NIGHT]),
    **{f"weekly by {by}": lambda engine, scope, by=by: weekly.tracked(engine, SERVICE, scope, by) for by in GROUPS},
    "flows": lambda engine, scope: drift.flows(engine, "hertfordshire", scope, [BEFORE, NIGHT]),
    "indicators": _indicators,
    "routes": _routes,
}


def _counts_for(seed: int | None) -> list[str]:
    """The counts that a scope is asked for: all for the whole council; for some of it a policy's figures by one group in turn, and what
    matters under every third policy, which the deep suite asks by every group and under each."""
    if DEEP or seed is None:
        return list(COUNTS)
    left = {
        f"figures {policy} by {by}"
        for place, policy in enumerate(POLICIES)
        for number, by in enumerate(GROUPS)
        if (place + seed) % len(GROUPS) != number
    }
    left |= {f"what matters {policy}" for place, policy in enumerate(POLICIES) if (place + seed) % 3}
    return [name for name in COUNTS if name not in left]


def _cells(frame: pandas.DataFrame) -> list[list[object]]:
    """A frame's values, column by column; None where there is none."""
    columns = (frame.iloc[:, place] for place in range(frame.shape[1]))
    return [
        [None if missing else value for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]
        for column in columns
    ]


def _bag(frame: pandas.DataFrame, columns: list[str] | None = None) -> tuple[tuple[str, ...], Counter]:
    """Which columns there are, and how often each row."""
    chosen = frame if columns is None else frame[columns]
    return tuple(chosen), Counter(zip(*([str(cell) for cell in column] for column in _cells(chosen)), strict=True))


def _named(county: County, frame: pandas.DataFrame) -> set[str]:
    """The marks of restricted children that stand in a frame, as a value or within a text."""
    # No mark has a line's end in it, so none is found across two values.
    text = "\n".join({cell for column in _cells(frame) for cell in column if isinstance(cell, str)})
    return {mark for mark in county.marks if mark in text}


def test_the_search_finds_whom_the_analyst_sees(county: County):
    seen = {name for name in CHILDREN if _named(county, county.ask(CHILDREN, name, ANALYST))}
    assert len(seen) > len(CHILDREN) * 2 // 3


@pytest.mark.parametrize("seed", [None, *range(SCOPES)])
def test_nobody_restricted_is_named_and_every_row_and_count_stays(county: County, seed):
    scope = asking() if seed is None else _scope(county.engine, seed)
    analyst = replace(scope, roles=None)
    for name in CHILDREN:
        masked, whole = (county.ask(CHILDREN, name, one) for one in (scope, analyst))
        assert len(whole) or seed is not None, name
        assert not _named(county, masked), name
        if name == "open options":  # of a restricted record one row, whatever its options
            continue
        assert _bag(masked, ["service", "team"]) == _bag(whole, ["service", "team"]), name
        hidden = whole["child_id"].isin(county.restricted)
        assert (masked["child_id"] == RESTRICTED_RECORD).sum() == hidden.sum(), name
        assert _bag(masked[masked["child_id"] != RESTRICTED_RECORD]) == _bag(whole[~hidden]), name
    for name in ROWS:
        masked, whole = (county.ask(ROWS, name, one) for one in (scope, analyst))
        assert _bag(masked) == _bag(whole[~whole["person_id"].isin(county.restricted)]), name
    for name in _counts_for(seed):
        masked, whole = (county.ask(COUNTS, name, one) for one in (scope, analyst))
        if isinstance(masked, pandas.DataFrame):
            assert _bag(masked) == _bag(whole), name
        else:
            assert masked == whole, name


def test_every_answer_is_the_same_where_the_spine_is_worked_out_again(county: County, monkeypatch: pytest.MonkeyPatch):
    """As after an upgrade, or when a setting has changed that decides the spine: the load's own is not read then."""
    scope = _scope(county.engine, 0)
    monkeypatch.setattr("metrics.engine.engine.spine_fingerprint", lambda settings: "of another version")
    again = Engine(county.engine.night, county.engine.settings)
    assert again.is_recomputed(again.policies["hertfordshire"].rules[0])
    for name in CHILDREN:
        assert _bag(CHILDREN[name](again, scope)) == _bag(county.ask(CHILDREN, name, scope)), name
    for name in _counts_for(0):
        told, before = COUNTS[name](again, scope), county.ask(COUNTS, name, scope)
        assert _bag(told) == _bag(before) if isinstance(told, pandas.DataFrame) else told == before, name


def test_a_restricted_record_tells_the_days_of_its_clock_and_no_other(county: County):
    """A brother or sister in the same team with the same dates would tell whose record it is."""
    told = {}
    for name in CHILDREN:
        rows = county.ask(CHILDREN, name, asking())
        rows = rows[rows["child_id"] == RESTRICTED_RECORD]
        days = {column for column in rows if any(isinstance(value, date) for value in rows[column].dropna())}
        if days - OF_ITS_CLOCK:
            told[name] = days - OF_ITS_CLOCK
    assert told == {}


@pytest.mark.parametrize("seed", range(SCOPES))
def test_a_scope_gives_what_the_whole_council_gives_of_it_and_nothing_else(county: County, seed):
    scope = replace(_scope(county.engine, seed), roles=None)
    for answers, name in [(CHILDREN, name) for name in CHILDREN] + [(ROWS, name) for name in ROWS]:
        every, here = (county.ask(answers, name, one).rename(columns={"person_id": "child_id"}) for one in (ANALYST, scope))
        if "worker" in every or not (scope.workers or scope.reach):
            assert _bag(here) == _bag(every[rows_within(every, scope)]), name
        assert set(here["team"]) <= set(scope.teams or here["team"]), name


@pytest.mark.parametrize("seed", range(SCOPES))
def test_drift_names_those_of_the_scope_on_one_of_its_dates(county: County, seed):
    scope = _scope(county.engine, seed)
    answer = drift.movements(county.engine, "hertfordshire", scope, BEFORE, NIGHT)
    whole = drift.movements(county.engine, "hertfordshire", replace(scope, roles=None), BEFORE, NIGHT)
    assert not _named(county, answer.children) and answer.rules == whole.rules
    rules = [rule.id for rule in county.engine.policies["hertfordshire"].rules]
    lists = [county.engine.children("hertfordshire", rules, replace(scope, roles=None), day) for day in (BEFORE, NIGHT)]
    assert set(whole.children["child_id"]) == set().union(*(frame["child_id"] for frame in lists))


@pytest.mark.parametrize(
    ("nothing", "roles"),
    some(
        [
            ({"services": ()}, NO_ROLES),
            ({"services": ()}, None),
            ({"teams": ()}, None),
            ({"teams": ()}, NO_ROLES),
            ({"workers": ()}, NO_ROLES),
            ({"workers": ()}, None),
        ],
        2,
    ),
)
def test_an_empty_set_sees_nobody(county: County, nothing, roles):
    scope = asking(**nothing, roles=roles)
    for name, ask in (CHILDREN | ROWS).items():
        assert ask(county.engine, scope).empty, name
    assert county.engine.groups(scope).empty
    assert county.engine.figures("hertfordshire", scope)["population"].eq(0).all()


def test_a_child_is_found_by_those_in_whose_scope_it_is(county: County):
    teams = county.engine.groups(ANALYST)["team"].unique()[:2]
    here = county.engine.children("hertfordshire", ["no_current_plan"], asking(teams=(teams[0],), roles=None), days_before=10_000)
    for child in here["child_id"].head(8):
        hidden = child in county.restricted
        assert find_child(county.engine, child, asking(teams=(teams[0],))) == ([] if hidden else [child])
        assert find_child(county.engine, child, asking(teams=(teams[1],), roles=None)) == []
    assert set(people(county.engine, county.everybody, asking())["child_id"]).isdisjoint(county.restricted)


def test_a_role_sees_the_restricted_records_that_allow_it_and_another_does_not(county: County):
    rules = [rule.id for rule in county.engine.policies["hertfordshire"].rules]
    shown = county.engine.children("hertfordshire", rules, asking(roles=frozenset({"director"})))
    assert _bag(shown) == _bag(county.engine.children("hertfordshire", rules, ANALYST))
    unknown = county.engine.children("hertfordshire", rules, asking(roles=frozenset({"gardener"})))
    assert _bag(unknown) == _bag(county.engine.children("hertfordshire", rules, asking()))


def test_a_view_that_is_lent_again_knows_the_children_of_the_new_date(county: County):
    """One scope asks about one date, then another: the names shown on the second are those of its children."""
    scope = replace(_scope(county.engine, 0), roles=None)
    for day in (NIGHT, BEFORE, NIGHT):
        frame = county.engine.children("hertfordshire", ["no_current_plan", "ltf_12m"], scope, day, days_before=10_000)
        fresh = Engine(county.engine.night, county.engine.settings).children(
            "hertfordshire", ["no_current_plan", "ltf_12m"], scope, day, days_before=10_000
        )
        assert _bag(frame) == _bag(fresh) and frame["name"].notna().all() and not frame.empty
