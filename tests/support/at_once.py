"""Several processes that do one thing at the same time, for real."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context

# Where processes can be forked, all come from one that has imported this: importing it takes longer than all that they do.
IMPORTED = ["access.record.record", "casework.agenda.discussions", "casework.publishing.publications", "casework.storage.opening"]


def ends_of(work: Callable[..., object], asked: Iterable[Sequence[object]], seconds: float = 120) -> list[int | None]:
    """Call ``work``, a function of a module, with each of these arguments in a process of its own, all at once; gives how each ended: 0
    where it returned, None where it took longer. What went wrong stands in the standard error of the test."""
    context = get_context("spawn" if os.name == "nt" else "forkserver")
    if os.name != "nt":
        context.set_forkserver_preload(IMPORTED)
    running = [context.Process(target=work, args=tuple(arguments), daemon=True) for arguments in asked]
    for process in running:
        process.start()
    for process in running:
        process.join(seconds)
    ended = [process.exitcode for process in running]
    for process in running:
        process.kill()
    return ended
