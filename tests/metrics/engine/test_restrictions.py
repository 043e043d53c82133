"""A restriction ends by its end date: neither a row that vanished nor a file that did not come names a child."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from data.errors import NightRefused
from data.night import durable
from data.night.night import DATABASE, MANIFEST, Night, night_in, seal
from data.store.store import Store
from metrics.answers.data_quality.load_quality import flags, rejects
from metrics.engine.engine import Engine
from metrics.engine.people import restricted_children
from metrics.nightly import NightlyResult, run_nightly
from tests.deep import some
from tests.support.copies import copy_of
from tests.support.extracts import ELSE, write_extracts
from tests.support.scopes import asking

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_journeys")]

FIRST = date(2026, 10, 30)
ROLE = "adoption"
GOOD = {
    "restriction_id": "R1",
    "person_id": "1",
    "restriction_type": "ADOPTION",
    "start_date": "2026-01-01",
    "allowed_roles": ROLE,
}
OTHER = GOOD | {"restriction_id": "R2", "restriction_type": "STAFF_FAMILY", "allowed_roles": "director"}
EVERYBODY = "12345"


def _of(restriction: dict, number: str, child: str, **more: str) -> dict:
    """The same restriction under another number, of another child."""
    return restriction | {"restriction_id": f"R{number}", "person_id": child} | more


def make_store(folder: Path) -> Store:
    """A store whose nights are quickly made."""
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "settings.toml").write_text("month_ends = 2\nquarantine_limit_percent = 100\n", encoding="utf-8")
    return Store(folder / "store")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Store]:
    """The store after some loads that several tests begin with, each (day, restrictions) or (day, restrictions, children). Every load is
    made once, also where others follow it. Read it, or copy it."""
    made: dict[str, Store] = {}

    def after(*loads: tuple) -> Store:
        if repr(loads) not in made:
            folder, (*before, last) = tmp_path_factory.mktemp("begun"), loads
            store = copy_of(after(*before), folder / "store") if before else make_store(folder)
            load(store, *last)
            made[repr(loads)] = store
        return made[repr(loads)]

    return after


@pytest.fixture
def after(begun: Callable[..., Store], tmp_path: Path) -> Callable[..., Store]:
    """A store of its own after the loads."""
    return lambda *loads: copy_of(begun(*loads), tmp_path / "store")


def load(
    store: Store, day: date, restrictions: list[dict] | None, children: Iterable[str] = EVERYBODY, line: str = "", **how
) -> NightlyResult:
    """Publish a night of these children and restrictions (None: no file); ``line`` is added to the file of persons."""
    records = {
        # The very same extracts would be no new night.
        "ssd_person": [
            {"pers_person_id": n, "pers_dob": "2018-01-01", "pers_surname": f"{n} {day} {restrictions}-Z1"} for n in children
        ],
        "ssd_cla_episodes": [{"clae_person_id": number, "clae_cla_episode_start_date": "2026-01-01"} for number in children],
        "ssd_care_leavers": [],
    }
    if restrictions is not None:
        records["local_restrictions"] = restrictions
    folder = store.path.parent / f"extracts {day} {abs(hash(str(records)))}"
    write_extracts(folder, records, someone_else=True)
    with (folder / "ssd_person.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    return run_nightly(store, folder, day, **how)


def engine_of(store: Store) -> Engine:
    return Engine(store.current(), store.settings)


def hidden(store: Store, *roles: str) -> set[str]:
    return set(restricted_children(engine_of(store), asking(roles=frozenset(roles)))) - {ELSE}


NO_FILE, HEADER_ONLY = None, []


def _assert_kept(store: Store, result: NightlyResult) -> None:
    """Child 1 is still hidden by the row of the first file, and the load and the data quality say so."""
    assert result.published and hidden(store) == {"1"} and hidden(store, ROLE) == set()
    assert result.report.warnings[-1] == (
        "1 restriction in an earlier data load is not in this data load's local_restrictions (the first is row 2 of the file of "
        "30/10/2026), and still in force: put each back with its end date, or, if all are lifted, run nightly once with "
        "--lift-restrictions."
    )
    (flag,) = flags(engine_of(store), asking()).query("rule == 'restriction_not_in_the_file'").to_dict("records")
    assert "Row 2 of the file of 30/10/2026 is not in this data load's file" in flag["message"]


def test_what_the_file_no_longer_holds_stays_hidden_until_somebody_lifts_it(after):
    store = after((FIRST, [GOOD]))
    _assert_kept(store, load(store, FIRST + timedelta(days=1), HEADER_ONLY))
    _assert_kept(store, load(store, FIRST + timedelta(days=2), NO_FILE))
    lifted = load(store, FIRST + timedelta(days=2), NO_FILE, lift_restrictions=True)
    assert lifted.published and hidden(store) == set()
    assert lifted.report.warnings[-1].endswith("and lifted for good with --lift-restrictions.")
    assert load(store, FIRST + timedelta(days=3), NO_FILE).report.warnings == () and hidden(store) == set()


def test_the_same_extracts_with_the_lifting_are_another_night_and_the_same_without_it_change_nothing(after):
    store = after((FIRST, [GOOD]))
    _assert_kept(store, load(store, FIRST, HEADER_ONLY))
    lifted = load(store, FIRST, HEADER_ONLY, lift_restrictions=True)
    assert lifted.published and lifted.report.warnings[-1].endswith("and lifted for good with --lift-restrictions.")
    assert not load(store, FIRST, HEADER_ONLY).published
    assert not load(store, FIRST, HEADER_ONLY, lift_restrictions=True).published
    assert hidden(store) == set()
    assert load(store, FIRST + timedelta(days=1), HEADER_ONLY).report.warnings == () and hidden(store) == set()


def test_a_restriction_that_ended_in_the_file_has_ended(after):
    store = after((FIRST, [GOOD]))
    tomorrow, ends = FIRST + timedelta(days=1), {"1": 0, "2": 1, "3": -1}
    rows = [_of(GOOD, child, child, end_date=(tomorrow + timedelta(days=days)).isoformat()) for child, days in ends.items()]
    assert load(store, tomorrow, rows).report.warnings == () and hidden(store) == {"2"}
    # Gone from the file after its end: nothing to say, and the days before its end hide the child as they did.
    assert load(store, tomorrow + timedelta(days=1), NO_FILE).report.warnings == ()
    engine = engine_of(store)
    assert restricted_children(engine, asking()) == frozenset()
    assert restricted_children(engine, asking(), tomorrow) == {"2"}
    assert restricted_children(engine, asking(), FIRST) == {"1", "2"}


def test_a_child_who_leaves_the_extracts_with_the_restriction_stays_restricted(after):
    store = after((FIRST, [GOOD]))
    load(store, FIRST + timedelta(days=1), NO_FILE, children=EVERYBODY.replace("1", ""), accept_change=True)
    assert hidden(store) == {"1"}
    load(store, FIRST + timedelta(days=2), NO_FILE, accept_change=True)
    assert hidden(store) == {"1"}


# A row that could not be read and the row that was sent in its place, of the children {case}1 and {case}2; and who is still restricted.
MENDED = (
    ({"start_date": "soon"}, {}, {"1"}),
    ({"restriction_id": ""}, {}, {"1"}),
    ({"start_date": "soon"}, {"end_date": "2026-10-01"}, set()),
    # It hid child 1, whose number it resembles, and was meant for child 2.
    ({"person_id": "0{case}1"}, {"person_id": "{case}2"}, {"2"}),
    ({"person_id": "{case}999"}, {"person_id": "{case}2"}, {"2"}),
    # The row was of child 1, whatever was wrong with it.
    ({"start_date": "soon"}, {"person_id": "{case}2"}, {"1", "2"}),
)
CASES = range(1, len(MENDED) + 1)


def _of_mended(file: int) -> list[dict]:
    """The rows of all these cases in the first file (0) or in the next one (1)."""
    return [
        _of(GOOD, f"{case}", f"{case}1", **{name: value.format(case=case) for name, value in mended[file].items()})
        for case, mended in enumerate(MENDED, start=1)
    ]


# The children of four tests stand side by side in two files: 11 to 62 are those of the mended rows; 71 has two restrictions; 81 and 82
# change their identifiers; of 91 and 92 the next file holds one.
CHILDREN = [*(f"{case}{child}" for case in CASES for child in "12"), "71", "81", "82", "91", "92"]
ONE_FILE = (
    (
        FIRST,
        [
            *_of_mended(0),
            *(_of(GOOD, "71", "71"), _of(OTHER, "72", "71")),
            *(_of(GOOD, "81", "81"), _of(GOOD, "82", "82")),
            *(_of(GOOD, "91", "91"), _of(OTHER, "92", "92")),
        ],
        CHILDREN,
    ),
)
TWO_FILES = (
    *ONE_FILE,
    (
        FIRST + timedelta(days=1),
        [*_of_mended(1), _of(GOOD, "71", "71", end_date=FIRST.isoformat()), _of(GOOD, "81", "82"), _of(GOOD, "91", "91")],
        CHILDREN,
    ),
)


def test_a_row_that_was_mended_takes_the_place_of_the_one_that_could_not_be_read(begun):
    def by_case(store: Store, *roles: str) -> list[set[str]]:
        """Which of the two children of each case are hidden."""
        found = hidden(store, *roles)
        return [{child for child in "12" if f"{case}{child}" in found} for case in CASES]

    first, store = begun(*ONE_FILE), begun(*TWO_FILES)
    assert by_case(first, ROLE) == [{"1"} if row.get("person_id") != "{case}999" else set() for row, _, _ in MENDED]
    assert by_case(store) == [still for _, _, still in MENDED]
    assert by_case(store, ROLE) == [{"1"} if still == {"1", "2"} else set() for _, _, still in MENDED]
    assert hidden(store) <= {*CHILDREN, "5999"}


def test_of_two_restrictions_of_a_child_neither_is_lost_with_the_other(begun):
    store = begun(*TWO_FILES)
    assert "71" in hidden(store, ROLE) and "71" not in hidden(store, "director")


def test_identifiers_that_change_their_child_lose_nobody(begun):
    assert {"81", "82"} <= hidden(begun(*TWO_FILES))


def test_the_lifting_lifts_nothing_that_the_file_holds(after):
    store = after(*ONE_FILE)
    load(store, FIRST + timedelta(days=1), [_of(GOOD, "91", "91")], CHILDREN, lift_restrictions=True)
    assert hidden(store) == {"91"}


def test_a_refused_night_of_restrictions_leaves_the_last_good_one(after):
    store = after((FIRST, [GOOD]))
    good = store.current()
    with pytest.raises(NightRefused, match=r"row 3, but it is not clear whose"):
        load(store, FIRST + timedelta(days=1), [GOOD, OTHER | {"person_id": ""}])
    assert store.current().name == good.name and hidden(store) == {"1"}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A night of two rows of restrictions that cannot be used and a row of a person that cannot be split into its columns."""
    store = make_store(tmp_path_factory.mktemp("odd"))
    rows = [GOOD | {"end_date": "31/02/2027"}, OTHER | {"person_id": "999"}]
    load(store, FIRST, rows, line='6,,"Quentin" Quill,,,,2018-01-01,,\n')
    return engine_of(store)


