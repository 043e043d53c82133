"""One draft a period, kept from the first on; it is published against the newest ledger, even if others publish at the same time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import pytest

import tracker
from casework.checking import check
from casework.publishing.commentary import save_commentary
from casework.publishing.publications import ledger, published_file
from casework.records.errors import CaseworkError
from casework.records.records import DOCUMENT, SHOWN, WORKBOOK, Commentary
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.disclosure.ledger import Publication
from metrics.disclosure.pairs import attack, require_as_recorded
from metrics.disclosure.protect import protect
from metrics.disclosure.tables import Tables
from metrics.engine.engine import Engine
from packs.corporate import document, publishing
from packs.corporate.drafts import KIND, default_day, newest_draft, prepare, why_again
from packs.corporate.plain_data import unpacked
from packs.corporate.publishing import DraftMoved, Finished, Shown, attack_pairs, publish_pack
from tests.metrics.disclosure.test_drafts import kept

pytestmark = pytest.mark.usefixtures("greedy")

ROOT = Path(__file__).parent.parent.parent
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
PUBLISHER = """
import sys
import tracker
from tests.support.once_a_run import greedy_patterns

with greedy_patterns():
    asked = ["--store", sys.argv[1], "--out", sys.argv[2], "--as-at", sys.argv[3], "--publish", "--by", "A. Clerk"]
    sys.exit(tracker.main(["pack", "corporate", *asked]))
"""


@pytest.fixture(scope="module")
def small_county(small_store: Store) -> Engine:
    """The small county's engine, which keeps the days that it has computed for the drafts of every test."""
    return Engine(small_store.current(), small_store.settings)


def changed(engine: Engine, **settings) -> Engine:
    """The engine over the same night and what is computed of it, under settings of which none decides who is on a list."""
    other = copy(engine)
    other.settings = replace(engine.settings, **settings)
    return other


@pytest.fixture(scope="module")
def drafted(small_county: Engine, greedy, tmp_path_factory) -> Path:
    """A folder with the records of the small county: its drafts of October and of September, made in that order."""
    folder = tmp_path_factory.mktemp("drafted")
    casework = open_casework(small_county.settings, folder)
    prepare(small_county, casework, OCTOBER)
    prepare(small_county, casework, SEPTEMBER)
    casework.close()
    return folder


@pytest.fixture
def empty_store(small_store: Store, tmp_path) -> Store:
    """A store of its own that shows the small county."""
    for name in ("nights", "current", "restrictions.json", "settings.toml"):
        if (small_store.path / name).exists():
            (tmp_path / name).symlink_to(small_store.path / name)
    return Store(tmp_path)


@pytest.fixture
def store(empty_store: Store, drafted: Path) -> Store:
    """As ``empty_store``, with the two drafts."""
    for path in drafted.glob("casework.*"):
        shutil.copy(path, empty_store.path / path.name)
    return empty_store


@pytest.fixture
def engine(store: Store, small_county: Engine) -> Engine:
    return changed(small_county, folder=store.path)


@pytest.fixture
def casework(store: Store):
    return open_casework(store.settings, store.path)


def test_the_draft_of_a_period_is_made_once_whoever_asks(empty_store, small_county, tmp_path, capsys):
    engine, casework = changed(small_county, folder=empty_store.path), open_casework(empty_store.settings, empty_store.path)
    said: list[str] = []
    first = prepare(engine, casework, say=said.append)
    assert first.draft.period == default_day(engine).isoformat() == "2026-10-31" and "there is none yet" in said[0]
    assert prepare(engine, casework, say=said.append).draft.id == first.draft.id and len(said) == 1
    assert prepare(engine, casework).pack == first.pack
    assert tracker.main(["pack", "corporate", "--store", str(empty_store.path), "--out", str(tmp_path / "pack.xlsx")]) == 0
    assert [draft.id for draft in ledger(casework, KIND).drafts] == [first.draft.id]
    # Only a pack that is published says so.
    assert "published" not in capsys.readouterr().err and not ledger(casework, KIND).publications
    asked = [
        "pack",
        "corporate",
        "--store",
        str(empty_store.path),
        "--out",
        str(tmp_path / "pack.xlsx"),
        "--publish",
        "--by",
        "Pat Analyst",
    ]
    assert tracker.main(asked) == 0
    assert "The pack as at 31/10/2026 is published in the name of Pat Analyst" in capsys.readouterr().err
    assert len(ledger(casework, KIND).publications) == 1


