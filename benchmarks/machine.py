"""What every benchmark needs: the clock, the machine, and a figure that says what was measured, against what, and if it passes."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

BUILD = Path(__file__).parent.parent / "build" / "bench"
LIBRARIES = ("duckdb", "pandas", "streamlit", "openpyxl")
PASSED, FAILED = "pass", "FAIL"


@dataclass(frozen=True)
class Times:
    """How long a thing took, run after run. Seconds of wall time."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        spread = f" ({_seconds(min(self.seconds))} to {_seconds(max(self.seconds))})" if len(self.seconds) > 1 else ""
        return f"{_seconds(self.median)}{spread}"


@dataclass(frozen=True)
class Figure:
    """One line of the benchmarks: a ratio or a time, its bar, and the measurements that it came from."""

    name: str
    value: float
    bar: float
    unit: str
    measured: dict[str, str]

    @property
    def passed(self) -> bool:
        return self.value <= self.bar

    def text(self) -> str:
        verdict = PASSED if self.passed else FAILED
        first = f"{verdict}  {self.name}: {self.value:.3g}{self.unit}, the bar is {self.bar:g}{self.unit}"
        return "\n".join([first, *(f"        {label}: {said}" for label, said in self.measured.items())])


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def ratios(ours: Times, theirs: Times) -> tuple[float, str]:
    """The ratio of the medians, and in words the least and the greatest ratio of runs made one after the other."""
    pairs = [our / their for our, their in zip(ours.seconds, theirs.seconds, strict=True)]
    return ours.median / theirs.median, f"{min(pairs):.3g} to {max(pairs):.3g} over {len(pairs)} pairs of runs"


def clock(work: Callable[[], object]) -> float:
    """The wall time of one call, in seconds."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def turn_about(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[Times, Times]:
    """Time two things in turns, so that whatever else the machine does falls on both."""
    pairs = [(clock(ours), clock(theirs)) for _ in range(runs)]
    return Times(tuple(pair[0] for pair in pairs)), Times(tuple(pair[1] for pair in pairs))


def memory_at_most() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def gigabytes(count: int) -> str:
    return f"{count / 1e9:.2f} GB"


def machine() -> dict[str, str]:
    """The machine and the versions that the figures were taken with."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": gigabytes(memory),
        "busy": f"load average {os.getloadavg()[0]:.1f} when it began",
        "system": platform.platform(),
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


def keep(name: str, figures: list[Figure], about: dict[str, str]) -> Path:
    """Write a benchmark's figures beside the others, as JSON."""
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / f"{name}.json"
    kept = {"machine": about, "figures": [asdict(figure) | {"passed": figure.passed} for figure in figures]}
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
