"""What a person may see at all: a worker's caseload, a reviewing officer's children, a team; and how children are named to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas
import pytest

from data.invented import NOTICE_NAME, UNNAMED
from data.store.store import Store
from metrics.answers.child.child import find_child
from metrics.answers.child.find import find_children
from metrics.engine.engine import Engine
from metrics.engine.people import people
from metrics.engine.scope import Names, Reach, Scope
from metrics.nightly import run_nightly
from packs.excel.night_answers import CouncilAnswers, about_night
from tests.support.builder import Child, child, department, records
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from words.labels import AREAS

AS_AT = date(2025, 6, 10)
BEFORE, AFTER = AS_AT - timedelta(1), AS_AT + timedelta(1)
HANDED_OVER = date(2025, 5, 1)
EVERYBODY = ("A", "B", "C", "D", "E", "F", "G")


def _child(name: str) -> Child:
    one = child(name, "2015-05-10").in_care("2025-03-01").placement("U6", "2025-03-01")
    one.rows["ssd_person"][0] |= {"pers_forename": "Zoë", "pers_surname": "Oak-East1"}
    return one


def as_written(row: dict) -> dict:
    """A typed row as an extract writes it: flags as Y and N, nothing of what reading adds."""
    kept = {
        name: value for name, value in row.items() if name not in ("source_row", "lacp_ticks", "lacp_options", "lacp_recovered")
    }
    kept.pop("lega_legal_status_text", None)
    return {name: ("Y" if value else "N") if isinstance(value, bool) else value for name, value in kept.items()}


def publish(folder: Path, *some: Child, notice: bool = True, **more: list[dict]) -> Engine:
    """An engine over a loaded night of these children; ``notice``: whether their files say that all is invented."""
    store = Store(folder / "store")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text('policies = ["slough"]\n', encoding="utf-8")
    teams = (department("T1", "Alpha Team", "S1", "North"), department("T2", "Beta Team", "S1", "North"))
    tables = {table: [as_written(row) for row in rows] for table, rows in records(*some, departments=teams).items() if rows}
    extracts = write_extracts(folder / "extracts", tables | more, someone_else=True)
    if not notice:
        (extracts / NOTICE_NAME).unlink()
    return Engine(run_nightly(store, extracts, AS_AT).night, store.settings)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two workers of one name in one team, a caseload handed over, and reviewing officers who began and ended about tonight."""
    a = _child("A").worker("T1", "2025-03-01", name="W1").worker("T1", "2025-03-01", role="IRO", name="O1")
    b = _child("B").worker("T1", "2025-03-01", name="W2").worker("T1", "2025-03-01", BEFORE, role="IRO", name="O1")
    c = _child("C").worker("T1", "2025-03-01", HANDED_OVER, name="W1").worker("T2", HANDED_OVER, name="W3")
    c.worker("T1", "2025-03-01", AS_AT, role="IRO", name="O1")
    d = _child("D").worker("T2", "2025-03-01", name="W3").worker("T1", AS_AT, role="Independent Reviewing Officer", name="O1")
    e = _child("E").worker("T2", "2025-03-01", name="W3").worker("T1", "2025-03-01", AFTER, role="iro", name="O1")
    f = _child("F").worker("T2", "2025-03-01", name="W3").worker("T1", "2025-03-01", role="FAMILY FINDER", name="O1")
    g = _child("G").worker("T2", "2025-03-01", name="W3")
    named = [{"prof_professional_id": f"W{number}", "prof_professional_name": "Ann Smith"} for number in (1, 2)]
    return publish(tmp_path_factory.mktemp("reach"), a, b, c, d, e, f, g, ssd_professionals=named)


def _seen(engine: Engine, reach: Reach, day: date = AS_AT) -> set[str]:
    """The children of a reach on a day, by name and by count."""
    scope = engine.settled(asking(reach=reach))
    found = set(people(engine, EVERYBODY, scope, day)["child_id"])
    with engine.view(scope, (day,), ()) as view:
        listed = {row[0] for row in view.execute("select child_id from spine where as_at = $day", {"day": day}).fetchall()}
        in_care = "select sum(children) from population where as_at = $day and population = 'children_in_care'"
        counted = view.execute(in_care, {"day": day}).fetchone()
    assert listed == found and (counted[0] or 0) == len(found)
    return found


def test_a_workers_caseload_is_theirs_and_not_that_of_a_namesake(engine: Engine):
    assert _seen(engine, Reach(workers=("W1",))) == {"A"}
    assert _seen(engine, Reach(workers=("W2",))) == {"B"}
    assert _seen(engine, Reach(workers=("W3",))) == {"C", "D", "E", "F", "G"}