@pytest.mark.parametrize(
    ("night", "period"),
    [("2026-10-31", "2026-10-31"), ("2026-11-28", "2026-10-31"), ("2028-02-29", "2028-02-29"), ("2026-01-01", "2025-12-31")],
)
def test_the_period_being_prepared_is_the_latest_month_end(night, period):
    assert default_day(_AsAt(date.fromisoformat(night))).isoformat() == period


class _AsAt:
    def __init__(self, as_at: date) -> None:
        self.as_at = as_at


def test_a_second_draft_keeps_the_pattern_of_the_first_and_says_why_it_differs(engine, casework):
    first = prepare(engine, casework)
    more = changed(engine, disclosure_range=8)
    assert "settings" in why_again(more, ledger(casework, KIND), first.draft)
    second = prepare(more, casework)
    assert second.draft.id != first.draft.id
    for key, value in first.pack.printed.items():
        assert value != HIDDEN or second.pack.printed[key] == HIDDEN
    newly = [
        key for key in first.pack.system.cells if second.pack.printed.get(key) == HIDDEN != first.pack.printed.get(key, HIDDEN)
    ]
    assert all(any(", ".join(key) in reason for reason in second.draft.reasons.splitlines()) for key in newly)
    back = prepare(engine, casework)
    hidden = {key for key, value in second.pack.printed.items() if value == HIDDEN}
    assert {key for key, value in back.pack.printed.items() if value == HIDDEN} >= hidden, "hidden in one is hidden in all after"


def test_a_pack_of_another_period_hides_what_a_draft_hid(engine, casework):
    october = prepare(engine, casework, OCTOBER).pack
    september = prepare(engine, casework, SEPTEMBER).pack
    both = october.printed.keys() & september.printed.keys() & october.system.cells.keys()
    assert both and all(september.printed[key] == HIDDEN for key in both if october.printed[key] == HIDDEN)


def test_two_packs_published_at_the_same_moment_are_each_solved_beside_the_other(engine, casework, monkeypatch):
    """Both have solved before either is entered: the one that comes second must solve again."""
    start, solved = Barrier(2), []
    real = publishing.publish

    def together(casework, entry, state, files):
        if entry.period not in solved:
            solved.append(entry.period)
            start.wait(120)
        return real(casework, entry, state, files)

    monkeypatch.setattr(publishing, "publish", together)

    # The files are made in the test of two commands; here their making would only take time.
    def made(engine, casework, pack, standing) -> Finished:
        return Finished(pack, pack.night_name.encode(), b"", pack.printed, ())

    monkeypatch.setattr(publishing, "finish", made)
    monkeypatch.setattr(publishing, "_files", lambda made: {})

    def one(day: date) -> Finished:
        # Two servers with one database: no lock of a folder is shared.
        return publish_pack(changed(engine, folder=None), casework, day, "A. Clerk")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, (SEPTEMBER, OCTOBER)))
    _each_was_solved_beside_those_before(casework)