def test_data_quality_says_where_without_saying_whose(odd: Engine):
    for found in (rejects(odd, asking()), flags(odd, asking())):
        assert not found["person_id"].isin(["1", "999"]).any() and not found["record_id"].isin(["R1", "R2"]).any()
    actual = flags(odd, asking()).query("table_name == 'local_restrictions'")
    assert list(actual[["rule", "source_row"]].itertuples(index=False, name=None)) == [
        ("restriction_not_read", 2),
        ("restriction_of_nobody", 3),
    ]
    everything = rejects(odd, asking(roles=None)).query("table_name == 'local_restrictions'")
    assert set(everything["person_id"]) == {"1", "999"}


def test_the_text_of_a_row_that_cannot_be_split_is_not_shown_since_it_may_name_anybody(odd: Engine):
    (shown,), (whole,) = (
        rejects(odd, asking(roles=roles)).query("table_name == 'ssd_person'").to_dict("records") for roles in (frozenset(), None)
    )
    assert shown["rule"] == "structure" and shown["source_row"] == 8 and not isinstance(shown["value"], str)
    assert "Quill" in whole["value"]


def test_a_night_of_an_older_version_hides_by_its_own_tables_and_is_carried_on(store: Store):
    night = load(store, FIRST, [GOOD, OTHER | {"person_id": "2", "start_date": "soon"}]).night
    _make_older(store, night)
    assert hidden(store) == {"1", "2"} and hidden(store, ROLE, "director") == {"2"}
    assert (
        engine_of(store).children("hertfordshire", ["no_current_plan"], asking(), FIRST - timedelta(days=9))["name"].count() == 3
    )
    load(store, FIRST + timedelta(days=1), None)
    assert hidden(store) == {"1", "2"} and hidden(store, ROLE, "director") == {"2"}