def test_a_caseload_is_that_of_the_day(engine: Engine):
    assert _seen(engine, Reach(workers=("W1",)), HANDED_OVER - timedelta(1)) == {"A", "C"}
    assert _seen(engine, Reach(workers=("W1",)), HANDED_OVER) == {"A"}
    assert _seen(engine, Reach(workers=("W3",)), HANDED_OVER - timedelta(1)) == {"D", "E", "F", "G"}


def test_a_reviewing_officers_children_are_those_of_tonight_on_every_day(engine: Engine):
    """From the first day of the involvement, and no longer on the day on which it ended."""
    assert _seen(engine, Reach(reviewing_officers=("O1",))) == {"A", "D", "E"}
    assert _seen(engine, Reach(reviewing_officers=("O1",)), HANDED_OVER) == {"A", "D", "E"}
    assert _seen(engine, Reach(reviewing_officers=("W1",))) == set()


def test_a_team_is_that_of_the_day_and_all_that_somebody_sees_adds_up(engine: Engine):
    assert _seen(engine, Reach(teams=("Alpha Team",))) == {"A", "B"}
    assert _seen(engine, Reach(teams=("Alpha Team",)), HANDED_OVER - timedelta(1)) == {"A", "B", "C"}
    assert _seen(engine, Reach(services=("North",))) == set(EVERYBODY)
    assert _seen(engine, Reach(teams=("Alpha Team",), reviewing_officers=("O1",))) == {"A", "B", "D", "E"}


def test_who_reaches_nobody_sees_nobody(engine: Engine):
    for reach in (Reach(), Reach(teams=("Gone Team",)), Reach(workers=("W9",)), Reach(workers=("O1",))):
        assert _seen(engine, reach) == set()
    unsettled = asking(reach=Reach(workers=("W1",)))
    assert people(engine, EVERYBODY, unsettled).empty, "a caseload that nobody looked up is empty"


def test_what_is_looked_at_never_goes_beyond_what_may_be_seen(engine: Engine):
    scope = engine.settled(asking(reach=Reach(teams=("Alpha Team",))))
    for narrowed in (
        scope.narrowed(team="Beta Team"),
        scope.narrowed(service="North", team="Beta Team"),
        scope.narrowed(worker="W3"),
    ):
        assert people(engine, EVERYBODY, narrowed).empty
        assert set(people(engine, EVERYBODY, narrowed.widened())["child_id"]) == {"A", "B"}
    assert find_child(engine, "G", scope) == [] and find_child(engine, "A", scope) == ["A"]
    assert not scope.is_whole and not scope.sees_everybody_by_name


@pytest.mark.parametrize(("names", "shown"), [(Names.FULL, "Zoë Oak-East1"), (Names.INITIALS, "Z O"), (Names.IDENTIFIER, "A")])
def test_a_child_is_named_as_the_person_may_name_it_and_not_found_by_more(engine: Engine, names: Names, shown: str):
    scope: Scope = replace(asking(), names=names)
    frame = people(engine, ["A"], scope)
    assert frame["name"].tolist() == [shown]
    with engine.view(scope, (AS_AT,), ()) as view:
        raw = view.execute("select * from ssd_person").df()
    texts = pandas.Series(raw.to_numpy().ravel()).dropna().astype(str)
    assert texts.str.contains("Oak").any() == (names is Names.FULL)
    assert (len(find_children(engine, "Oak", scope)) > 0) == (names is Names.FULL)


def test_a_night_is_synthetic_only_where_every_name_is_invented(engine: Engine, tmp_path):
    assert engine.is_synthetic and engine.council == engine.settings.council
    real = child("A", "2015-05-10").in_care("2025-03-01").placement("U6", "2025-03-01")
    real.rows["ssd_person"][0] |= {"pers_forename": "Zoë", "pers_surname": "Oak-Smith"}
    night = publish(tmp_path, real)
    assert not night.is_synthetic and night.council == UNNAMED
    assert any("settings.toml calls this council" in line for line in night.night.manifest["warnings"])
    named = Engine(engine.night, replace(engine.settings, council="Northshire"))
    assert not named.is_synthetic and named.council == "Northshire"


def test_children_without_names_are_invented_only_where_their_files_say_so(tmp_path):
    """As those of returns and of Annex A are: a new store of a real council would have shown them to anybody, and called them invented."""
    nameless = child("A", "2015-05-10").in_care("2025-03-01").placement("U6", "2025-03-01")
    night = publish(tmp_path, nameless, notice=False)
    assert not night.is_synthetic and not CouncilAnswers(night.council, AREAS["county"]).invented
    assert about_night(night, None, asking())["council"] == UNNAMED
    (tmp_path / "marked").mkdir()
    assert publish(tmp_path / "marked", nameless).is_synthetic
