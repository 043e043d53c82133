"""Whatever becomes of the newest night and of the store's own files, no child is named who has been restricted, and it is said why."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

import tracker
from data.store import store as store_module
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.support.damaged_stores import (
    CHILD,
    MARKS,
    NAME,
    NOBODY,
    OTHER,
    SECOND,
    Stores,
    copy_of,
    damages_of_a_file,
    damages_of_the_store,
    is_named,
    make_stores,
    night_folder,
    put,
    shown_marks,
)
from words.labels import RESTRICTED_RECORD

pytestmark = pytest.mark.slow

OF_THE_STORE = ("restrictions.json", "current")
OF_THE_NIGHT = tuple(
    f"night/{name}" for name in ("manifest.json", "tracker.duckdb", "restrictions.json", "tables/ssd_person.parquet")
)
WITHHELD = "Children's names are withheld, because "


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return make_stores(tmp_path_factory.mktemp("damaged"))


@pytest.fixture(autouse=True)
def _long_after_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nights were published a moment ago; a reader comes later."""
    monkeypatch.setattr(store_module, "SWITCHING", store_module.timedelta(0))


# What is answered follows from the night that is shown and from what is in force: every pair of them is looked at once.
_looked_at: set[tuple[str, str]] = set()


def _look(store: Store, what: str) -> None:
    pair = (store.current().manifest["seal"], store.restrictions().mark)
    if pair not in _looked_at:
        assert shown_marks(store) == set(), what
        _looked_at.add(pair)


def _check(path: Path, what: str) -> bool:
    """Nothing names the child, and something says why; gives whether every name is withheld."""
    store = Store(path)
    if store.current() is None:
        assert store.problems, what
        return True
    engine = Engine(store.current(), store.settings)
    assert engine.withheld == store.restrictions().withheld, what
    _look(store, what)
    assert (engine.withheld is None) == is_named(engine), what
    assert engine.withheld is None or engine.withheld.startswith(WITHHELD) and engine.withheld in store.problems, what
    # What changes nothing that anybody reads (white space, a file that is the same in both nights) need not be told.
    assert store.problems or (engine.night.as_at == SECOND and not store.verify(engine.night)), what
    return engine.withheld is not None


def test_the_search_finds_the_child_where_nothing_is_restricted(stores: Stores):
    assert shown_marks(Store(stores.before)) >= {CHILD, *NAME.split()}


def test_an_undamaged_store_names_everybody_but_the_restricted_and_has_nothing_to_say(stores: Stores):
    store = Store(stores.now)
    assert shown_marks(store) == set() and is_named(Engine(store.current(), store.settings)) and store.problems == ()


@pytest.mark.parametrize("name", [*OF_THE_STORE, *OF_THE_NIGHT])
def test_a_damaged_file_names_nobody_who_is_restricted(stores: Stores, tmp_path: Path, name: str):
    withheld = {}
    for number, (how, content) in enumerate(damages_of_a_file(stores, name)):
        path = copy_of(stores.now, tmp_path / str(number))
        put(night_folder(path) / name.removeprefix("night/") if name.startswith("night/") else path / name, content)
        withheld[how] = _check(path, f"{name} {how}")
    # The restrictions' own file is what the rest is checked against; a night can be lost without it.
    if name == "restrictions.json":
        assert set(withheld.values()) == {True}
    elif name.startswith("night/"):
        assert set(withheld.values()) == {False}


@pytest.mark.parametrize("how", ["missing", "a bit flipped"])
def test_any_typed_table_of_the_night_that_is_damaged_shows_the_night_before_and_restricts_the_child(
    stores: Stores, tmp_path: Path, how: str
):
    names = sorted(path.name for path in (night_folder(stores.now) / "tables").iterdir())
    for number, name in enumerate(names):
        path = copy_of(stores.now, tmp_path / str(number))
        table = night_folder(path) / "tables" / name
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 1
        put(table, None if how == "missing" else bytes(content))
        store = Store(path)
        assert store.current().name == night_folder(path, 0).name and name in store.problems[0]
        assert store.restrictions().withheld is None
        assert CHILD in {row[1] for row in store.restrictions().rows}


DAMAGES = (
    "the folder removed",
    "the folder renamed",
    "the folder renamed as another night",
    "the folder of another store",
    "an older backup restored over it",
    "the folder removed and the pointer lost",
    "the folder removed and the pointer an older one",
    "the folder removed and the restrictions lost",
    "the folder removed and the restrictions older ones",
    "the manifest and the pointer lost",
    "the manifest and the restrictions lost",
    "the database and the restrictions lost",
    "the pointer and the restrictions lost",
    "the pointer and the restrictions older ones",
)


