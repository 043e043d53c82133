"""How the server is kept from waiting when there is something to send or to do.

A page goes to the browser in many small messages. Without more, each of them may wait twice: in the operating system, until the browser
has acknowledged the one before it (40 ms, Nagle's algorithm), and in Python, until the thread that makes another page has had its turn.
"""

from __future__ import annotations

import socket
import sys
from asyncio import BaseProtocol, BaseTransport

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# Python's own is 5 ms. Whoever sends a message gives the turn away, and a page is 60 messages: each waited for every page being made.
SECONDS_OF_A_TURN = 0.0005
_opened = AutoHTTPProtocol.connection_made


def start() -> None:
    """From now on, send every message of a browser's connection at once, and let threads take short turns.

    asyncio sends at once over the sockets that it opens itself. Streamlit opens the server's, without the number of the protocol by which
    asyncio knows them.
    """
    AutoHTTPProtocol.connection_made = _made_at_once  # type: ignore[assignment, method-assign]
    sys.setswitchinterval(SECONDS_OF_A_TURN)


def _made_at_once(protocol: BaseProtocol, transport: BaseTransport) -> None:
    transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _opened(protocol, transport)
