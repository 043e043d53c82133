"""The app over a store in a process of its own, for benchmarks and browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parent.parent
LONGEST_START = 60.0  # seconds


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return answer.read() == b"ok"
    except (URLError, OSError):
        return False


@contextmanager
def serving(store: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The app over a store; gives its address (http://127.0.0.1:PORT). ``settings`` are added to the environment.

    Raises RuntimeError when the app does not start within a minute.
    """
    address = f"http://127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", address.rsplit(":", 1)[1]]
    environment = {**os.environ, "TRACKER_STORE": str(store), **(settings or {})}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + LONGEST_START
        while not _is_healthy(address):
            if time.monotonic() > end:
                raise RuntimeError("the app did not start within a minute")
            time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