# Nobody is restricted, then child 1, then child 2 too and, by a row that cannot be read, child 3.
NOBODY_YET = ((FIRST, None), (FIRST + timedelta(days=1), [GOOD]))
THREE_BY_NOW = (
    *NOBODY_YET,
    (
        FIRST + timedelta(days=2),
        [GOOD, OTHER | {"person_id": "2"}, OTHER | {"restriction_id": "R3", "person_id": "3", "start_date": "soon"}],
    ),
)


def test_going_back_to_an_older_night_names_nobody_who_has_been_restricted_since(begun):
    store = begun(*THREE_BY_NOW)
    _, second, first = store.nights()
    back = Engine(first, store.settings)
    assert set(restricted_children(back, asking())) == {"1", "2", "3"}
    assert set(restricted_children(back, asking(roles=frozenset({ROLE})))) == {"2", "3"}
    for day in (FIRST, FIRST - timedelta(days=9)):
        found = back.children("hertfordshire", ["no_current_plan"], asking(), day)
        assert sorted(found["child_id"]) == ["4", "5", *["Restricted record"] * 3] and found["name"].count() == 2
    assert set(restricted_children(Engine(second, store.settings), asking())) == {"1", "2", "3"}
    assert set(restricted_children(back, asking(roles=None))) == set()


