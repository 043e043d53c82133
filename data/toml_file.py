"""Reading a TOML file that a council writes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from data.errors import TrackerError
from data.toml_lines import first_given

# How the library that reads TOML begins what it says of a name that is given twice, and of a backslash between double quotes.
TWICE = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate", "Duplicate inline table key")
BACKSLASH = ("Unescaped", "Invalid hex value", "Escaped character")
LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
FORM = "Write name = value, with text between double quotes, a date as 2026-10-31, and true or false in small letters"


def read_toml(path: Path, error: type[TrackerError]) -> tuple[dict[str, Any], str]:
    """What a file says, and its text, for the line of what is wrong in it. Raises ``error``, which names the file and what to do."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error(f"{path}: byte {fault.start} is not UTF-8; save the file again with the encoding UTF-8.") from fault
    except OSError as fault:
        raise error(f"{path}: cannot be opened: {fault.strerror}.") from fault
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{path}{unreadable(text, fault)}") from fault


def unreadable(text: str, fault: tomllib.TOMLDecodeError) -> str:
    """What follows the name of a file that is not TOML: the line, what is wrong there and what to do. It quotes no value."""
    said = str(fault)
    found = LINE.search(said)
    reason = LINE.sub("", said)
    twice = reason.startswith(TWICE)
    line = int(found.group(1)) if found and found.group(1) else None
    if twice and line is None:
        line = len(text.splitlines())
    if twice and line is not None and (given := first_given(text, line)):
        name, first = given
        # Whoever changes a limit for the second time must not lose the first.
        dated = name.startswith("limits.") and name.count(".") == 2
        remedy = (
            f"To give limits from several days, write [[{name}]] each time" if dated else "Change it there, and remove it here"
        )
        reason = f"{name} is given on line {first} already. {remedy}"
    elif reason.startswith(BACKSLASH):
        reason = "a backslash between double quotes. Put a Windows path between single quotes, such as 'D:\\tracker'"
    else:
        reason = f"{reason}. {FORM}"
    return f"{f', line {line}' if line else ''}: cannot be read as TOML: {reason}."
