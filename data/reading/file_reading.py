"""One file into its table: bytes, header, stage (typed text), codes and plans, faults, and then the rows that can be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from data.contract import code_matching
from data.contract.code_matching import CodeLists, Matched
from data.contract.contract import Table, tables
from data.contract.systems import named
from data.errors import NightRefused
from data.night import durable
from data.parsed_sql import execute
from data.reading import permanence_match, quarantine, staging, typed_tables
from data.reading.decoding import Decoded, decode
from data.reading.header import Header, match_header, missing_columns, read_header
from data.reading.likely_causes import columns_without_value
from data.reading.likely_forms import ZEROS, likely_form
from data.reading.load_report import FileReport
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings
from data.sql_results import one_row, one_value

MUST_HAVE_ROWS = ("ssd_person", "ssd_cla_episodes")
SMALL_FILE = 50
# Why rows are at fault, the most frequent reason first.
REASONS = """
select
    rule,
    column_name,
    count(*) as number,
    list(source_row order by source_row)[:3],
    min_by(value, source_row),
    min(source_row) as first,
    min_by(reason, source_row)
from faults
where {judged}
group by rule, column_name
order by number desc, first
"""
MOST_LISTED = 40  # unknown values of a column in a refusal; more than a list of codes has


class FileUnreadable(NightRefused):
    """A file whose bytes, header or records cannot be read: it tells nothing of what it holds."""


class LeftOut(NamedTuple):
    """How many rows of a file are not used: ``quarantined`` (of them ``set_aside``, which are about people of whom the system is known to
    write more than it should), and those that repeat an earlier row."""

    quarantined: int = 0
    set_aside: int = 0
    repeated: int = 0

    @property
    def any(self) -> bool:
        return self.quarantined + self.repeated > 0


class FileReader:
    """Reads one file after another over a connection of its own, whose temporary tables hold the file at hand.

    ``lists``: the lists of codes.
    ``people``: what a refused row says that its person is not in. ``some_people``: the extracts hold some people only, so that rows of
    other people are set aside, and refuse no file. ``people_known``: set to False where the load is refused for its people, so that a file
    is judged for all but whose its rows are.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        settings: Settings,
        scratch: Path,
        lists: CodeLists,
        people: str = staging.PEOPLE,
        some_people: bool = False,
    ) -> None:
        self.con = con
        self.settings = settings
        self.scratch = scratch
        self.lists = lists
        self.people = people
        self.some_people = some_people
        self.people_known = True
        self.system = named(settings.system)

    def read(
        self,
        table: Table,
        path: Path,
        *,
        by_legacy_id: bool = False,
        unknown_people_expected: bool = False,
        unused: Mapping[int, tuple[str, str]] | None = None,
    ) -> tuple[FileReport, list[str]]:
        """Make the table of a file and record its rejects. Gives the file's report, and its warnings.

        ``ssd_person`` must have been read before any other table. ``by_legacy_id``: the file names children by pers_legacy_id.
        ``unknown_people_expected``: rows about people who are not in ssd_person are set aside, and do not refuse the load. ``unused``:
        {row: (value, reason)} of rows that are not to be used, whatever they hold. Raises NightRefused for a file that cannot be trusted.
        """
        lacking = self.system.lacks_tables.get(table.name)
        try:
            decoded = self._check_bytes(path)
            if lacking and (absent := missing_columns(table, self._columns(decoded)[0], self.system)):
                typed_tables.create_empty(self.con, table)
                names = ", ".join(column.name for column in absent)
                return FileReport(table.name, path.name, absent_columns=names, note=f"not supplied: {lacking}."), []
            header, staged = self._stage(table, decoded)
        except NightRefused as refused:
            raise FileUnreadable(str(refused)) from None
        if table.name in self.system.person_through and not self.people_known:
            typed_tables.create_empty(self.con, table)
            return FileReport(table.name, path.name), []
        if table.name in self.system.person_through:
            self._find_people(table, self.system.person_through[table.name])
        if by_legacy_id:
            self._find_by_legacy_id(table)
        if staged.rows == 0 and table.name in MUST_HAVE_ROWS:
            raise NightRefused(f"{path.name} has no rows below its header, and every data load needs it; export it again.")
        doubts = quarantine.first_look(self.con, table, header, self.lists)
        blank = bool(lacking) and self._is_blank(table)
        expected = self.some_people or unknown_people_expected or table.name in self.system.unknown_people
        note, warning, left_out = "", "", LeftOut()
        # Whose the rows of such a file are is found on the way, so that a first look cannot tell.
        if doubts.any_row() or staged.unsplit or table.person_also_legacy or unused:
            quarantine.find_faults(self.con, table, doubts.matched, staged.unsplit, doubts.fault)
            if unused:
                quarantine.add_unused(self.con, table, unused)
            if table.name == staging.PEOPLE:
                quarantine.refuse_two_people_of_one_number(self.con, path.name)
            if table.person_also_legacy:
                note, warning = self._match_persons(table, path)
            if doubts.repeated or table.person_also_legacy:
                quarantine.find_repeats(self.con, table, header)
                quarantine.find_duplicates(self.con, table)
            if table.person and self.people_known:
                quarantine.find_unknown_persons(self.con, table, self.people)
            left_out = self._keep_rejects(table, path.name, staged.rows, blank, expected, doubts.matched)
        used = typed_tables.create_from_stage(self.con, table, doubts.matched, self.settings, left_out.any)
        unread = quarantine.flag_unread(self.con, table, header, doubts.unread, left_out.any)
        warnings = [warning] if warning else []
        if left_out.repeated * 100 > staged.rows * self.settings.quarantine_limit_percent:
            warnings.append(
                f"{path.name}: {left_out.repeated:,} of {staged.rows:,} rows are the same as an earlier row and were left out. Look "
                "whether the export writes records more than once, for example once for each address or file that it joins to them."
            )
        if left_out.set_aside:
            as_known = "" if self.some_people or unknown_people_expected else f", as {self.system.name} writes them"
            warnings.append(
                f"{path.name}: {left_out.set_aside:,} rows are about people who are not in {self.people}{as_known}; no figure uses them."
            )
        warnings += [f"{path.name}: {rows:,} values of {name} were left empty; the first: {said}." for name, rows, said in unread]
        if used and not blank:
            warnings += self._without_value(table, path.name, header)
        if blank:
            note = f"not supplied: {lacking}."
        elif used == 0:
            note = self._without_rows(table, path, staged.rows)
        report = FileReport(
            table_name=table.name,
            file_name=path.name,
            supplied=used > 0 and not blank,
            encoding=decoded.encoding,
            rows_read=staged.rows,
            rows_used=used,
            rows_quarantined=left_out.quarantined,
            rows_repeated=left_out.repeated,
            extra_columns=", ".join(header.extra),
            absent_columns=", ".join(header.absent if used and not blank else table.column_names),
            sha256=decoded.sha256,
            bytes=decoded.size,
            note=note,
        )
        return report, warnings

    def _without_value(self, table: Table, file_name: str, header: Header) -> list[str]:
        """A sentence on the columns of one of the contract's own files that no row has a value for, unless the system never writes one."""
        known = self.system.lacks_columns.get(table.name, [])
        present = [name for name in header.positions if name not in known] if table.name in tables() else []
        names = columns_without_value(self.con, table, present)
        if not names:
            return []
        return [
            f"{file_name}: no row has a value in {', '.join(names)}. Ask for it: until then figures are made as if none had been recorded, "
            "and what has no end as if it had never ended."
        ]

    def read_or_leave(self, table: Table, path: Path) -> tuple[FileReport, list[str]]:
        """As ``read``; but an optional table whose file cannot be read is *not supplied*, with a warning that says why.

        Whose records are restricted is never left: that file refuses the load, as a required one does.
        """
        try:
            return self.read(table, path)
        except FileUnreadable as refused:
            if table.required or table.name == RESTRICTIONS:
                raise
            typed_tables.create_empty(self.con, table)
            columns = ", ".join(table.column_names)
            report = FileReport(table.name, path.name, absent_columns=columns, note="not supplied: the file cannot be read.")
            return report, [f"{table.name} is not supplied: {refused}"]

    def _without_rows(self, table: Table, path: Path, rows: int) -> str:
        """The note on a file from which no row is used: it says nothing of anybody, so it counts as not supplied."""
        why = f"none of its {rows:,} rows can be used" if rows else "it has no rows below its header"
        if table.name in MUST_HAVE_ROWS:
            _, reason = one_row(self.con.execute("select source_row, reason from rejects where table_name = $table order by 1 limit 1",
                                         {"table": table.name}))  # fmt: skip
            raise NightRefused(f"{path.name} cannot be used: {why}, and every data load needs it. The first: {reason}")
        return f"{why}, so the table is not supplied."

    def _check_bytes(self, path: Path) -> Decoded:
        if path.suffix.lower() == ".parquet":
            return Decoded(path, path, "parquet", durable.sha256(path), path.stat().st_size, 0, True)
        return decode(path, self.settings, self.scratch)

    def _columns(self, decoded: Decoded) -> tuple[list[str], list[str]]:
        """The names of a file's columns, and of a Parquet file their types."""
        if decoded.encoding == "parquet":
            return staging.parquet_columns(self.con, decoded.path)
        return read_header(decoded.readable, decoded.path.name), []

    def stage(self, table: Table, path: Path) -> None:
        """Read a file into ``stage`` as typed text. Raises NightRefused for a file that cannot be read whole."""
        self._stage(table, self._check_bytes(path))

    def _stage(self, table: Table, decoded: Decoded) -> tuple[Header, staging.Staged]:
        names, types = self._columns(decoded)
        header = match_header(table, names, decoded.path.name, self.system)
        if decoded.encoding == "parquet":
            return header, staging.stage_parquet(self.con, table, header, decoded.path, types)
        return header, staging.stage_csv(self.con, table, header, decoded, self.scratch)

    def _is_blank(self, table: Table) -> bool:
        """Whether ``stage`` says nothing of anybody: no row has a date, or, in a table without dates, its key."""
        said = [column.name for column in table.columns if column.kind == "date"] or [table.key]
        return not one_value(self.con.execute(f"select exists (from stage where coalesce({', '.join(said)}) is not null)"))

    def _find_people(self, table: Table, period: str) -> None:
        """Fill in the child of each row of ``stage`` that names none, by its period of care, where that is one child's alone."""
        self.con.execute(
            f"""
            update stage
            set {table.person} = periods.person_id
            from (
                select clae_cla_id, min(clae_person_id) as person_id
                from ssd_cla_episodes
                where clae_cla_id is not null
                group by clae_cla_id
                having min(clae_person_id) = max(clae_person_id)
            ) as periods
            where {table.person} is null and periods.clae_cla_id = stage.{period}
            """
        )

    def _find_by_legacy_id(self, table: Table) -> None:
        """Put the identifier for the other number of each row's child, where that is one child's alone. A number of nobody stays one of
        nobody, even if it is also somebody's identifier; but of a restriction it stays as it is written, so that it hides whomever it may
        mean."""
        of_nobody = table.person if table.name == RESTRICTIONS else f"'pers_legacy_id ' || {table.person}"
        self.con.execute(
            f"""
            update stage
            set {table.person} = coalesce(
                (
                    select min(pers_person_id)
                    from ssd_person
                    where pers_legacy_id = stage.{table.person}
                    having min(pers_person_id) = max(pers_person_id)
                ),
                {of_nobody}
            )
            where {table.person} is not null
            """
        )

    def _match_persons(self, table: Table, path: Path) -> tuple[str, str]:
        """Resolve the file's persons; gives a note on how well that went, and a warning when it went badly."""
        match = permanence_match.resolve_persons(self.con, table)
        note = f"people matched by {match.column}: {match.fitting:,} of {match.rows:,} rows ({match.percent:.0f}%) fit a child."
        floor = self.settings.permanence_match_floor_percent
        if match.percent >= floor:
            return note, ""
        warning = (
            f"{path.name}: only {match.percent:.0f}% of rows match a child whom their dates fit, under the floor of {floor:g}%."
        )
        mend = f"Ask the team that exports {path.name} which number {table.person} contains; until then dates are missing."
        self.con.execute(
            "insert into flags values ('low_permanence_match', $table, null, null, null, $message, $mend)",
            {"table": table.name, "message": warning, "mend": mend},
        )
        return note, warning

    def _keep_rejects(
        self, table: Table, file_name: str, rows: int, blank: bool, expected: bool, matched: Mapping[str, Matched]
    ) -> LeftOut:
        """Move ``faults`` but repeats into ``rejects``, unless there are so many that the file itself must be wrong (a ``blank`` one is:
        all may go).

        Refused: more records that cannot be split than ``ragged_rows_limit``; more than ``quarantine_limit_percent`` of a file's
        rows at fault (in a file under 50 rows, one row is allowed whatever its share). Rows of a file that may name people by
        either of two numbers, and name nobody by the one it was read by, do not count (there a low match warns), nor do rows about
        unknown people where these are ``expected``.
        """
        con, settings = self.con, self.settings
        judged = f"rule <> '{quarantine.REPEAT}'"
        if table.person_also_legacy or expected:
            judged += " and rule <> 'unknown_person'"
        quarantined, ragged, first, counted, unknown, repeated = one_row(
            con.execute(
                f"""
            select
                count(*) filter (rule <> $repeat),
                count(*) filter (rule = 'structure'),
                min(source_row) filter (rule = 'structure'),
                count(*) filter ({judged}),
                count(*) filter (rule = 'unknown_person'),
                count(*) filter (rule = $repeat)
            from faults
            """,
                {"repeat": quarantine.REPEAT},
            )
        )
        if not quarantined:
            return LeftOut(repeated=repeated)
        if ragged > settings.ragged_rows_limit:
            raise FileUnreadable(
                f"{file_name} has {ragged} rows with too many or too few fields (the first is row {first}); at most "
                f"{settings.ragged_rows_limit} can be left out, so export it again."
            )
        allowed = max(rows * settings.quarantine_limit_percent / 100, 1 if rows < SMALL_FILE else 0)
        if counted > allowed and not blank:
            raise NightRefused(_too_many(con, table, file_name, counted, rows, settings, matched, judged))
        con.execute(
            "insert into rejects select $table, * exclude (row) from faults where rule <> $repeat order by source_row",
            {"table": table.name, "repeat": quarantine.REPEAT},
        )
        if table.name == "ssd_cla_care_plan":
            con.execute(
                "insert into unreadable_plans "
                "select lacp_table_id, lacp_person_id, lacp_cla_care_plan_start_date, lacp_cla_care_plan_end_date, "
                "numbered.source_row from numbered join faults on faults.row = numbered.row where faults.rule = 'unreadable_plan'"
            )
        return LeftOut(quarantined, unknown if expected else 0, repeated)


