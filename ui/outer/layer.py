"""The ASGI layer in front of Streamlit: which addresses answer, for whom, and with which headers.

It refuses a foreign ``Host`` (a name that somebody has pointed at this machine) and a foreign ``Origin`` before Streamlit sees them:
Streamlit would look up this machine's own address on the internet to judge an origin, and the tracker asks nobody outside.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit.config
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.context import made_files
from ui.context.browser_sessions import SESSIONS, UNBOUND, BrowserSession, BrowserSessions, Ticket
from ui.outer import own_files
from ui.outer.early import naming_early_files
from ui.outer.headers import answer_headers
from ui.outer.window import Window

LOG = logging.getLogger("tracker.app")
HERE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
STREAM, MEDIA = "/_stcore/stream", "/media/"
# The routes of Streamlit that the app needs. Its pages, and the files of its first page, are the names without a folder.
ROUTES = frozenset({"/_stcore/health", "/_stcore/host-config"})
LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
SIGN_IN = frozenset({LOGIN, LOGOUT, CALLBACK})
# What a browser says of a request that a page of another website made it send.
FOREIGN = ("cross-site", "same-site")
ASSETS = "/static/"
NAME = re.compile(r"/[A-Za-z0-9_.-]*")
LONGEST_QUERY = 4_000
REFUSED = {
    403: "This request came from another website, and was refused.",
    404: "There is nothing at this address.",
    405: "This address answers to reading alone.",
    414: "This address is too long.",
    421: "The tracker does not answer at this address. Add it to web_addresses in settings.toml.",
    500: "This page could not be shown. Look in the log of the server.",
}


class OuterLayer:
    """Around Streamlit's app."""

    def __init__(self, app: ASGIApp, sessions: BrowserSessions = SESSIONS) -> None:
        self._app, self._sessions = app, sessions
        made_files.name_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._stream(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _headers(scope)
        path, cookies = _path(scope), _cookies(asked)
        ticket = self._sessions.read(cookies.get(self._sessions.cookie_name))
        status = self._status(scope, asked, path, ticket)
        given: list[str] = []
        if status is None and _is_page(path) and (ticket is None or self._sessions.is_over(self._sessions.of(ticket))):
            ticket = None
            given = [self._cookie(self._sessions.issue()), *_forgotten(cookies)]
        if status is None and path == LOGOUT and ticket is not None:
            # Cookies that were copied before are of no use any more, and other windows become empty.
            self._sessions.end(ticket)
            _tell("signed out", self._sessions.of(ticket), scope)
        secure, host = self._sessions.is_secure, asked.get("host", "")
        drop: tuple[bytes, ...] = (b"origin",)
        if scope["method"] == "GET" and _is_page(path):
            send = naming_early_files(send, path.strip("/"))
            # Streamlit would compress every page but the first, and in what is compressed no file can be named.
            drop += (b"accept-encoding",)
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                more = self._bound(message, ticket, scope) if path == CALLBACK else given
                headers = answer_headers(message.get("headers", ()), host, path.startswith(ASSETS), secure, more)
                message = {**message, "headers": headers}
            await send(message)

        if status is not None:
            if status != 404:
                LOG.warning("a request was refused (%s) from %s", status, _where(scope))
            await _say(status, sent)
            return
        try:
            app = own_files.answer(path, asked.get("accept-encoding", "")) or self._app
            await app(_passed_on(scope, cookies, ticket, drop), receive, sent)
        except Exception as error:
            LOG.error("an answer failed: %s", type(error).__name__)
            if begun:
                raise
            await _say(500, sent)

    def _status(self, scope: Scope, asked: Mapping[str, str], path: str, ticket: Ticket | None) -> int | None:
        """Why a request is refused, as the status of the answer; None for one that is passed on."""
        if not self._knows(asked.get("host", "")):
            return 421
        if "origin" in asked and not self._is_ours(asked["origin"], asked["host"]):
            return 403
        if path in (LOGIN, LOGOUT) and asked.get("sec-fetch-site") in FOREIGN:
            return 403
        if scope["method"] not in ("GET", "HEAD"):
            return 405
        if len(scope.get("query_string", b"")) > LONGEST_QUERY and path not in SIGN_IN:
            return 414
        if path.startswith(MEDIA):
            session = self._sessions.of(ticket) if ticket else None
            taken = session and not self._sessions.is_over(session)
            return None if session and taken and made_files.may_take(path.removeprefix(MEDIA), session.app_sessions) else 404
        known = path in ROUTES | SIGN_IN or path.startswith(ASSETS) or _is_page(path) or NAME.fullmatch(path)
        return None if known else 404

    def _knows(self, host: str) -> bool:
        """Whether a ``Host`` is one of the app's own names."""
        return bool(HERE.fullmatch(host)) or host in {urlsplit(address).netloc for address in self._sessions.addresses}

    def _is_ours(self, origin: str, host: str) -> bool:
        """Whether an ``Origin`` is this app as it was opened."""
        return origin in self._sessions.addresses or bool(HERE.fullmatch(host) and origin == f"http://{host}")

    def _cookie(self, value: str) -> str:
        return f"{self._sessions.cookie_name}={value}; Path=/; HttpOnly; SameSite=Lax"

    def _bound(self, message: Message, ticket: Ticket | None, scope: Scope) -> list[str]:
        """After a sign-in: a new cookie, which names the sign-in that came with it. The sign-in counts with it alone, and the session
        before has ended. Without a sign-in (anybody's link may lead to this address) nothing changes."""
        kept: dict[str, str] = {}
        for name, value in message.get("headers", ()):
            if name.lower() == b"set-cookie":
                given = _cookies({"cookie": value.decode("latin-1").split(";")[0]})
                # A cookie of an earlier sign-in is ended by an empty one.
                kept |= {name: said for name, said in given.items() if said}
        if not any(map(_is_sign_in, kept)):
            return []
        if ticket is not None:
            self._sessions.end(ticket)
        made = self._sessions.issue(_sign_in_of(kept))
        if (begun := self._sessions.read(made)) is not None:
            _tell("signed in", self._sessions.of(begun), scope)
        return [self._cookie(made)]

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _headers(scope)
        host, origin = asked.get("host", ""), asked.get("origin", "")
        cookies = _cookies(asked)
        ticket = self._sessions.read(cookies.get(self._sessions.cookie_name))
        if _path(scope) != STREAM or not self._knows(host) or not self._is_ours(origin, host) or ticket is None:
            LOG.warning("a websocket was refused: %s", "another website" if ticket else "no browser session")
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        session = self._sessions.of(ticket)
        scope = _passed_on(_with_own_session(scope, session), cookies, ticket, drop=(b"host",))
        # A proxy may have changed the name: Streamlit is to see one origin.
        scope["headers"] = [*scope["headers"], (b"host", urlsplit(origin).netloc.encode("latin-1"))]
        async with Window(self._sessions, session, receive, send) as window:
            if not window.is_one_too_many:
                await self._app(scope, window.receive, window.send)


def _where(scope: Scope) -> str:
    """The address that a request came from."""
    return (scope.get("client") or ("nobody known",))[0]


def _tell(what: str, session: BrowserSession, scope: Scope) -> None:
    """Log a sign-in or sign-out. The record of access has the same mark beside the person's name."""
    LOG.info("%s: browser session %s, from %s", what, session.mark, _where(scope))


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by name. Cookies may come in several; two hosts or origins are none that is known."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name, said = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = said if name not in found else f"{found[name]}; {said}"
    return found


def _cookies(headers: Mapping[str, str]) -> dict[str, str]:
    return cookie_parser(headers.get("cookie", ""))


def _path(scope: Scope) -> str:
    """The path below the app's base path."""
    base = "/" + streamlit.config.get_option("server.baseUrlPath").strip("/")
    path = scope["path"]
    return path.removeprefix(base) or "/" if base != "/" and (path == base or path.startswith(f"{base}/")) else path


def _is_page(path: str) -> bool:
    """Whether a path is a page's, as against a file of the first page (favicon.png)."""
    return bool(NAME.fullmatch(path)) and "." not in path and path not in SIGN_IN


def _is_sign_in(name: str) -> bool:
    """Whether a cookie is Streamlit's of a sign-in, or a part of one (``_streamlit_user``, its tokens)."""
    return name.startswith("_streamlit_user")


def _sign_in_of(cookies: Mapping[str, str]) -> str:
    """The mark of the sign-in that a browser's cookies hold."""
    held = sorted((name, value) for name, value in cookies.items() if _is_sign_in(name))
    return hashlib.sha256(repr(held).encode()).hexdigest()[: len(UNBOUND)] if held else UNBOUND


def _forgotten(cookies: Mapping[str, str]) -> list[str]:
    """The cookies that end a sign-in."""
    return [f"{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" for name in cookies if _is_sign_in(name)]


def _passed_on(scope: Scope, cookies: Mapping[str, str], ticket: Ticket | None, drop: tuple[bytes, ...]) -> Scope:
    """A request without some headers, and without a sign-in that does not belong to the browser session."""
    drops_sign_in = ticket is None or _sign_in_of(cookies) != ticket.bound
    headers = []
    for name, value in scope["headers"]:
        if name.lower() in drop:
            continue
        if drops_sign_in and name.lower() == b"cookie":
            value = b"; ".join(part.strip() for part in value.split(b";") if not _is_sign_in(part.strip().decode("latin-1")))
        headers.append((name, value))
    return {**scope, "headers": headers}


def _with_own_session(scope: Scope, session: BrowserSession) -> Scope:
    """Without the name of one of Streamlit's sessions to go on with, where it is not one of this browser's."""
    headers = []
    for name, value in scope["headers"]:
        if name.lower() == b"sec-websocket-protocol":
            parts = [part.strip() for part in value.decode("latin-1").split(",")]
            if len(parts) > 2 and parts[2] not in session.app_sessions:
                parts = parts[:2]
            value = ", ".join(parts).encode("latin-1")
        headers.append((name, value))
    return {**scope, "headers": headers}


async def _say(status: int, send: Send) -> None:
    body = REFUSED[status].encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
