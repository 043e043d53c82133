"""``python -m benchmarks``: run the benchmarks, print each figure with its bar, and keep them as JSON under build/bench."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from benchmarks import corporate, database, nightly, pack, page, people, returns, rules, tab
from benchmarks.machine import Figure, keep, machine

COUNTY, BETWEEN, ENGLAND = 1000, 10_000, 118_000
RUNS = 5
SECONDS = 60.0

Run = Callable[[argparse.Namespace, Callable[[str], None]], list[Figure]]
BENCHMARKS: dict[str, Run] = {
    "nightly": lambda asked, progress: nightly.run(asked.children, asked.england, asked.between, asked.runs, progress),
    "database": lambda asked, progress: database.run(asked.children, asked.runs, asked.database, progress),
    "returns": lambda asked, progress: returns.run(asked.children, asked.runs, progress),
    "rules": lambda asked, progress: rules.run(asked.children, asked.runs, progress),
    "page": lambda asked, progress: page.run(asked.children, asked.england, asked.runs, progress),
    "pack": lambda asked, progress: pack.run(asked.children, asked.runs, progress),
    "corporate": lambda asked, progress: corporate.run(asked.children, min(asked.runs, 3), progress),
    "tab": lambda asked, progress: tab.run(asked.children, min(asked.runs, 3), progress),
    "people": lambda asked, progress: people.run(asked.children, asked.seconds, progress),
}


def read_arguments(words: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("benchmarks", nargs="*", metavar="benchmark", help=f"any of {', '.join(BENCHMARKS)}; all unless named")
    parser.add_argument("--children", type=int, default=COUNTY, help="children in care in the county (default %(default)s)")
    parser.add_argument("--between", type=int, default=BETWEEN, help="a size between, for the growth; 0 leaves it out")
    parser.add_argument("--england", type=int, default=ENGLAND, help="children in care in England; 0 leaves it out")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each at a county's size; fewer at larger sizes")
    parser.add_argument(
        "--database", default="", metavar="URL", help="a PostgreSQL database that may be written to, for database"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long 30, then 60 people go on opening pages")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.benchmarks if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    return asked


def _progress(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Run what was asked for. Gives 1 when a bar is missed, else 0."""
    asked = read_arguments(words)
    about = machine()
    print("\n".join(f"{label}: {said}" for label, said in about.items()), flush=True)
    missed = 0
    for name in asked.benchmarks or BENCHMARKS:
        figures = BENCHMARKS[name](asked, _progress)
        path = keep(name, figures, about)
        missed += sum(not figure.passed for figure in figures)
        print("\n".join(["", *(figure.text() for figure in figures), f"kept in {path}"]), flush=True)
    print(f"\n{missed} of the bars missed" if missed else "\nevery bar met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
