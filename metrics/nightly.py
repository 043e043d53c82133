"""The night's work: read, check, build the spine and the lists, and publish; or refuse, and leave the last good night live."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import dropwhile
from pathlib import Path

import duckdb

from data import formats, reading
from data.beside import Beside, beside
from data.contract import contract
from data.contract.contract import EARLIER_RECORDS, tables
from data.errors import NightRefused
from data.formats.gathering import gathered
from data.night.night import attached, known_faults, sequence_in
from data.reading.comparison import check_tables, count_before, count_tables, unchanged_files
from data.reading.load_report import LoadReport
from data.restrictions import restrictions
from data.restrictions.restrictions_file import WITHHELD, InForce
from data.settings import Settings, check_records_reach, of_reading
from data.sql_results import one_value
from data.store.publishing import BUILDING
from data.store.store import Night, Store
from metrics.answers.data_quality.moved import note_moves
from metrics.answers.data_quality.rules_that_wait import coverage_of, rule_lines
from metrics.answers.journeys.kept import make_steps
from metrics.engine.absence import NOT_AVAILABLE, Absence
from metrics.engine.counting import list_children, questions_of, supplied_tables
from metrics.engine.policies import PoliciesInUse, policies_and_problems
from metrics.quality import add_flags
from metrics.quality.allocation import warn_of_few_allocated
from metrics.quality.many_flags import warn_of_many_flags
from metrics.spine import KEPT, build_spine, observed

# The council's own spellings of codes, in its store.
SPELLINGS = "spellings.csv"
# DuckDB gives one thread as many rows at once: of fewer, other threads cost more than they do.
FEW_ROWS = 122_880
HAS_RULES = "select count(*) from duckdb_tables() where database_name = 'earlier' and table_name = 'rule_state'"
CHANGED = """
select rule_state.policy, rule_state.rule, earlier_state.rule is null as is_new
from rule_state
left join earlier.rule_state as earlier_state using (policy, rule)
where earlier_state.fingerprint is distinct from rule_state.fingerprint
order by rule_state.rowid
"""
READING = tuple(Path(str(package.__file__)).parent for package in (contract, formats, reading, restrictions))


@dataclass(frozen=True)
class NightlyResult:
    """What the night's work came to. ``night`` is the one now live; ``published`` is False when nothing new came.
    ``not_available``: every rule, or policy, that the night could not count because of a mistake, in sentences; the others stand."""

    night: Night
    published: bool
    report: LoadReport | None
    children_in_care: int
    message: str
    not_available: tuple[str, ...] = ()


def standing_dates(as_at: date, month_ends: int, records_from: date) -> tuple[date, ...]:
    """The night's own date and the month ends before it, as far as the records reach, oldest first."""
    dates, day = [as_at], as_at
    for _ in range(month_ends):
        day = day.replace(day=1) - timedelta(days=1)
        if day >= records_from:
            dates.append(day)
    return tuple(reversed(dates))


def _read_with(store: Store, form: str) -> str:
    """What decides how extracts are read: the program that reads them, with its contract and lists of codes, the form in which they are
    read, the council's spellings, and its settings of reading (``Settings`` marks them)."""
    spellings = store.path / SPELLINGS
    read = hashlib.sha256(_program() + (spellings.read_bytes() if spellings.exists() else b""))
    read.update(repr((form, of_reading(store.settings))).encode())
    return read.hexdigest()


@cache
def _program() -> bytes:
    """The program that reads extracts, with its contract and lists of codes: it stays the same while it runs."""
    files = [path for folder in READING for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".toml", ".csv", ".sql")]
    return b"".join(path.read_bytes() for path in files)