def test_every_damage_of_the_store_is_tried(stores: Stores):
    assert tuple(damages_of_the_store(stores)) == DAMAGES


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_names_nobody_who_is_restricted_nor_does_the_next_lock(stores: Stores, tmp_path: Path, damage: str):
    path = copy_of(stores.now, tmp_path / "store")
    damages_of_the_store(stores)[damage](path)
    _check(path, damage)
    with Store(path).lock():
        pass  # what puts right what a killed load left may not take it for one
    if Store(path).current() is not None:
        _look(Store(path), damage)


@pytest.mark.parametrize("order", ["sorted", "backwards", "nights last", "newest first"])
def test_a_store_copied_in_half_names_nobody_who_is_restricted(stores: Stores, tmp_path: Path, order: str):
    files = sorted(path.relative_to(stores.now) for path in stores.now.rglob("*") if path.is_file())
    if order == "backwards":
        files.reverse()
    elif order == "nights last":
        files.sort(key=lambda name: (len(name.parts), name))
    elif order == "newest first":
        files.sort(key=lambda name: (stores.now / name).stat().st_mtime_ns, reverse=True)
    path, looked_at = tmp_path / "store", set()
    path.mkdir()
    for name in files:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        content = (stores.now / name).read_bytes()
        for copied in (content[: len(content) // 2], content):
            put(path / name, copied)
            store = Store(path)
            night = store.current()
            if night is None:
                continue
            pair = (night.name, store.restrictions().mark)
            if pair not in looked_at:
                looked_at.add(pair)
                engine = Engine(night, Store(stores.now).settings)
                table = engine.children("hertfordshire", ["no_current_plan"], NOBODY).to_csv()
                assert not [mark for mark in MARKS if mark in table], name
            assert (night.as_at == SECOND and not store.restrictions().withheld) or store.problems, name
    assert looked_at and store.problems == () and is_named(Engine(store.current(), store.settings))


def test_counts_stay_right_while_names_are_withheld(stores: Stores, tmp_path: Path):
    path = copy_of(stores.now, tmp_path / "store")
    put(path / "restrictions.json", None)
    whole, withheld = (Engine(Store(one).current(), Store(one).settings) for one in (stores.now, path))
    assert whole.figures("hertfordshire", NOBODY).equals(withheld.figures("hertfordshire", NOBODY))
    asked = ("hertfordshire", ["no_current_plan"], NOBODY)
    assert len(whole.children(*asked)) == len(withheld.children(*asked)) == 4
    assert set(withheld.children(*asked)["child_id"]) == {RESTRICTED_RECORD}
    assert withheld.children(*asked)["name"].count() == 0


@pytest.mark.parametrize("how", ["restrictions.json missing", "the database damaged"])
def test_every_command_says_why_and_no_pack_names_the_child(stores: Stores, tmp_path: Path, capsys, how: str):
    path = copy_of(stores.now, tmp_path / "store")
    put(path / "restrictions.json" if "json" in how else night_folder(path) / "tracker.duckdb", None)
    sentence = WITHHELD if "json" in how else f"The data load {night_folder(path).name} is damaged"
    commands = [["measures", "--by", "child"], ["measures"], ["drift", "--from", "2026-09-30"]]
    commands += [["pack", kind, "--out", tmp_path / f"{kind}.xlsx"] for kind in ("panel", "journeys")]
    commands += [["pack", "minutes", "--panel-date", SECOND, "--out", tmp_path / "minutes.docx"], ["nights"]]
    for command in commands:
        status = tracker.main([str(word) for word in [*command, "--store", path]])
        assert status == (1 if command == ["nights"] else 0), command
        said = capsys.readouterr()
        assert sentence in said.err, command
        assert not any(word in said.out for word in NAME.split()), command
    made = sorted(tmp_path.glob("*.*x"))
    assert len(made) == 3
    for pack in made:
        words = _words(pack)
        assert not [mark for mark in MARKS if mark in words], pack.name
        assert (WITHHELD in words) == ("json" in how), pack.name
    assert tracker.main(["pack", "child", "--store", str(path), "--child", OTHER, "--out", str(tmp_path / "one.xlsx")]) == (
        1 if "json" in how else 0
    )
    assert sentence in capsys.readouterr().err


def _words(pack: Path) -> str:
    with ZipFile(pack) as parts:
        return unescape("\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()))
