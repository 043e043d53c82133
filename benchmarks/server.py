"""The app over a store in a process of its own, for benchmarks and browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parent.parent
LONGEST_START = 60.0  # seconds


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The app over a store, in a process of its own that can be stopped and started again at the same address.

    ``module`` is what runs it: Streamlit itself, or ``tests.browser.slow_server``. ``base``: the path below which a proxy offers it.
    ``options``: further words of the command line. ``port``: a free one unless it is given. ``script``: another app than the tracker.
    """

    def __init__(
        self,
        store: Path,
        module: str = "streamlit",
        base: str = "",
        options: Sequence[str] = (),
        port: int | None = None,
        script: Path = ROOT / "app.py",
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}" + (f"/{base}" if base else "")
        self._store, self._module, self._script = store, module, script
        self._options = [*options, *(["--server.baseUrlPath", base] if base else [])]
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process and wait until it answers. Raises RuntimeError when it does not within a minute."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module, "run", str(self._script), "--server.port", str(self.port), *self._options],
            cwd=ROOT,
            env={**os.environ, "TRACKER_STORE": str(self._store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + LONGEST_START
        while not self._is_healthy():
            if time.monotonic() > end:
                raise RuntimeError("the app did not start within a minute")
            time.sleep(0.25)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return answer.read() == b"ok"
        except (URLError, OSError):
            return False

    def stop(self, kill: bool = False) -> None:
        """End the process: as a service is stopped, or (``kill``) as a machine that loses its power."""
        if self._process:
            (self._process.kill if kill else self._process.terminate)()
            self._process.wait(timeout=20)


@contextmanager
def serving(store: Path, module: str = "streamlit", port: int | None = None) -> Iterator[str]:
    """The app over a store for as long as the block lasts; gives its address (http://127.0.0.1:PORT)."""
    server = Server(store, module, port=port)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()
