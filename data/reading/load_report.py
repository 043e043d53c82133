"""What became of a night's files: for every file, rows read = rows used + rows quarantined + rows that repeat an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class FileReport:
    """One table of the contract: its file, if it was supplied, and what became of its rows.

    ``extra_columns`` and ``absent_columns`` are names with commas between; ``sha256`` and ``bytes`` are those of the file as
    it came; ``note`` is for the reader. Not supplied: no file, or a file from which no row is used.
    """

    table_name: str
    file_name: str = ""
    supplied: bool = False
    encoding: str = ""
    rows_read: int = 0
    rows_used: int = 0
    rows_quarantined: int = 0
    rows_repeated: int = 0
    extra_columns: str = ""
    absent_columns: str = ""
    sha256: str = ""
    bytes: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if self.rows_read != self.rows_used + self.rows_quarantined + self.rows_repeated:
            left_out = f"{self.rows_quarantined} quarantined and {self.rows_repeated} repeated"
            counts = f"{self.rows_read} rows read, but {self.rows_used} used, {left_out}"
            raise AssertionError(f"{self.table_name}: {counts}")

    def values(self) -> tuple:
        """The values in the order of ``columns``."""
        return tuple(getattr(self, name) for name in self.columns())

    @staticmethod
    def columns() -> tuple[str, ...]:
        return tuple(field.name for field in fields(FileReport))


@dataclass(frozen=True)
class LoadReport:
    """Every table's ``FileReport``, what the reader should know of the whole, and what moved since the last night, in lines.

    ``notes``: how the files were read. ``sources``: the files of another format, where each table of ``files`` comes from several.
    ``lacks``: the tables that the system or the format is known not to hold. ``rules``: which rules run, and what the others wait for.
    ``proposal``: the case system that the files point to, where settings do not name one. ``invented``: whether no child can be real.
    """

    files: tuple[FileReport, ...]
    warnings: tuple[str, ...]
    moved: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    proposal: str = ""
    sources: tuple[FileReport, ...] = ()
    lacks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    invented: bool = False

    @property
    def rows_read(self) -> int:
        return sum(file.rows_read for file in self.files)

    def text(self) -> str:
        """The report as lines of text: a line a file, then notes, the warnings, and at the end what moved since the last night."""
        # Of another format its files have a line each, and the contract's own tables that stand beside them.
        sources = {file.table_name for file in self.sources}
        read = [*self.sources, *(file for file in self.files if file.file_name and (file.sha256 or not sources))]
        width = max((len(file.file_name) for file in read), default=4)
        lines = [f"{'file':<{width}}  {'read':>11}  {'used':>11}  {'quarantined':>11}  {'repeated':>11}  encoding"]
        for file in read:
            counts = f"{file.rows_read:>11,}  {file.rows_used:>11,}  {file.rows_quarantined:>11,}  {file.rows_repeated:>11,}"
            lines.append(f"{file.file_name:<{width}}  {counts}  {file.encoding}")
        lines += _extra(read)
        for file in read:
            if file.absent_columns and file.supplied:
                lines.append(f"{file.file_name}: columns not supplied: {file.absent_columns}.")
            if file.note:
                lines.append(f"{file.file_name}: {file.note}")
        absent = [file.table_name for file in self.files if not file.supplied]
        if absent:
            lines.append(f"Not supplied: {', '.join(absent)}.")
        warnings = [*self.warnings, *([self.proposal] if self.proposal else [])]
        return "\n".join([*lines, *self.notes, *(f"Warning: {warning}" for warning in warnings), *self.rules, *self.moved])


def _extra(read: list[FileReport]) -> list[str]:
    """The columns that nobody knows, once for all files of a table that have the same."""
    files: dict[tuple[str, str], list[str]] = {}
    for file in read:
        if file.extra_columns:
            files.setdefault((file.table_name, file.extra_columns), []).append(file.file_name)
    return [
        f"{names[0]}{f' and {len(names) - 1} more' if names[1:] else ''}: columns not read: {extra}."
        for (_, extra), names in files.items()
    ]
