"""Reading a TOML file that a council writes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from data.errors import TrackerError


def read_toml(path: Path, error: type[TrackerError]) -> tuple[dict[str, Any], str]:
    """What a file says, and its text, for the line of what is wrong in it. Raises ``error``, which names the file and what to do."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as fault:
        raise error(f"{path}: byte {fault.start} is not UTF-8; save the file again with the encoding UTF-8.") from fault
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{path}: cannot be read as TOML: {fault}.") from fault
    except OSError as fault:
        raise error(f"{path}: cannot be opened: {fault.strerror}.") from fault
