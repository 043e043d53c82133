"""The app with a guard on its sockets: every name that it looks up and every address that it connects to is written down.

Started as ``python -m tests.browser.guarded_server run app.py --server.port N``; the file is named by TRACKER_GUARD.
"""

from __future__ import annotations

import os
import socket
import sys
from functools import wraps
from pathlib import Path

from streamlit.web import cli

HERE = ("127.0.0.1", "localhost", "::1", None, "")


def guard(path: Path) -> None:
    """Write down whom the process asks, and let nothing out."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def note(what: str, whom: object) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{what} {whom}\n")

    @wraps(look_up)
    def looked_up(host, *arguments, **named):
        if host not in HERE:
            note("looked up", host)
            raise socket.gaierror(f"{host} is outside")
        return look_up(host, *arguments, **named)

    def connected(self, address):
        if isinstance(address, tuple) and address[0] not in HERE:
            note("connected to", address)
            raise OSError("outside")
        return connect(self, address)

    socket.getaddrinfo, socket.socket.connect = looked_up, connected  # type: ignore[method-assign]


if __name__ == "__main__":
    guard(Path(os.environ["TRACKER_GUARD"]))
    sys.argv[0] = "streamlit"
    cli.main(prog_name="streamlit")
