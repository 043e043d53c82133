"""One open window of a browser session: its websocket, with what it may send, and with the end of the session."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from types import TracebackType

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.context import made_files
from ui.context.browser_sessions import BrowserSession, BrowserSessions
from ui.outer import messages

LOG = logging.getLogger("tracker.app")
MOST_WINDOWS = 30
LONGEST_WAIT = 60.0  # seconds until it is looked whether the session has ended


class Window:
    """An open websocket of a browser session. When the session ends, the page is made once more, empty; what is pressed does nothing."""

    def __init__(self, sessions: BrowserSessions, session: BrowserSession, receive: Receive, send: Send) -> None:
        self._sessions, self._session = sessions, session
        self._receive, self._send = receive, send
        self._app_session: str | None = None
        self._coming: asyncio.Future[Message] | None = None
        self._last: BackMsg | None = None
        self._is_emptied = False
        self.is_one_too_many = False

    async def __aenter__(self) -> Window:
        self.is_one_too_many = self._session.windows >= MOST_WINDOWS
        self._session.windows += 1
        if self.is_one_too_many:
            LOG.warning("a browser session asked for more than %s windows", MOST_WINDOWS)
            await self._send({"type": "websocket.close", "code": 1008, "reason": ""})
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._session.windows -= 1
        if self._coming is not None:
            self._coming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._coming
        if self._app_session:
            made_files.forget(self._app_session)

    async def receive(self) -> Message:
        """The next message that is passed on."""
        while True:
            if self._coming is None:
                self._coming = asyncio.ensure_future(self._receive())
            await asyncio.wait({self._coming}, timeout=self._wait())
            if self._coming.done():
                message, self._coming = self._coming.result(), None
                if message["type"] != "websocket.receive":
                    return message
                if (passed := self._pass(message)) is not None:
                    return passed
            elif self._sessions.is_over(self._session) and not self._is_emptied and self._last is not None:
                self._is_emptied = True
                return {"type": "websocket.receive", "bytes": messages.bare(self._last)}

    def _wait(self) -> float:
        if self._is_emptied or self._last is None:
            return LONGEST_WAIT
        return min(self._sessions.seconds_left(self._session) + 0.01, LONGEST_WAIT)

    def _pass(self, message: Message) -> Message | None:
        """A message as it is passed on; None for one that is refused."""
        data = message.get("bytes")
        if data is None:
            return message  # text: Streamlit closes the window
        try:
            read = messages.read(data)
            messages.check(read, lambda placeholder: made_files.may_make(placeholder, self._app_session))
        except messages.Refused as refused:
            LOG.warning("refused over the websocket: %s", refused)
            return None
        if read.WhichOneof("type") == "rerun_script":
            self._last = read
        if self._sessions.is_over(self._session):
            self._is_emptied = True
            return {**message, "bytes": messages.bare(read)}
        if messages.is_use(read):
            self._sessions.use(self._session)
        return message

    async def send(self, message: Message) -> None:
        """Send a message; the first that names Streamlit's session says that it is this browser's."""
        data = message.get("bytes")
        if self._app_session is None and data:
            said = ForwardMsg.FromString(data)
            if said.WhichOneof("type") == "new_session":
                self._app_session = said.new_session.initialize.session_id
                self._session.opened(self._app_session)
        await self._send(message)
