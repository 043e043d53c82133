"""A person at the app, as the server sees one: a websocket that speaks Streamlit's own messages."""

from __future__ import annotations

import asyncio
import re
import time
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

LONGEST_WAIT = 120.0  # seconds
LAST_MARK = 'id="page-done"'
# A sign-in counts on a websocket that names this token.
TOKEN = re.compile(r"_streamlit_xsrf=([^;]+)")


@dataclass(frozen=True)
class Place:
    """A page of the app with the choices that its address carries."""

    page: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        return f"{self.page}?{urlencode(self.choices)}" if self.choices else self.page


def cookie_of(address: str) -> str:
    """The cookie of a new browser session, as the first page gives it."""
    with urllib.request.urlopen(address, timeout=LONGEST_WAIT) as answer:
        return answer.headers["Set-Cookie"].partition(";")[0]


class Visitor:
    """One person's browser window on the app at ``address`` (http://127.0.0.1:PORT). Use it as an async context manager.

    ``cookie``: that of somebody who has signed in; without it the first page gives one.
    """

    def __init__(self, address: str, cookie: str = "") -> None:
        self._address = address
        self._socket: ClientConnection | None = None
        self._cookie = cookie

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def _close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def open(self, place: Place, new_session: bool) -> float:
        """Open a page, in a new session (a link) or in the one that is open (the menu). Gives the seconds to its last mark.

        Raises RuntimeError when the page does not come to its end.
        """
        started = time.perf_counter()
        if new_session or self._socket is None:
            await self._close()
            if not self._cookie:
                self._cookie = await asyncio.to_thread(cookie_of, self._address)
            self._socket = await connect(
                f"{self._address.replace('http', 'ws')}/_stcore/stream",
                subprotocols=[Subprotocol(name) for name in ("streamlit", *TOKEN.findall(self._cookie))],
                origin=self._address,
                additional_headers={"Cookie": self._cookie},
                max_size=None,
                compression=None,
            )
        message = BackMsg()
        message.rerun_script.query_string = urlencode(place.choices)
        message.rerun_script.page_name = place.page
        message.rerun_script.context_info.timezone = "Europe/London"
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._read_page(place), LONGEST_WAIT)
        return time.perf_counter() - started

    async def _read_page(self, place: Place) -> None:
        """Read to the end of a run of the script; a run that begins again at once (a redirect) is read on."""
        came_to_its_end = False
        while True:
            message = ForwardMsg.FromString(await self._socket.recv())
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "html":
                came_to_its_end = came_to_its_end or LAST_MARK in message.delta.new_element.html.body
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if not came_to_its_end:
                    raise RuntimeError(f"the page {place.address} did not come to its end")
                return
