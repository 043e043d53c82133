"""A store whose newest night restricts a child whom the night before it named, and every way in which it may be damaged.

``CHILD`` is the child; ``shown_marks`` asks all that names children and gives what it found of the child.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.agenda.actions import save_action
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import discussions, save_discussion
from casework.changes.restricted import hidden_children
from casework.panels import plan_panel
from casework.records.records import Action, Discussion
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.answers.child.child import find_child
from metrics.answers.data_quality.load_quality import flags, rejects
from metrics.answers.drift import drift
from metrics.engine.engine import Engine
from metrics.engine.people import people
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

FIRST, SECOND = date(2026, 10, 30), date(2026, 10, 31)
CHILD, LEGACY, NAME, SECRET = "C7071", "L9093", "Xanthe Quillfeather", "Velvetbreeze"
MARKS = (CHILD, LEGACY, NAME.split()[0], NAME.split()[1], SECRET)
OTHER, OTHER_NAME = "C1001", "Orla Okonjo"
RULES = ["no_current_plan", "ltf_12m"]
NOBODY = asking(roles=frozenset())


def _records(day: date, *restricted: str) -> dict[str, list[dict]]:
    born, cared_for = "2018-01-01", "2025-01-01"
    names = {CHILD: NAME, OTHER: OTHER_NAME, "C1002": "Pia Pell", "C1003": "Quin Roe"}
    return {
        "ssd_person": [
            {
                "pers_person_id": child,
                "pers_legacy_id": LEGACY if child == CHILD else f"L{child}",
                "pers_forename": name.split()[0],
                "pers_surname": name.split()[1],
                "pers_dob": born,
            }
            for child, name in names.items()
        ],
        "ssd_cla_episodes": [{"clae_person_id": child, "clae_cla_episode_start_date": cared_for} for child in names],
        "ssd_care_leavers": [],
        # A row of the child's that is quarantined.
        "ssd_legal_status": [
            {"lega_person_id": person, "lega_legal_status": "C2", "lega_legal_status_start_date": start}
            for person, start in ((CHILD, "soon"), ("C1003", cared_for))
        ],
        "local_restrictions": [
            {"restriction_id": f"R{child}", "person_id": child, "restriction_type": "ADOPTION", "start_date": cared_for}
            for child in restricted
        ],
    }


@dataclass(frozen=True)
class Stores:
    """``before``: the store when it had its first night alone; ``now``: with the newest; ``other``: another's, of the same days."""

    before: Path
    now: Path
    other: Path


def make_stores(folder: Path) -> Stores:
    """The stores, each of nights that are quickly made."""
    now, other = Store(folder / "now"), Store(folder / "other")
    for store in (now, other):
        store.path.mkdir(parents=True)
        (store.path / "settings.toml").write_text("month_ends = 1\nquarantine_limit_percent = 100\n", encoding="utf-8")
    first = write_extracts(folder / "first", _records(FIRST, "C1003"), someone_else=True)
    run_nightly(now, first, FIRST)
    shutil.copytree(now.path, folder / "before")
    run_nightly(now, write_extracts(folder / "second", _records(SECOND, "C1003", CHILD), someone_else=True), SECOND)
    for day in (FIRST, SECOND):
        run_nightly(other, write_extracts(folder / f"other {day}", _records(day, "C1002"), someone_else=True), day)
    _hold_a_panel(now)
    return Stores(folder / "before", now.path, other.path)


def _hold_a_panel(store: Store) -> None:
    """A panel with the child on its agenda, and words about the child."""
    engine, casework = Engine(store.current(), store.settings), open_casework(store.settings, store.path)
    panel = plan_panel(casework, "hertfordshire", SECOND, "Jo Clerk")
    build_agenda(casework, panel.id, engine, RULES, "Jo Clerk")
    save_discussion(casework, Discussion(panel.id, CHILD, summary=SECRET, decision=SECRET), "Jo Clerk")
    save_action(casework, Action(panel.id, CHILD, SECRET, SECRET, SECOND), "Jo Clerk")
    casework.close()


def copy_of(store: Path, to: Path) -> Path:
    """A copy of a store, whose nights' files are links: what damages one puts another file in its place."""
    return Path(shutil.copytree(store, to, copy_function=_linked))


def _linked(source: str, target: str) -> None:
    # A database that is opened for writing is a copy of its own.
    (shutil.copyfile if Path(source).name.startswith("casework") else os.link)(source, target)


def put(path: Path, content: bytes | None) -> None:
    """Another file in a file's place, or none."""
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def night_folder(store: Path, place: int = -1) -> Path:
    """The folder of a store's newest night, or of the one at another place."""
    return sorted((store / "nights").iterdir())[place]