def _too_many(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    file_name: str,
    counted: int,
    rows: int,
    settings: Settings,
    matched: Mapping[str, Matched],
    judged: str,
) -> str:
    """Why a file is refused: the first of the rows that are ``judged`` (SQL over ``faults``), the cause of each reason where it shows,
    every reason with its number of rows and three of them, and every text that is in no list of codes."""
    reasons = execute(con, REASONS.format(judged=judged)).fetchall()
    _, _, _, _, _, first, reason = min(reasons, key=lambda one: one[5])
    causes = [
        ZEROS if rule == "unknown_person" and _differ_in_zeros(con) else likely_form(rule, value)
        for rule, _, _, _, value, *_ in reasons
    ]
    why = " ".join(dict.fromkeys(cause for cause in causes if cause))
    by_reason = "; ".join(
        f"{rule.replace('_', ' ')}{f' in {column}' if column else ''}, {number:,} (row{'s' * (number > 1)} {_rows(places, number)})"
        for rule, column, number, places, *_ in reasons
    )
    unknown = [
        f"{column.name} has {_listed(code_matching.unknown_texts(con, column))}"
        for column in table.coded
        if not column.optional and matched[column.name].unknown
    ]
    every = (
        f" In no list of codes: {'; '.join(unknown)}. tracker.py check --write-spellings FILE writes them all to a file in which you give "
        "their codes."
    )
    return (
        f"{file_name} has {counted:,} of {rows:,} rows that cannot be used, more than {settings.quarantine_limit_percent:g}%; "
        f"the first is row {first}: {reason}{f' {why}' if why else ''}{f' By reason: {by_reason}.' if counted > 1 else ''}"
        f"{every if unknown else ''}"
    )


def _rows(places: Sequence[int], number: int) -> str:
    """Some rows of ``number``, in words."""
    return ", ".join(f"{place:,}" for place in places) + (f" and {number - len(places):,} more" if number > len(places) else "")


def _differ_in_zeros(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether most of the people who are not known are, but for leading zeros."""
    return one_value(
        con.execute(
            "select 2 * count(*) filter (ltrim(value, '0') in (select ltrim(pers_person_id, '0') from ssd_person)) > count(*) "
            "from faults where rule = 'unknown_person'"
        )
    )


def _listed(texts: list[tuple[str, int]]) -> str:
    shown = [
        f"'{text[: quarantine.LONGEST_VALUE]}' ({rows:,} {'row' if rows == 1 else 'rows'})" for text, rows in texts[:MOST_LISTED]
    ]
    more = f", and {len(texts) - MOST_LISTED:,} more values" if len(texts) > MOST_LISTED else ""
    return ", ".join(shown) + more
