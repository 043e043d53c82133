"""A browser session: from the first page to its end. A signed cookie says when it began; here stands when it was last used, and in the
store (``used_sessions``) within a moment of it.

The signature's key is in the store, so that two processes know each other's cookies and a restart ends nobody's work. The cookie also
names the sign-in that it was given with (``bound``), so that a sign-in cookie that was copied is of no use without it.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import streamlit

from data.errors import TrackerError
from data.night import durable
from data.settings import Settings
from ui.context import ended_sessions, used_sessions
from ui.context.page_context import store

LOG = logging.getLogger("tracker.app")
KEY_FILE = "session.key"
COOKIE = re.compile(r"(?P<issued>\d{10})\.(?P<id>[0-9a-f]{32})\.(?P<bound>[0-9a-f]{32})\.(?P<signed>[0-9a-f]{64})")
UNBOUND = "0" * 32
SETTINGS_SECONDS = 5.0
NOTED_SECONDS = 20.0  # a use within so many seconds of the last that was written down is not written down
MOST_KEPT = 5_000
APP_SESSIONS = 100


class SessionEnded(TrackerError):
    """The browser session has ended: nothing more is shown in it."""

    def __init__(self) -> None:
        super().__init__("This session has ended, so that nobody else can see what was open here.")


@dataclass(frozen=True)
class Ticket:
    """What a cookie says: when its session began (seconds of the epoch), which one it is, and the sign-in it belongs to."""

    issued: int
    id: str
    bound: str = UNBOUND


@dataclass
class BrowserSession:
    """One browser session in this process. ``noted``: the last use that stands in the store. ``app_sessions`` are Streamlit's,
    of its windows; ``shown``: what the record of access has."""

    ticket: Ticket
    used: float
    noted: float = 0.0
    ended: bool = False
    windows: int = 0
    app_sessions: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    @property
    def mark(self) -> str:
        """What the record of access calls it: not the cookie, nor anything from which it could be made."""
        return hashlib.sha256(self.ticket.id.encode()).hexdigest()[:12]

    def opened(self, app_session: str) -> None:
        """One of Streamlit's sessions has begun in it."""
        if app_session not in self.app_sessions:
            self.app_sessions = [*self.app_sessions, app_session][-APP_SESSIONS:]


