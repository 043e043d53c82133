"""Killing a load, again and again, while somebody reads: what every test of crash safety shares.

``Reader`` polls the store as a page does. ``kill_often`` starts a process and kills it after each of the delays.
``killed_before`` kills a load just before its step N on the disk. Run as a program on a store, it publishes tiny nights (``loop STORE``),
or, for each number that it is sent, one that is killed before that step (``steps STORE``), or only holds the lock (``hold STORE``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.night.night import Night
from data.store.store import Store
from tests.support.tiny_nights import Disk, children_in, publish

READY = "ready"
ROOT = Path(__file__).parents[2]


def start(*arguments: str) -> subprocess.Popen:
    """Start ``python <arguments>`` in the repository, its output in a pipe."""
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def start_publishing(store: Path) -> subprocess.Popen:
    """Start a process that publishes tiny nights for ever, and wait until it begins."""
    process = start("-m", "tests.support.killing", "loop", str(store))
    assert process.stdout.readline().strip() == READY
    return process


def kill_often(start_one: Callable[[], subprocess.Popen], delays: Iterable[float]) -> int:
    """Kill -9 a fresh process after each delay (seconds); returns how many were still running when killed."""
    killed = 0
    for delay in delays:
        with start_one() as process:
            time.sleep(delay)
            process.kill()
            killed += process.wait() == -signal.SIGKILL
    return killed


@contextmanager
def killed_before(store: Path) -> Iterator[Callable[[int], int]]:
    """Publish a tiny night in a process of its own that is killed before a step; gives how it ended. One program is started for all steps:
    it forks itself for each, before it has opened any database."""
    words = [sys.executable, "-m", "tests.support.killing", "steps", str(store)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:

        def ended(step: int) -> int:
            process.stdin.write(f"{step}\n")
            return int(process.stdout.readline())

        yield ended


def tiny_night_is_whole(night: Night) -> str | None:
    """What is wrong with a tiny night as a reader sees it, or None."""
    children = children_in(night)
    return None if children == night.manifest["children"] else f"{night.name} shows {children} children"


class Reader:
    """Polls the shown night until it leaves its block: ``with Reader(store, look) as reader``.

    ``look(night)`` returns what is wrong with a night, or None. ``reads`` counts all polls, ``faults`` holds every refusal,
    problem, missing night and fault; ``names`` the nights seen, in order.
    """

    def __init__(self, store: Path, look: Callable[[Night], str | None], pause_seconds: float = 0.002) -> None:
        self.store = store
        self.look = look
        self.pause_seconds = pause_seconds
        self.reads = 0
        self.faults: list[str] = []
        self.names: list[str] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._poll)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def wait_for_another(self, seconds: float = 30) -> None:
        """Wait until a second night has been seen, so that slow machines have time to show one."""
        until = time.monotonic() + seconds
        while len(set(self.names)) < 2 and time.monotonic() < until:
            time.sleep(self.pause_seconds)

    def _poll(self) -> None:
        while not self._done.is_set():
            self.reads += 1
            try:
                self._read()
            except Exception as error:  # whatever a reader meets is the finding
                self.faults.append(f"{type(error).__name__}: {error}")
            time.sleep(self.pause_seconds)

    def _read(self) -> None:
        store = Store(self.store)
        night = store.current()
        if night is None:
            self.faults.append("no night is shown")
            return
        if not self.names or self.names[-1] != night.name:
            self.names.append(night.name)
        self.faults.extend(filter(None, (self.look(night), *store.problems)))


def _loop(store: Store) -> None:
    print(READY, flush=True)
    children = 0
    while True:
        children += 1
        publish(store, children=children)


def _step(store: Store, step: int) -> None:
    Disk(lambda taken: taken == step, lambda: os.kill(os.getpid(), signal.SIGKILL)).install()
    publish(store, children=7, restricted=("always", "killed"))


def _steps(store: Store) -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _step(store, int(line))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _hold(store: Store) -> None:
    with store.lock():
        print("held", flush=True)
        time.sleep(60)


if __name__ == "__main__":
    what, path = sys.argv[1:]
    {"loop": _loop, "steps": _steps, "hold": _hold}[what](Store(path))