def _flipped(content: bytes, where: float) -> bytes:
    at = min(int(len(content) * where), len(content) - 1)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def damages_of_a_file(stores: Stores, name: str) -> Iterator[tuple[str, bytes | None]]:
    """(what happened, what the file then holds) for a file of the newest night (``night/<path>``) or of the store."""
    of_night = name.startswith("night/")
    name = name.removeprefix("night/")

    def place(store: Path, which: int = -1) -> Path:
        return night_folder(store, which) / name if of_night else store / name

    content = place(stores.now).read_bytes()
    yield "missing", None
    yield "emptied", b""
    yield "cut in half", content[: len(content) // 2]
    for where in (0.0, 0.01, 0.3, 0.7, 0.999):
        yield f"a bit flipped at {where}", _flipped(content, where)
    yield "of the night before", place(stores.now, 0).read_bytes() if of_night else place(stores.before).read_bytes()
    yield "of another store", place(stores.other).read_bytes()


def damages_of_the_store(stores: Stores) -> dict[str, Callable[[Path], object]]:
    """Damages of more than one file: what happened -> what does it to a copy of the store."""
    newest = night_folder(stores.now).name

    def restore_over(store: Path) -> None:
        shutil.copytree(stores.before, store, dirs_exist_ok=True, copy_function=_copy_over)

    def lose(*names: str) -> Callable[[Path], None]:
        def damage(store: Path) -> None:
            for name in names:
                _lose(store / name)

        return damage

    def rename(to: str) -> Callable[[Path], object]:
        return lambda store: (store / "nights" / newest).rename(store / "nights" / to)

    def swap_nights(store: Path) -> None:
        _lose(store / "nights" / newest)
        shutil.copytree(night_folder(stores.other), store / "nights" / newest)

    def both(one: Callable[[Path], None], other: Callable[[Path], None]) -> Callable[[Path], None]:
        def damage(store: Path) -> None:
            one(store)
            other(store)

        return damage

    def back(name: str) -> Callable[[Path], None]:
        return lambda store: put(store / name, (stores.before / name).read_bytes())

    night = f"nights/{newest}"
    return {
        "the folder removed": lose(night),
        "the folder renamed": rename(f"{newest}.old"),
        "the folder renamed as another night": rename(newest.replace("-0002-", "-0007-")),
        "the folder of another store": swap_nights,
        "an older backup restored over it": restore_over,
        "the folder removed and the pointer lost": lose(night, "current"),
        "the folder removed and the pointer an older one": both(lose(night), back("current")),
        "the folder removed and the restrictions lost": lose(night, "restrictions.json"),
        "the folder removed and the restrictions older ones": both(lose(night), back("restrictions.json")),
        "the manifest and the pointer lost": lose(f"{night}/manifest.json", "current"),
        "the manifest and the restrictions lost": lose(f"{night}/manifest.json", "restrictions.json"),
        "the database and the restrictions lost": lose(f"{night}/tracker.duckdb", "restrictions.json"),
        "the pointer and the restrictions lost": lose("current", "restrictions.json"),
        "the pointer and the restrictions older ones": both(back("current"), back("restrictions.json")),
    }


def _lose(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _copy_over(source: str, target: str) -> None:
    put(Path(target), Path(source).read_bytes())


def shown_marks(store: Store) -> set[str]:
    """What of the child is found in all that names children to anyone who has no role."""
    night = store.current()
    engine = Engine(night, store.settings)
    found = [
        engine.children("hertfordshire", RULES, NOBODY),
        engine.children("hertfordshire", RULES, NOBODY, date(2026, 9, 15)),
        engine.coming_next("hertfordshire", NOBODY, within_days=900),
        drift.movements(engine, "hertfordshire", NOBODY, date(2026, 9, 30), engine.as_at).children,
        people(engine, [CHILD, OTHER], NOBODY),
        rejects(engine, NOBODY),
        flags(engine, NOBODY),
    ]
    text = "\n".join(frame.to_csv() for frame in found)
    text += str([find_child(engine, number, NOBODY) for number in (CHILD, LEGACY)])
    if (store.path / "casework.db").exists():
        text += _of_the_panel(store, engine)
    return {mark for mark in MARKS if mark in text}


def _of_the_panel(store: Store, engine: Engine) -> str:
    casework = open_casework(store.settings, store.path)
    try:
        hidden = hidden_children(casework, engine, NOBODY)
        return str((agenda(casework, 1, hidden), discussions(casework, 1, hidden)))
    finally:
        casework.close()


def is_named(engine: Engine, child: str = OTHER) -> bool:
    """Whether a child whom nothing restricts is named."""
    return find_child(engine, child, NOBODY) == [child]
