"""Names of files that every system takes: what Windows refuses in a name never reaches one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

# Letters and digits of any language, space, hyphen and underscore stay; a dot is only the suffix's.
NOT_IN_A_NAME = re.compile(r"[^\w \-]")
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
# Windows takes these for devices, whatever suffix follows.
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])( *\..*)? *", re.IGNORECASE)
NOT_IN_A_SLUG = re.compile(r"[\W_]+")
DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
LONGEST = 120  # letters: with a folder's path before it, a whole path on Windows may have 259
LONGEST_BYTES = 240
NAMELESS = "tracker"


def file_name(words: str, suffix: str, taken: Iterable[str] = ()) -> str:
    """The name of a file about something: ``words`` as far as every system takes them, and the suffix (``.xlsx``).

    Unlike every name in ``taken``, capitals aside, since Windows takes no notice of them.
    """
    stem = _short(NOT_IN_A_NAME.sub("_", unicodedata.normalize("NFC", words)).strip()).strip()
    if DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    stem = stem or NAMELESS
    others, number, name = {other.casefold() for other in taken}, 1, f"{stem}{suffix}"
    while name.casefold() in others:
        number += 1
        name = f"{stem} {number}{suffix}"
    return name


def dated_name(words: str, day: date) -> str:
    """The name of a file about ``words`` on a day, without its suffix: in small letters, with hyphens, the day at its end. Words with a
    day of their own get no other."""
    slug = NOT_IN_A_SLUG.sub("-", unicodedata.normalize("NFC", words).lower()).strip("-")
    own = DAY.findall(slug)
    if own and _short(slug) == slug:
        return slug
    # The day stays whole, however long the words are.
    end = f"-{own[-1] if own else day.isoformat()}"
    return f"{_short(slug, len(end)).strip('-') or NAMELESS}{end}"


def _short(stem: str, room: int = 0) -> str:
    """The beginning of a name that leaves room for so many letters of our own."""
    stem = stem[: LONGEST - room]
    while len(stem.encode()) > LONGEST_BYTES - room:
        stem = stem[:-1].strip()
    return stem


def why_refused(name: str) -> str | None:
    """Why Windows refuses a file's name, in words; None when it takes it."""
    if letter := REFUSED.search(name):
        return f"the letter {letter[0]!r}" if letter[0].isprintable() else "a letter that cannot be seen"
    if name != name.rstrip(". "):
        return "a dot or a space at its end"
    if DEVICES.fullmatch(name):
        return "the name of a device"
    if len(name) > 255 or len(name.encode()) > 255:
        return f"{len(name)} letters, and 255 is the most"
    return None
