"""A password or key of the council's: in an environment variable, or in a file outside the store. Never in settings.toml."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from data.errors import TrackerError


class SecretError(TrackerError):
    """What holds a secret cannot be used; the message names the setting and what to do, and never repeats what was read."""


@dataclass(frozen=True)
class SecretPlace:
    """``variable`` or ``file`` holds it, or both are "" for none. ``setting``: what their settings begin with, such as *database.password*;
    ``what``: the secret in words."""

    variable: str
    file: str
    setting: str
    what: str

    @property
    def is_named(self) -> bool:
        """Whether the settings say where it is."""
        return bool(self.variable or self.file)


def read_secret(place: SecretPlace, store: Path | None) -> str:
    """The secret; "" where the settings name no place. Raises SecretError."""
    if place.variable:
        found = os.environ.get(place.variable, "")
        if not found:
            raise SecretError(
                f"The environment variable {place.variable}, which {place.setting}_variable names, is not set; set it for the "
                "account that runs the tracker."
            )
        return found
    if not place.file:
        return ""
    path, named = Path(place.file).absolute(), f"{place.setting}_file {place.file}"
    if store and path.resolve().is_relative_to(Path(store).resolve()):
        raise SecretError(f"{named} is in the store, which is backed up and copied; move it elsewhere.")
    try:
        found = path.read_text(encoding="utf-8-sig").strip("\r\n")
        others_may_read = os.name != "nt" and path.stat().st_mode & 0o007
    except (OSError, UnicodeDecodeError):
        raise SecretError(f"{named} cannot be read; give the file that holds the {place.what}, in UTF-8.") from None
    if not found:
        raise SecretError(f"{named} is empty; write the {place.what} into it.")
    if others_may_read:
        raise SecretError(f"{named} can be read by every account of this machine; run: chmod 600 {path}")
    return found