def test_a_night_loaded_after_going_back_keeps_what_the_newest_night_restricted(after):
    store = after(*NOBODY_YET)
    store.rollback(store.nights()[-1].name)
    result = load(store, FIRST + timedelta(days=2), None)
    assert store.current() == result.night and hidden(store) == {"1"}
    load(store, FIRST + timedelta(days=3), None, lift_restrictions=True)
    assert hidden(store) == set()


def test_what_a_damaged_newest_night_restricted_is_read_from_the_store(after):
    store = after(*THREE_BY_NOW)
    newest, _, first = store.nights()
    newest.database.chmod(0o600)
    newest.database.write_bytes(b"damaged")
    engine = Engine(first, store.settings)
    assert set(restricted_children(engine, asking())) == {"1", "2", "3"} and engine.withheld is None
    # And it is carried on by the next load, although the night that is shown does not hold it.
    load(store, FIRST + timedelta(days=3), None)
    assert hidden(store) == {"1", "2", "3"} and hidden(store, ROLE) == {"2", "3"} and engine_of(store).withheld is None


@pytest.mark.parametrize(
    ("tonight", "how", "withheld", "still"),
    some(
        [
            ([OTHER | {"person_id": "2"}], {}, False, {"1", "2"}),
            ([GOOD], {}, False, {"1"}),
            (None, {}, True, set(EVERYBODY)),
            ([], {}, True, set(EVERYBODY)),
            (None, {"lift_restrictions": True}, False, set()),
            ([GOOD], {"lift_restrictions": True}, False, {"1"}),
        ],
        2,
    ),
)
def test_names_that_were_withheld_are_shown_again_by_a_load_with_restrictions_or_by_a_lifting(
    after, tonight: list | None, how: dict, withheld: bool, still: set[str]
):
    store = after((FIRST, [GOOD]), (FIRST + timedelta(days=1), [GOOD]))
    (store.path / "restrictions.json").unlink()
    newest = store.current()
    newest.database.chmod(0o600)
    newest.database.write_bytes(b"damaged")
    assert engine_of(store).withheld and hidden(store, ROLE) == set(EVERYBODY)
    result = load(store, FIRST + timedelta(days=2), tonight, **how)
    assert hidden(store) == still and (engine_of(store).withheld is not None) == withheld
    assert store.problems == ((engine_of(store).withheld,) if withheld else ())
    assert (engine_of(store).withheld in result.report.warnings) == withheld
    if withheld:
        # What the good night held is carried on all the same, and the next file settles it.
        load(store, FIRST + timedelta(days=3), [OTHER | {"person_id": "2"}])
        assert hidden(store) == {"1", "2"} and engine_of(store).withheld is None


def test_the_same_extracts_are_loaded_again_where_their_night_is_damaged(after):
    store = after((FIRST, [GOOD]))
    night = store.current()
    assert not load(store, FIRST, [GOOD]).published
    night.database.chmod(0o600)
    night.database.write_bytes(b"damaged")
    again = load(store, FIRST, [GOOD])
    assert again.published and store.current() == again.night != night and store.problems == ()
    assert hidden(store) == {"1"}


def test_the_same_extracts_put_lost_restrictions_back(after):
    store = after((FIRST, [GOOD]))
    (store.path / "restrictions.json").write_bytes(b"damaged")
    assert hidden(store) == set(EVERYBODY) and engine_of(store).withheld in store.problems
    assert not load(store, FIRST, [GOOD]).published
    assert hidden(store) == {"1"} and store.problems == ()


def _make_older(store: Store, night: Night) -> None:
    """The night as a version before ``restricted_records`` would have published it."""
    for path in (night.folder, night.database, night.folder / MANIFEST):
        path.chmod(0o700)
    with duckdb.connect(str(night.database)) as connection:
        connection.execute("drop table restricted_records")
        connection.execute("checkpoint")
    content = night.manifest | {"files": dict(night.manifest["files"])}
    content["files"][DATABASE] = {"sha256": durable.sha256(night.database), "bytes": night.database.stat().st_size}
    content["seal"] = seal(content)
    (night.folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    assert night_in(night.folder).manifest["seal"] == content["seal"] and store.problems == ()
