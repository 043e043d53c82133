"""The record of access, written before anything is shown: the page, the children on it, and every file that is taken away.

A browser session is recorded once for the same thing on the same data load and day. What is searched for is never recorded, only who is
then shown.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_plus

import streamlit

from access.person import Person
from access.record.entries import AccessRecordError, Kind, Shown, Visitor
from access.record.record import AccessRecord, open_access_record
from data.errors import TrackerError
from data.settings import Settings
from metrics.answers.child.identifiers import identifiers
from ui.context import address, browser_sessions, made_files
from ui.context.page_context import PageContext, store
from words.numbers import counted

LOG = logging.getLogger("tracker.app")
HERE = "this machine"
SHOWN = "recorded"
MOST_REMEMBERED = 20_000
CHILD = re.compile(r"""[?;&]child=([^"&]+)""")
# The choices of an address that say what was looked at. A worker is a name, a child is recorded as one.
CHOICES = ("policy", "rule", "service", "team", "panel", "from", "route", "step")
_now = threading.local()


@streamlit.cache_resource(max_entries=3, show_spinner=False)
def _opened(place: str, database: str) -> AccessRecord:
    return open_access_record(Settings(casework_database=database), Path(place))


def record_of(place: Path, settings: Settings) -> AccessRecord:
    """The record of access of a store. Raises AccessRecordError."""
    return _opened(str(place), settings.casework_database)


def visitor(person: Person) -> Visitor:
    """Who looks, and from where, in this rerun."""
    session = browser_sessions.current()
    # The server has put the address that the proxy on this machine names in the place of its own.
    place = streamlit.context.ip_address
    return Visitor(person.identity, place if isinstance(place, str) else HERE, session.mark if session else "")


class TooManyFiles(TrackerError):
    """Somebody has taken as many files within an hour as one person may."""


@dataclass(frozen=True)
class Recorder:
    """Writes for one rerun: of whom, on which page, from which data load, for which day. ``shown``: what was recorded before."""

    record: AccessRecord
    visitor: Visitor
    context: PageContext
    page: str
    shown: set[str]

    @property
    def night(self) -> str:
        return self.context.night.name

    @property
    def as_at(self) -> date:
        return self.context.as_at

    def show_page(self) -> None:
        """Before the page. Raises AccessRecordError."""
        self._write(Shown(Kind.PAGE, self.page, "", self.night, self.as_at))

    def show_children(self, children: Iterable[str]) -> None:
        """Before children are shown. Raises AccessRecordError."""
        choices = _choices()
        where = f"{self.visitor.identity} {self.page} {choices} {self.night} {self.as_at}"
        marks = {child: sha256(f"{where} {child}".encode()).hexdigest()[:20] for child in children}
        new = sorted(child for child, mark in marks.items() if mark not in self.shown)
        if new:
            self._add(Shown(Kind.CHILDREN, self.page, choices, self.night, self.as_at, tuple(new)), marks.values())

    def find_nobody(self, kind: str, asked: str) -> None:
        """Record that a child, team or other choice was asked for that is not there, or is not the reader's to see: neither is told from
        the other, and what was asked for is not kept. Raises AccessRecordError."""
        mark = sha256(f"{self.visitor.identity} {self.page} {kind} {asked}".encode()).hexdigest()[:20]
        if mark not in self.shown:
            self._add(Shown(Kind.NOT_FOUND, self.page, kind, self.night, self.as_at), [mark])

    def check_files(self) -> None:
        """Before a file is made. Raises TooManyFiles for somebody who has taken as many as one person may, and AccessRecordError."""
        most = self.context.engine.settings.files_an_hour
        taken = self.record.files_since(self.visitor.identity, self.record.clock() - timedelta(hours=1))
        if taken >= most:
            LOG.warning("a file was refused: browser session %s has its person's %s of this hour", self.visitor.session, taken)
            raise TooManyFiles(
                f"Not downloaded: {counted(taken, 'file')} within an hour is the most that one person may take. Wait, or ask the person "
                "who runs the tracker."
            )

    def take_file(self, name: str, data: bytes) -> None:
        """Before a file is given. Raises AccessRecordError."""
        from access.record.identifiers import children_in  # pypdf is slow to import, and only a file needs it

        known = identifiers(self.context.engine, self.context.scope)
        children = children_in(data, known)
        self.record.add(self.visitor, Shown(Kind.FILE, name, "", self.night, self.as_at, children, sha256(data).hexdigest()))

    def _write(self, shown: Shown) -> None:
        mark = sha256(f"{self.visitor.identity} {shown.digest}".encode()).hexdigest()[:20]
        if mark not in self.shown:
            self._add(shown, [mark])

    def _add(self, shown: Shown, marks: Iterable[str]) -> None:
        if len(self.shown) > MOST_REMEMBERED:
            self.shown.clear()
        self.record.add(self.visitor, shown)
        self.shown.update(marks)


def _choices() -> str:
    """The choices of the page that it has settled so far, which are therefore ones that it offers."""
    made = streamlit.query_params
    return " ".join(f"{name}={made[name]}" for name in CHOICES if name in made and name in address.settled())


@contextmanager
def recording(context: PageContext, page: str, person: Person) -> Iterator[Recorder]:
    """Record what is shown until the block ends. Raises AccessRecordError where the record cannot be opened or written, and SessionEnded
    for somebody who was signed out everywhere since the session began."""
    try:
        record, shown = _begun(Path(context.key[0]), context.engine.settings, person)
        recorder = Recorder(record, visitor(person), context, page, shown)
        recorder.show_page()
    except AccessRecordError as error:
        raise not_written(error) from None
    _now.recorder = recorder
    try:
        yield recorder
    except address.NotThere as error:
        not_found(error.name, str(error))
        raise
    finally:
        _now.recorder = None


def _begun(place: Path, settings: Settings, person: Person) -> tuple[AccessRecord, set[str]]:
    """The record of access, and what of it this browser session has had. Raises SessionEnded and AccessRecordError."""
    session = browser_sessions.current()
    record = record_of(place, settings)
    if session and (signed_out := record.signed_out_at(person.identity)) and signed_out.timestamp() >= session.ticket.issued:
        session.ended = True
    browser_sessions.check(session)
    return record, session.shown if session else streamlit.session_state.setdefault(SHOWN, set())


def refuse(page: str, settings: Settings, person: Person) -> None:
    """Record that somebody asked for a page that none of their roles opens, once in a browser session. Raises as ``recording`` does."""
    try:
        record, shown = _begun(store().path, settings, person)
        mark = sha256(f"{person.identity} refused {page}".encode()).hexdigest()[:20]
        if mark not in shown:
            record.add(visitor(person), Shown(Kind.REFUSED, page))
            shown.add(mark)
    except AccessRecordError as error:
        raise not_written(error) from None


def not_written(error: AccessRecordError) -> AccessRecordError:
    """Why nothing is shown."""
    return AccessRecordError(f"Nothing is shown, because the record of who sees what cannot be written. {error}")


def now() -> Recorder | None:
    """The recorder of this rerun; None outside a page."""
    return getattr(_now, "recorder", None)


def before_children(children: Iterable[str]) -> None:
    """Record children who are about to be shown. Raises AccessRecordError: then they must not be."""
    if recorder := now():
        try:
            recorder.show_children(children)
        except AccessRecordError as error:
            raise not_written(error) from None


def not_found(kind: str, asked: str) -> None:
    """Record that a choice is not there. Raises AccessRecordError."""
    if recorder := now():
        try:
            recorder.find_nobody(kind, asked)
        except AccessRecordError as error:
            raise not_written(error) from None


def before_markup(body: str) -> None:
    """Record the children to whom a piece of a page leads. Raises AccessRecordError: then it must not be shown."""
    if "child=" in body and (found := set(CHILD.findall(body))):
        before_children(unquote_plus(child) for child in found)


def before_making(recorder: Recorder | None) -> None:
    """Look whether one more file may be taken. Raises TooManyFiles and AccessRecordError: then it is not made."""
    if recorder:
        recorder.check_files()


def before_file(name: str, data: bytes, recorder: Recorder | None, app_session: str | None) -> bytes:
    """Record a file, and give it for the session that asked for it. It is made outside the page, whose recorder this is."""
    if recorder:
        recorder.take_file(name, data)
    made_files.make_for(app_session)
    return data
