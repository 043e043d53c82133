"""The Corporate Parenting pack: working out a draft, then making the two files of it, each read back and attacked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import BUILD, Figure, Times, clock
from benchmarks.published import published_store
from casework.storage.opening import open_casework
from data.settings import Settings
from data.store.store import Store
from metrics.disclosure.cells import HIDDEN
from metrics.engine.engine import Engine
from metrics.strategic.answer import StrategicPack
from packs.corporate.drafts import Kept, prepare
from packs.corporate.publishing import finish

BAR = 3.0
UNDER_18 = 270_000


def _once(store: Store, settings: Settings) -> tuple[float, float, StrategicPack]:
    """The seconds of a draft and of its pack, in records of their own, and what they show."""
    made: list[Kept] = []
    with TemporaryDirectory(dir=BUILD) as folder:
        casework, engine = open_casework(settings, Path(folder)), Engine(store.current(), settings)
        drafted = clock(lambda: made.append(prepare(engine, casework)))
        finished = clock(lambda: finish(engine, casework, made[0].pack))
        casework.close()
    return drafted, finished, made[0].pack


def run(children: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The seconds of each, for a county of so many children in care. A draft is the first of its store: nothing published binds it."""
    with published_store(children, progress) as store:
        settings = replace(store.settings, population_under_18=UNDER_18)
        progress(f"a draft and its pack, {runs} times")
        drafts, packs, shown = zip(*(_once(store, settings) for _ in range(runs)), strict=True)
    hidden = sum(value == HIDDEN for value in shown[0].printed.values())
    system = shown[0].system
    sizes = f"{len(shown[0].printed):,} printed, {hidden:,} hidden; {len(system.cells):,} counts and {len(system.relations):,} relations"
    figures = (("corporate pack from its draft", Times(packs)), ("corporate draft", Times(drafts)))
    return [
        Figure(f"{name}, {children:,} children in care", times.median, BAR, " s", {"times": str(times), "figures": sizes})
        for name, times in figures
    ]
