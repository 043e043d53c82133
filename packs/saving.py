"""Writing a pack to the disk: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from openpyxl import Workbook

from data import durable
from data.errors import TrackerError


class PackError(TrackerError):
    """The pack cannot be written; the message says why and what to do."""


def save(workbook: Workbook, out: Path) -> Path:
    """Save under a temporary name, for this account only, and give it its own name in one step. Raises PackError."""
    if out.suffix.lower() != ".xlsx":
        raise PackError(f"The pack is an Excel workbook, so its name must end in .xlsx; '{out.name}' does not.")
    if not out.parent.is_dir():
        raise PackError(f"The folder {out.parent} does not exist; make it, or write the pack elsewhere.")
    if out.is_dir():
        raise PackError(f"{out} is a folder; give the name of a file in it.")
    temporary = out.with_name(f".{out.stem[:100]}.{os.getpid()}.tmp")
    try:
        durable.write_new(temporary, "")
        workbook.save(temporary)
        durable.replace(temporary, out)
    except PermissionError as error:
        raise PackError(
            f"{out} cannot be written: it is open in Excel, or this account may not write there. Close it, or give another name."
        ) from error
    except OSError as error:
        raise PackError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return out
