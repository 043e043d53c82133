"""A browser as the outermost layer sees one, and an app behind the layer that says what reached it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.event_loops import finish
from ui.context.browser_sessions import BrowserSessions
from ui.outer.layer import OuterLayer

HOST = "127.0.0.1:8501"
HERE = f"http://{HOST}"


class Clock:
    """Seconds of the epoch, which a test moves on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Behind:
    """The app behind the layer: answers every request, and echoes what a window sends as it reached it."""

    def __init__(self) -> None:
        self.reached: list[Scope] = []
        self.messages: list[BackMsg] = []
        self.answer_headers: list[tuple[bytes, bytes]] = []
        self.session_id = "app-session"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": list(self.answer_headers)})
            await send({"type": "http.response.body", "body": b"answered"})
            return
        await receive()
        await send({"type": "websocket.accept"})
        begun = ForwardMsg()
        begun.new_session.initialize.session_id = self.session_id
        await send({"type": "websocket.send", "bytes": begun.SerializeToString()})
        while (message := await receive())["type"] == "websocket.receive":
            self.messages.append(BackMsg.FromString(message["bytes"]))


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for given, value in self.headers if given == name]

    def __getitem__(self, name: str) -> str:
        (value,) = self.all(name)
        return value


@dataclass
class Browser:
    """Asks the layer over one app; keeps its cookies."""

    sessions: BrowserSessions
    behind: Behind = field(default_factory=Behind)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layer = OuterLayer(self.behind, self.sessions)

    def _scope(self, kind: str, path: str, headers: dict[str, str]) -> Scope:
        said = {"host": HOST} | headers
        if self.cookies:
            said["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        made = [(name.encode(), value.encode("latin-1")) for name, value in said.items()]
        path, _, query = path.partition("?")
        return {"type": kind, "path": path, "query_string": query.encode(), "headers": made, "client": ("127.0.0.1", 5)}

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        said: list[Message] = []

        async def send(message: Message) -> None:
            said.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        scope = {**self._scope("http", path, headers), "method": method}
        finish(self.layer(scope, receive, send))
        answered = [(name.decode(), value.decode("latin-1")) for name, value in said[0]["headers"]]
        for name, value in answered:
            if name == "set-cookie":
                cookie, _, rest = value.partition(";")
                key, _, held = cookie.partition("=")
                self.cookies.pop(key, None)
                if "Max-Age=0" not in rest:
                    self.cookies[key] = held
        return Answer(said[0]["status"], answered, said[1]["body"])

    def window(self, *sent: BackMsg | bytes | float, path: str = "/_stcore/stream", **headers: str) -> list[Message]:
        """Open a window, send messages (a number: let so many seconds pass), and close it. Gives what came back."""
        return finish(self._window(sent, path, headers))

    async def _window(self, sent, path: str, headers: dict[str, str]) -> list[Message]:
        back: list[Message] = []
        steps = iter(sent)

        async def send(message: Message) -> None:
            back.append(message)

        begun = False

        async def receive() -> Message:
            nonlocal begun
            if not begun:
                begun = True
                return {"type": "websocket.connect"}
            step = next(steps, None)
            while isinstance(step, float):
                self.sessions.clock.now += step
                await asyncio.sleep(0.1)
                step = next(steps, None)
            if step is None:
                return {"type": "websocket.disconnect", "code": 1000}
            return {"type": "websocket.receive", "bytes": step if isinstance(step, bytes) else step.SerializeToString()}

        headers = {"origin": HERE, "sec-websocket-protocol": "streamlit"} | {k.replace("_", "-"): v for k, v in headers.items()}
        await self.layer(self._scope("websocket", path, headers), receive, send)
        return back


def rerun(text: str = "", **fields: str) -> BackMsg:
    """A press or a typed text."""
    message = BackMsg()
    message.rerun_script.page_script_hash = "page"
    for name, value in fields.items():
        setattr(message.rerun_script, name, value)
    if text:
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.string_value = "field", text
    return message
