"""Nothing that is ready waits: neither in the operating system, nor for another thread's long turn."""

from __future__ import annotations

import asyncio
import socket
import sys

import pytest
from uvicorn import Config
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.server import ServerState

from tests.support.event_loops import finish
from ui.outer import waiting


@pytest.fixture(autouse=True)
def as_before():
    opened, turn = AutoHTTPProtocol.connection_made, sys.getswitchinterval()
    yield
    AutoHTTPProtocol.connection_made = opened
    sys.setswitchinterval(turn)


async def _sends_at_once() -> bool:
    """Whether the server's end of a connection does, over a socket that is made as Streamlit makes it."""
    config = Config(lambda scope, receive, send: None)
    config.load()
    made: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    class Protocol(AutoHTTPProtocol):
        def connection_made(self, transport) -> None:
            super().connection_made(transport)
            option = transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            made.set_result(bool(option))

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(lambda: Protocol(config, ServerState(), {}), sock=listening)
    async with server:
        _, writer = await asyncio.open_connection(*listening.getsockname())
        sends_at_once = await made
        writer.close()
    return sends_at_once


def test_a_message_does_not_wait_for_the_one_before_it_to_be_acknowledged():
    waiting.start()
    waiting.start()  # however often the app starts
    assert finish(_sends_at_once())


def test_it_would_wait_without_more():
    assert not finish(_sends_at_once())


def test_threads_take_short_turns():
    waiting.start()
    assert sys.getswitchinterval() == pytest.approx(waiting.SECONDS_OF_A_TURN)