def _whole_hash(hashes: dict[str, str], read_with: str, lift_restrictions: bool) -> str:
    """One hash for the extracts and how they are read: the same twice is the same night."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes)) + read_with + "lifted" * lift_restrictions
    return hashlib.sha256(lines.encode()).hexdigest()


def _children_in_care(connection: duckdb.DuckDBPyConnection) -> int:
    return one_value(connection.execute("select count(*) from spine where as_at = (select max(as_at) from spine)"))


def _check_change(children: int, last: Night | None, settings: Settings, accept_change: bool) -> str | None:
    """The number of children in care may not leap from one night to the next, unless somebody accepts that it did."""
    if last is None or not last.manifest.get("children_in_care"):
        return None
    before = last.manifest["children_in_care"]
    percent = abs(children - before) * 100 / before
    if percent <= settings.change_limit_percent:
        return None
    sentence = (
        f"{children:,} children in care in this data load against {before:,} on {last.as_at:%d/%m/%Y}: a change of {percent:.0f}%, "
        f"over the limit of {settings.change_limit_percent:g}%"
    )
    if not accept_change:
        raise NightRefused(f"{sentence}. Check the extracts; if the change is real, run nightly again with --accept-change.")
    return f"{sentence}, accepted for this data load with --accept-change."


def _seen_before(seen: Night, last: Night | None) -> NightlyResult:
    """The same extracts give the same night, so nothing new is published."""
    message = f"These extracts are the same as those of the load of {seen.as_at:%d/%m/%Y}: nothing new was published."
    if last is None or seen.name != last.name:
        message += f" That load is not the one shown; to show it: tracker.py nights --show {seen.name}"
    return NightlyResult(last or seen, False, None, seen.manifest["children_in_care"], message)


def _up_to(last: Night | None, store: Store) -> list[Night]:
    """The night shown and those published before it, newest first: a night that somebody went back from is not among them, nor one whose
    date was wrong."""
    return [night for night in store.dated_nights() if last is not None and night.sequence <= last.sequence]


def _to_correct(hashes: dict[str, str], as_at: date, last: Night | None, store: Store) -> list[Night]:
    """For ``--correct-date``: the night shown and those of the same files and date, with those that it corrected itself; none where its
    date is right already. Raises NightRefused where the night shown has other files."""
    if last is None or last.manifest.get("extracts") != hashes:
        of = f"the load of {last.as_at:%d/%m/%Y} that is shown" if last else "a load: there is none yet"
        raise NightRefused(
            f"--correct-date gives the load shown another date, and these extracts are not those of {of}. Load them without it; to correct "
            "an older load, first go back to it: tracker.py nights --show NAME."
        )
    if last.as_at == as_at:
        return []
    return [
        night
        for night in store.nights()
        if night.name in last.corrects or (night.manifest.get("extracts") == hashes and night.as_at == last.as_at)
    ]


def _behind(last: Night | None, corrected: list[Night], store: Store) -> list[Night]:
    """The nights that a new one follows, newest first: the night shown and those before it; where that one had a wrong date, those that it
    followed itself, from the last good one on."""
    found = _up_to(last, store)
    if last is None or not corrected:
        return found
    found = [night for night in found if night not in corrected]
    if "follows" in last.manifest:  # an older version did not note it
        followed = sequence_in(last.manifest["follows"])
        found = [night for night in found if night.sequence <= followed]
    return list(dropwhile(known_faults, found))


def compute(
    connection: duckdb.DuckDBPyConnection,
    as_at: date,
    settings: Settings,
    in_use: Future[PoliciesInUse],
    progress: Callable[[str], None],
    second: Beside,
    nights_before: Iterable[Night] = (),
) -> tuple[str, ...]:
    """From the typed tables of this connection to the tables that a night keeps: spine, lists, figures, journeys, flags, what it observed.

    ``second``: the connection on which journeys are worked out while the rules are counted. ``nights_before``: whose history of observed
    plans is carried forward (``observed.carry_forward``). Gives what could not be counted because of a mistake, in sentences.
    """
    # A load without earlier records says nothing of the month ends before it.
    month_ends = settings.month_ends if supplied_tables(connection)[EARLIER_RECORDS] else 0
    dates = standing_dates(as_at, month_ends, settings.records_reach(as_at))
    progress("what earlier data loads observed")
    observed.carry_forward(connection, as_at, nights_before)

    def questions() -> Iterator[str]:
        yield from questions_of(rule for policy in in_use.result().policies.values() for rule in policy.rules)

    build_spine(connection, dates, settings, progress, keep=KEPT, questions=questions())
    journeys = second.start(partial(make_steps, as_at=as_at, settings=settings, keep=True))
    observed.observe(connection, as_at)
    add_flags(connection)
    absences = list_children(connection, in_use.result().policies.values(), dates, settings, progress, keep=True)
    progress("journeys to permanence")
    journeys.result()
    return mistakes(in_use.result().problems, absences)


def changed_rules(connection: duckdb.DuckDBPyConnection, last: Night | None) -> tuple[str, ...]:
    """Which rules are not what they were in the night before, in a sentence: a changed measure, parameter or limit, or a new policy."""
    if last is None or known_faults(last):
        return ()
    with attached(connection, last):
        if not one_value(connection.execute(HAS_RULES)):
            return ()
        rows = connection.execute(CHANGED).fetchall()
    changed = [f"{policy}.{rule}" for policy, rule, is_new in rows if not is_new]
    added = list(dict.fromkeys(policy for policy, _, is_new in rows if is_new))
    every = one_value(connection.execute("select count(*) from rule_state"))
    since = f"since the load of {last.as_at:%d/%m/%Y}"
    if changed and len(changed) == every:
        return (f"Every rule has changed {since}: the tracker's own definitions, or the roles of workers, have changed.",)
    said = [f"Changed {since}: {', '.join(changed)}."] if changed else []
    return (*said, *([f"New {since}: rules of {', '.join(added)}."] if added else []))


def mistakes(problems: Iterable[str], absences: dict[tuple[str, str], Absence | None]) -> tuple[str, ...]:
    """What costs a rule or a policy: the mistakes in the council's own files, and the rules that failed on the night's rows."""
    failed = [
        f"{policy}.{rule} is {absence.word}: {absence.reason}"
        for (policy, rule), absence in absences.items()
        if absence and absence.word == NOT_AVAILABLE and absence.reason not in problems
    ]
    return (*problems, *failed)


def _before(last: Night | None, now: InForce, store: Store) -> tuple[Night, ...]:
    """The nights whose restrictions are carried on, beside those in force: the one that is shown; where it is not known what is in force,
    the newest good one too."""
    newest = next((night for night in store.nights() if not known_faults(night)), None) if now.withheld else None
    return tuple(dict.fromkeys(night for night in (last, newest) if night is not None))


def nights_to_compare(store: Store) -> tuple[Night, ...]:
    """The nights whose tables tonight's are compared with: the last good night.

    That is the one shown; where somebody has gone back, the newest good one too, so that going back lets nothing pass.
    """
    newest = next((night for night in store.nights() if not known_faults(night)), None)
    return tuple(dict.fromkeys(night for night in (store.current(), newest) if night is not None))


def run_nightly(
    store: Store,
    extracts: Path | None,
    as_at: date,
    accept_change: bool = False,
    lift_restrictions: bool = False,
    progress: Callable[[str], None] = lambda text: None,
    form: str | None = None,
    *,
    date_given: bool = False,
    correct_date: bool = False,
) -> NightlyResult:
    """Load and publish one night of extracts, as at the close of ``as_at``.

    ``accept_change`` and ``lift_restrictions`` are an analyst's word for this one night: the number of children in care did leap, or
    a table did lose that much; restrictions that the file no longer holds are over. ``extracts``: the folder, or None for the database that
    the settings name. ``form``: the extracts' form (data.formats.gathering), recognised when left out.

    The same extracts again publish nothing, whatever the day. ``date_given``: somebody said that this is their date, so under another date
    than before they are another night; one before that of the night shown is refused, as any older night is. ``correct_date``: the date
    before was wrong. The night is made as if that load had never been, may be older than it, and takes its place: no list is said to
    have been reported on the wrong date.

    Raises NightRefused (the input is refused, the last good night stays live), StoreBusy, StoreError.
    """
    with (
        store.lock(),
        gathered(extracts, store.settings, form, progress, scratch=store.path / BUILDING) as came,
        ThreadPoolExecutor(1) as meanwhile,
    ):
        progress("reading the files' fingerprints")
        hashes = came.fingerprint(store.settings)
        read_with = _read_with(store, came.read_as) + "listed as invented" * came.are_listed(lambda: hashes)
        whole = _whole_hash(hashes, read_with, lift_restrictions)
        last = store.current()
        in_force = store.restrictions()
        corrected = _to_correct(hashes, as_at, last, store) if correct_date else []
        same = [
            night
            for night in store.dated_nights()
            if night.manifest.get("extracts_hash") == whole and (night.as_at == as_at or not (date_given or correct_date))
        ]
        seen = next((night for night in same if not known_faults(night)), None)
        # They are loaded again where that night is damaged, or where it takes a load to know whose records are restricted.
        if seen is not None and not in_force.withheld and not corrected:
            return _seen_before(seen, last)
        behind = _behind(last, corrected, store)
        previous = next(iter(behind), None) if corrected else last
        if previous is not None and as_at < previous.as_at:
            mend = "Give the correct date with --as-at."
            if not corrected and previous.manifest.get("extracts") == hashes:
                mend = "It has the same extracts: if its date is wrong, give --correct-date too."
            raise NightRefused(
                f"These extracts are as at {as_at:%d/%m/%Y}, older than the load of {previous.as_at:%d/%m/%Y}"
                f"{'' if corrected else ' that is shown'}; nothing was published. {mend}"
            )
        # What the files have no part in, while they are read.
        in_use = meanwhile.submit(policies_and_problems, store.settings)
        with store.build(as_at, whole) as building:
            with building.connect() as connection:
                report = came.read(
                    connection, store.settings, as_at, progress, spellings=store.path / SPELLINGS, scratch=building.folder
                )
                if report.rows_read < FEW_ROWS:
                    connection.execute("set threads = 1")
                withheld = restrictions.still_unknown(connection, in_force, lift_restrictions)
                rows = restrictions.rows_in_force(in_force)
                carried = restrictions.carry_restrictions(
                    connection, _before(last, in_force, store), rows, as_at, lift_restrictions
                )
                report = replace(
                    report, warnings=(*report.warnings, *carried, *((WITHHELD.format(withheld),) if withheld else ()))
                )
                compared = behind[:1] if corrected else nights_to_compare(store)
                before = [count_before(connection, night) for night in compared]
                tonight = count_tables(connection, as_at)
                report, lost = check_tables(tonight, report, before, store.settings, accept_change, lift_restrictions)
                check_records_reach(store.settings, as_at)
                # What need not wait for the spine, nor the spine for it. What the extracts hold stays as it is from here on.
                with beside(connection, share_cores=False) as second:
                    copied = second.start(partial(building.write_tables, names=(*tables(), restrictions.TABLE)))
                    not_available = compute(connection, as_at, store.settings, in_use, progress, second, behind)
                    copied.result()
                old_files = unchanged_files(hashes, as_at, behind)
                of_tables = (*old_files, *warn_of_few_allocated(connection, store.settings), *warn_of_many_flags(connection))
                report = replace(
                    report, warnings=(*report.warnings, *of_tables, *not_available, *changed_rules(connection, previous))
                )
                children = _children_in_care(connection)
                leapt = _check_change(children, previous, store.settings, accept_change)
                accepted = " ".join(filter(None, (lost, leapt))) or None
                moved = note_moves(connection, as_at, tonight, before, previous, behind if corrected else store.dated_nights())
                report = replace(report, moved=moved.lines(), rules=rule_lines(coverage_of(connection)))
                building.write_tables(connection, observed.TABLES)
                rejects = connection.execute("select rule, count(*) from rejects group by 1 order by 1").fetchall()
                flags = connection.execute("select rule, count(*) from flags group by 1 order by 1").fetchall()
                connection.execute("checkpoint")
            manifest = {
                "as_at": as_at.isoformat(),
                "extracts_hash": whole,
                "extracts": hashes,
                "format": came.form,
                "came_from": came.came_from,
                "system": store.settings.system,
                "invented": report.invented,
                "children_in_care": children,
                "files_read": [vars(file) for file in report.files],
                "rejects": dict(rejects),
                "flags": dict(flags),
                "warnings": [*report.warnings, *filter(None, [report.proposal])],
                "accepted_change": accepted,
                "follows": previous.name if previous else None,
                "corrects": [night.name for night in corrected],
                "moves": moved.manifest(),
                "tables": list(tables()),
            }
            night = building.publish(manifest, withheld)
    return NightlyResult(night, True, report, children, accepted or "", not_available)