def test_two_commands_that_publish_at_the_same_moment_are_each_solved_beside_the_other(store, casework, tmp_path):
    words = [sys.executable, "-c", PUBLISHER, str(store.path)]
    running = [
        subprocess.Popen([*words, str(tmp_path / f"{day}.xlsx"), str(day)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for day in (SEPTEMBER, OCTOBER)
    ]
    said = [process.communicate(timeout=300)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    _each_was_solved_beside_those_before(casework)


def _each_was_solved_beside_those_before(casework) -> None:
    book = ledger(casework, KIND)
    first, second = (Publication.from_json(json.loads(entry.cells)) for entry in book.publications)
    then = {cell.key: (cell.published, cell.count) for cell in first.cells if cell.published}
    now = {cell.key: (cell.published, cell.count) for cell in second.cells if cell.published}
    both = then.keys() & now.keys()
    assert both and all(then[key] == now[key] for key in both)
    assert check(casework) == []


def test_a_draft_that_was_made_again_since_it_was_read_is_not_published(engine, casework):
    read = prepare(engine, casework).draft
    prepare(engine, casework, again=True)
    with pytest.raises(DraftMoved, match="made this draft again"):
        publish_pack(engine, casework, OCTOBER, "A. Clerk", read.id)
    assert ledger(casework, KIND).publications == ()


def test_a_pack_is_published_with_its_files_and_what_the_page_shows_holds_no_true_count(engine, casework):
    prepare(engine, casework)
    save_commentary(casework, Commentary(KIND, "2026-10-31", "in_care", "As it was."), "A. Clerk")
    made = publish_pack(engine, casework, OCTOBER, "A. Clerk")
    (entry,) = ledger(casework, KIND).publications
    assert published_file(casework, entry.id, WORKBOOK).content == made.workbook
    assert published_file(casework, entry.id, DOCUMENT).content == made.document
    shown = unpacked(published_file(casework, entry.id, SHOWN).content, Shown)
    assert shown.pack.printed == made.pack.printed and not shown.pack.system.cells and shown.said[0][1] == "As it was."
    assert replace(shown.pack, system=made.pack.system) == made.pack


def test_nobody_publishes(engine, casework):
    with pytest.raises(CaseworkError, match="Enter your name"):
        publish_pack(engine, casework, OCTOBER, " ")


def test_the_night_makes_the_draft_and_a_fault_of_it_stops_nothing(tmp_path, small_store, capsys, monkeypatch):
    extracts = small_store.path.parent / "extracts"
    asked = ["nightly", "--extracts", str(extracts), "--store", str(tmp_path / "store"), "--as-at", "2026-10-31"]
    assert tracker.main(asked) == 0
    store = Store(tmp_path / "store")
    casework = open_casework(store.settings)
    (draft,) = ledger(casework, KIND).drafts
    assert (draft.period, draft.made_by, draft.night_name) == ("2026-10-31", "The nightly load", store.current().name)
    # The same extracts again: nothing new is published, and the draft stays.
    assert tracker.main(asked) == 0 and len(ledger(casework, KIND).drafts) == 1
    (store.path / "comparators.csv").write_text("measure,area\n", encoding="utf-8")
    capsys.readouterr()
    assert tracker.main(asked) == 0
    said = capsys.readouterr().err
    assert "The corporate parenting draft was not made: " in said and "comparators.csv, row 1" in said


def test_a_file_that_prints_another_number_or_word_than_the_other_is_not_accepted(monkeypatch):
    """Even one that would be safe by itself: the PDF must show what was attacked in the workbook."""
    printed = {("a",): 7, ("b",): HIDDEN, ("status",): "under target"}
    safe = SimpleNamespace(require_safe=lambda said: None)
    monkeypatch.setattr(document, "read_back", lambda pack, content: printed)
    document.audit_document(safe, b"", dict(printed))
    for other in ({("b",): 9}, {("status",): "near target"}):
        with pytest.raises(DisclosureError, match="do not show the same figures"):
            document.audit_document(safe, b"", {**printed, **other})


# --- The pair that is attacked: two known shapes ---


def quarters(prints: dict[str, int], tied: list[tuple[str, list[str]]], past=(), hide=()):
    """A pack of numbers who came, with the sums among them; ``hide`` on top of what protection hides."""
    tables = Tables(past)
    for name, count in prints.items():
        tables.cell(("came", name, "county", "all"), count)
    for total, parts in tied:
        tables.total(("came", total, "county", "all"), [("came", part, "county", "all") for part in parts])
    system = tables.system()
    printed = protect(system).printed(system)
    return system, printed | {("came", name, "county", "all"): HIDDEN for name in hide}


def came(name: str) -> tuple[str, ...]:
    return ("came", name, "county", "all")


def test_june_printed_quarter_1_so_october_does_not_print_the_year_to_date():
    """June: Q1 = 9. October: Q1 and Q2 hidden, 13 to date: 13 - 9 = 4."""
    system, printed = quarters({"Q1": 9}, [])
    june = kept("the pack of June", system, printed, draft=False)
    alone, october = quarters({"Q1": 9, "Q2": 4, "to date": 13}, [("to date", ["Q1", "Q2"])], hide=["Q1"])
    assert october[came("to date")] in (13, HIDDEN)
    leaking = {came("Q1"): HIDDEN, came("Q2"): HIDDEN, came("to date"): 13}
    assert audit(alone, leaking).safe, "by itself it gives nothing away"
    found = attack(alone, leaking, june)
    assert not found.safe
    with pytest.raises(DisclosureError):
        found.require_safe()
    _, october = quarters({"Q1": 9, "Q2": 4, "to date": 13}, [("to date", ["Q1", "Q2"])], past=[june])
    assert october == {came("Q1"): 9, came("Q2"): HIDDEN, came("to date"): HIDDEN}
    # The same where June was only a draft.
    system, printed = quarters({"Q1": 9}, [])
    _, october = quarters({"Q1": 9, "Q2": 4, "to date": 13}, [("to date", ["Q1", "Q2"])], past=[kept("draft", system, printed)])
    assert october == {came("Q1"): 9, came("Q2"): HIDDEN, came("to date"): HIDDEN}


def test_march_and_june_print_one_number_alike():
    """March: the four quarters and the year to Q4. June: the year alone, the same number under the same key."""
    parts = {"Q1": 9, "Q2": 4, "Q3": 11, "Q4": 12}
    system, printed = quarters({**parts, "2025/26": 36}, [("2025/26", list(parts))])
    march = kept("the pack of March", system, printed, draft=False)
    _, june = quarters({"2025/26": 36}, [], past=[march])
    assert june[came("2025/26")] == printed[came("2025/26")]
    # Had March hidden the year for the second quarter's sake, June may not show it, even if March was left out when it was solved.
    hiding = {came(name): parts[name] for name in ("Q1", "Q3", "Q4")} | {came("Q2"): HIDDEN, came("2025/26"): HIDDEN}
    march = kept("the pack of March", system, hiding, draft=False)
    alone, june = quarters({"2025/26": 36}, [])
    assert june[came("2025/26")] == 36 and not attack(alone, june, march).safe
    _, june = quarters({"2025/26": 36}, [], past=[march])
    assert june[came("2025/26")] == HIDDEN


def test_a_file_that_does_not_say_what_the_ledger_records_is_told():
    system, printed = quarters({"Q1": 9, "Q2": 4, "to date": 13}, [("to date", ["Q1", "Q2"])])
    june = kept("the pack of June", system, printed, draft=False)
    require_as_recorded(june, printed)
    with pytest.raises(DisclosureError, match="run tracker.py casework check"):
        require_as_recorded(june, {**printed, came("Q2"): 4})


def test_a_pack_that_gives_a_published_one_away_is_not_accepted(engine, casework):
    """As if the ledger had been left out when it was solved: what the published pack hides stands open in this one's files."""
    september = publish_pack(engine, casework, SEPTEMBER, "A. Clerk")
    october = prepare(engine, casework, OCTOBER).pack
    hidden = next(
        key
        for key, value in september.printed.items()
        if value == HIDDEN and key in october.system.cells and october.system.cells[key].here
    )
    opened = {**october.printed, hidden: october.system.cells[hidden].count}
    book = ledger(casework, KIND)
    assert not why_again(engine, book, newest_draft(book, OCTOBER))
    with pytest.raises(DisclosureError, match="has not been written"):
        attack_pairs(casework, ledger(casework, KIND), Finished(october, b"", b"", opened, ()))
    attack_pairs(casework, ledger(casework, KIND), Finished(october, b"", b"", october.printed, ()))
