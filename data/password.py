"""A password that settings name and never hold: in an environment variable, or in a file outside the store."""

from __future__ import annotations

import os
from pathlib import Path

from data.errors import TrackerError


class PasswordNotFound(TrackerError):
    """A password is not where the settings say it is; the message says what to do, and never repeats what was found."""


def password(section: str, variable: str, file: str, store: Path | None) -> str:
    """The password that ``<section>.password_variable`` or ``<section>.password_file`` of the settings names; "" where they name none.

    ``store``: the store's folder, in which the file may not be. Raises PasswordNotFound.
    """
    if variable:
        found = os.environ.get(variable, "")
        if not found:
            raise PasswordNotFound(
                f"The environment variable {variable}, which {section}.password_variable names, is not set; set it for the account that "
                "runs the tracker."
            )
        return found
    return _in_file(f"{section}.password_file", Path(file).absolute(), store) if file else ""


def _in_file(setting: str, path: Path, store: Path | None) -> str:
    if store and path.resolve().is_relative_to(store.resolve()):
        raise PasswordNotFound(f"{setting} {path} is in the store, which is backed up and copied; move it elsewhere.")
    try:
        found = path.read_text(encoding="utf-8-sig").strip("\r\n")
        others_may_read = os.name != "nt" and path.stat().st_mode & 0o007
    except (OSError, UnicodeDecodeError):
        raise PasswordNotFound(f"{setting} {path} cannot be read; give the file that holds the password, in UTF-8.") from None
    if not found:
        raise PasswordNotFound(f"{setting} {path} is empty; write the password into it.")
    if others_may_read:
        raise PasswordNotFound(f"{setting} {path} can be read by every account of this machine; run: chmod 600 {path}")
    return found
