"""What is remembered of one browser for as long as it stays open, over links, reloads and a restart of the server: who is writing,
and words not yet saved. And what is remembered of a person in every browser of theirs: what they have chosen.

Where people sign in, the notes are of one person in one browser. Streamlit forgets a reader at every link that is followed. Its own
cookie against forged requests is one secret a browser, gone when the browser closes; by it the server finds its notes again. What must
outlast the server is kept in the store (``kept_notes``).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from threading import Lock

import streamlit

from ui.context import kept_notes
from ui.context.page_context import store
from ui.context.readers import reader_or_nobody

COOKIE = "_streamlit_xsrf"
FORM = re.compile(r"2\|(?P<mask>[0-9a-f]{8})\|(?P<masked>([0-9a-f]{2}){16,})\|(?P<time>\d+)")
BROWSERS = 500
MEMORY = "browser memory"


class Memory:
    """The notes about one browser. ``lasting`` is written down in the file, where there is one; ``notes`` is not.

    Only what ``kept_notes`` can write may stand in ``lasting``.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.notes: dict = {}
        self.lasting: dict = kept_notes.read(file) if file else {}

    def remember(self, name: str, value: object) -> None:
        """Keep one thing, and write it down."""
        self.lasting[name] = value
        self.write()

    def read_again(self) -> None:
        """Read what another process may have written down."""

    def write(self) -> None:
        """Write down what lasts."""
        if self.file:
            kept_notes.write(self.file, self.lasting)


class Choices(Memory):
    """What one person has chosen, wherever they signed in. Another process may have written in the file."""

    def __init__(self, file: Path) -> None:
        kept_notes.use(file)
        super().__init__(file)

    def remember(self, name: str, value: object) -> None:
        """Keep one thing beside what was kept elsewhere, and write it down."""
        self.read_again()
        super().remember(name, value)

    def read_again(self) -> None:
        self.lasting = kept_notes.read(self.file) if self.file else {}


class Memories:
    """The notes about every browser and person, the latest used last; the oldest go from memory when there are too many."""

    def __init__(self) -> None:
        self._of_file: OrderedDict[Path, Memory] = OrderedDict()
        self._lock = Lock()

    def of(self, file: Path, kind: type[Memory] = Memory) -> Memory:
        with self._lock:
            if file not in self._of_file:
                self._of_file[file] = kind(file)
            self._of_file.move_to_end(file)
            while len(self._of_file) > BROWSERS:
                self._of_file.popitem(last=False)
            return self._of_file[file]


@streamlit.cache_resource(show_spinner=False)
def _memories() -> Memories:
    return Memories()


def secret(cookie: object) -> str | None:
    """What the secret in the cookie is known by here (the cookie looks different at every request); None for no such cookie.

    The cookie is ``2|<mask>|<masked secret>|<time>`` in hexadecimal; the mask is laid over the secret again and again.
    """
    found = FORM.fullmatch(cookie) if isinstance(cookie, str) else None
    if found is None:
        return None
    mask, masked = bytes.fromhex(found["mask"]), bytes.fromhex(found["masked"])
    plain = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked))
    return sha256(plain + found["time"].encode()).hexdigest()


def memory() -> Memory:
    """The notes about this browser; without its cookie, about this visit only."""
    known = secret(streamlit.context.cookies.get(COOKIE))
    if known:
        person = reader_or_nobody()
        if person.signed_in:
            # Two people may use one browser, one after the other.
            known = sha256(f"{known} {person.identity.casefold()}".encode()).hexdigest()
        return _memories().of(kept_notes.place(store().path, known))
    return streamlit.session_state.setdefault(MEMORY, Memory())


def choices() -> Memory:
    """What the reader has chosen for good: columns, orders and filters of lists, the first page, when they last looked. Where nobody signs
    in, the notes about this browser."""
    person = reader_or_nobody()
    if not person.signed_in:
        return memory()
    known = sha256(f"choices of {person.identity.casefold()}".encode()).hexdigest()
    return _memories().of(kept_notes.place_of_person(store().path, known), Choices)


def chosen(what: str) -> dict:
    """What the reader has chosen of one kind the last time, such as the order of each list."""
    return choices().lasting.get(what, {})


def keep_chosen(what: str, made: dict) -> None:
    """Remember what the reader has chosen of one kind, for the next time. Nothing is written where that is remembered already."""
    if chosen(what) != made:
        choices().remember(what, made)


def keep_chosen_of(what: str, of: str, value: str | None) -> None:
    """The same of one thing, such as a list, beside what is remembered of others; None forgets it."""
    if chosen(what).get(of) != value:
        choices().read_again()
        others = {other: kept for other, kept in chosen(what).items() if other != of}
        keep_chosen(what, others if value is None else {**others, of: value})


def in_this_browser() -> str:
    """Words after what ``choices`` remembers: that it is of this browser alone, where nobody signs in."""
    return "" if reader_or_nobody().signed_in else " in this browser"