class BrowserSessions:
    """All browser sessions of this process. ``clock`` gives the seconds of the epoch."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._began = clock()
        self._sessions: dict[str, BrowserSession] = {}
        self._lock = Lock()
        self._keys: dict[Path, bytes] = {}
        self._settings: tuple[float, Settings] | None = None

    @property
    def settings(self) -> Settings:
        """The store's settings, read again every few seconds; the defaults where they cannot be read, which the page says."""
        read, now = self._settings, self.clock()
        if read is None or not 0 <= now - read[0] < SETTINGS_SECONDS:
            try:
                found = store().settings
            except TrackerError:
                found = read[1] if read else Settings()
            read = self._settings = (now, found)
        return read[1]

    def _key(self) -> bytes:
        """The key of the signatures: the store's; where the store cannot keep one, this process's own."""
        folder = store().path
        if folder not in self._keys:
            self._keys[folder] = _key_of(folder)
        return self._keys[folder]

    @property
    def addresses(self) -> frozenset[str]:
        """Where people open the app, as the settings say: the address of the sign-in, and others."""
        signing_in = urlsplit(self.settings.sign_in.address)
        own = {f"{signing_in.scheme}://{signing_in.netloc}"} if signing_in.netloc else set()
        return frozenset({*self.settings.web_addresses, *own})

    @property
    def is_secure(self) -> bool:
        """Whether people open the app by https: every address that they are given is."""
        return bool(self.addresses) and all(address.startswith("https://") for address in self.addresses)

    @property
    def cookie_name(self) -> str:
        """Two stores' apps on one machine share its name, and so a browser's cookies: each store's cookie has its own name.

        With https a browser takes a name that begins so from this host alone, and not from a neighbour in the council's domain.
        """
        return f"{'__Host-' if self.is_secure else ''}tracker_session_{hashlib.sha256(self._key()).hexdigest()[:8]}"

    def issue(self, bound: str = UNBOUND) -> str:
        """The cookie of a session that begins now."""
        said = f"{int(self.clock()):010d}.{secrets.token_hex(16)}.{bound}"
        return f"{said}.{self._sign(said)}"

    def _sign(self, said: str) -> str:
        return hmac.new(self._key(), said.encode(), hashlib.sha256).hexdigest()

    def read(self, cookie: str | None) -> Ticket | None:
        """What a cookie says; None for one that this store's app did not give."""
        found = COOKIE.fullmatch(cookie or "")
        if not found or not hmac.compare_digest(self._sign(found[0].rpartition(".")[0]), found["signed"]):
            return None
        return Ticket(int(found["issued"]), found["id"], found["bound"])

    def of(self, ticket: Ticket) -> BrowserSession:
        """The session of a cookie. One from before this process began was last used when the store says. Without a sign-in nothing is
        written down: there it was used just now."""
        with self._lock:
            if ticket.id not in self._sessions:
                self._tidy()
                known = ticket.bound != UNBOUND or ticket.issued >= int(self._began)
                used = max(ticket.issued, self._noted(ticket)) if known else self.clock()
                self._sessions[ticket.id] = BrowserSession(ticket, used)
            return self._sessions[ticket.id]

    def use(self, session: BrowserSession) -> None:
        """Somebody does something in a session."""
        session.used = self.clock()
        if session.ticket.bound != UNBOUND and not 0 <= session.used - session.noted < NOTED_SECONDS:
            session.noted = session.used
            used_sessions.note(store().path, session.ticket.id, session.used, self._first())

    def _noted(self, ticket: Ticket) -> float:
        """The last use of a session that stands in the store, of whichever process."""
        return (used_sessions.used_at(store().path, ticket.id) or 0.0) if ticket.bound != UNBOUND else 0.0

    def _first(self) -> float:
        """When the oldest session began that may still go on."""
        return self.clock() - self.settings.session_hours * 3600

    def _tidy(self) -> None:
        """Make room. A session that has ended is remembered as long as its cookie lasts: once forgotten, it would begin again."""
        if len(self._sessions) >= MOST_KEPT:
            first = self._first()
            past = [name for name, session in self._sessions.items() if not session.windows and session.ticket.issued <= first]
            oldest = sorted(self._sessions.values(), key=lambda session: (self.is_over(session), session.windows > 0))
            for name in past or [oldest[0].ticket.id]:
                del self._sessions[name]

    def seconds_left(self, session: BrowserSession) -> float:
        """Until the session ends if nobody uses it; 0 when it is over."""
        if session.ended:
            return 0.0
        idle, whole = self.settings.session_idle_minutes * 60, self.settings.session_hours * 3600
        return max(0.0, min(session.used + idle, session.ticket.issued + whole) - self.clock())

    def is_over(self, session: BrowserSession) -> bool:
        """Whether the session has ended. One that has does not begin again."""
        if not session.ended and self.seconds_left(session) <= 0:
            # It may be in use in another process.
            session.used = max(session.used, self._noted(session.ticket))
        ended = session.ended or self.seconds_left(session) <= 0
        session.ended = ended or ended_sessions.has_ended(store().path, session.ticket.id)
        return session.ended

    def end(self, ticket: Ticket) -> None:
        """End a session. One in which somebody has signed in has then ended for every process of the store."""
        self.of(ticket).ended = True
        if ticket.bound != UNBOUND:
            ended_sessions.note(store().path, ticket.id, ticket.issued, self._first())


def _key_of(folder: Path) -> bytes:
    path = folder / KEY_FILE
    try:
        if folder.is_dir() and not path.exists():
            try:
                durable.write_new(path, secrets.token_hex(32))
            except FileExistsError:
                LOG.debug("another process made the key first")
        text = path.read_text(encoding="ascii")
        if re.fullmatch(r"[0-9a-f]{64}", text):
            return bytes.fromhex(text)
        LOG.error("%s is damaged; browser sessions last until this process ends. Remove the file and start again", KEY_FILE)
    except (OSError, UnicodeDecodeError) as error:
        if folder.is_dir():
            LOG.error("%s cannot be used: %s", KEY_FILE, type(error).__name__)
    return secrets.token_bytes(32)


SESSIONS = BrowserSessions()


def current() -> BrowserSession | None:
    """The browser session of this rerun; None where no browser asks (Streamlit's test harness)."""
    ticket = SESSIONS.read(streamlit.context.cookies.get(SESSIONS.cookie_name)) if streamlit.context.cookies else None
    return SESSIONS.of(ticket) if ticket else None


def check(session: BrowserSession | None) -> None:
    """Raises SessionEnded for a session that is over."""
    if session and SESSIONS.is_over(session):
        raise SessionEnded
