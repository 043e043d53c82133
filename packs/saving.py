"""Writing a pack to the disk: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from data.errors import TrackerError
from data.file_names import why_refused
from data.night import durable

XLSX, DOCX, PDF, ICS = ".xlsx", ".docx", ".pdf", ".ics"
KINDS = {XLSX: "an Excel workbook", DOCX: "a Word document", PDF: "a PDF", ICS: "a calendar file"}
PROGRAMS = {XLSX: "Excel", DOCX: "Word", PDF: "a reader of PDFs", ICS: "a calendar program"}


class PackError(TrackerError):
    """The pack cannot be written; the message says why and what to do."""


class Savable(Protocol):
    """A workbook or a document."""

    def save(self, to: str | IO[bytes], /) -> None: ...


def as_bytes(document: Savable) -> bytes:
    """A finished workbook or document as the bytes of its file."""
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def save(document: Savable, out: Path, suffix: str = XLSX) -> Path:
    """Save a workbook or a document, for this account only, whole or not at all, and give the path back. Raises PackError."""
    return _write_whole(lambda temporary: document.save(str(temporary)), out, suffix)


def save_bytes(content: bytes, out: Path, suffix: str = XLSX) -> Path:
    """As ``save``, of a file that is finished already."""
    return _write_whole(lambda temporary: temporary.write_bytes(content), out, suffix)


def check_name(out: Path, *suffixes: str) -> str:
    """Refuse a name that the file cannot have: before the pack is made, where making it is permanent. Gives which of the suffixes, one for
    each kind of file that the pack can be, the name has. Raises PackError."""
    suffix = out.suffix.lower()
    if suffix not in suffixes:
        kinds, ends = " or ".join(KINDS[one] for one in suffixes), " or ".join(suffixes)
        raise PackError(f"The pack is {kinds}, so its name must end in {ends}; '{out.name}' does not.")
    if reason := why_refused(out.name):
        raise PackError(f"Windows does not allow the name '{out.name}', because it has {reason}: give the pack another name.")
    if not out.parent.is_dir():
        raise PackError(f"The folder {out.parent} does not exist; create it, or write the pack elsewhere.")
    if out.is_dir():
        raise PackError(f"{out} is a folder; give the name of a file in it.")
    return suffix


def _write_whole(write: Callable[[Path], object], out: Path, suffix: str) -> Path:
    """Write under a temporary name, and give the file its own name in one step."""
    check_name(out, suffix)
    temporary = out.with_name(f".{out.stem[:100]}.{os.getpid()}.tmp")
    try:
        durable.write_new(temporary, "")
        write(temporary)
        durable.replace(temporary, out)
    except PermissionError as error:
        raise PackError(
            f"{out} cannot be written: it is open in {PROGRAMS[suffix]}, or this account may not write there. "
            "Close it, or give another name."
        ) from error
    except OSError as error:
        raise PackError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return out
