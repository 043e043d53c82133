"""A synthetic county: the demo, the test bed and the benchmark, since no public sample of SSD care plans exists.

``write_county`` writes one or more nights of extracts of the same invented county. Everything in them is drawn from the seed:
the same arguments give the same files, byte for byte. A life is drawn up to the last night (``as_at``), and each night shows
only what had been recorded by then; so all nights of one call tell of one county, while a call with another ``as_at``, seed
or size tells of another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path

from .county import County, make_county
from .faults import spoil
from .lives import live, numbers
from .nights import night_dates
from .permanence import adopters
from .writing import append, begin_files, begin_folder, line, new_lines, packed, show

PEOPLE_AT_ONCE = 400  # people drawn at a time for one night; fewer when many nights are written, to bound memory
PEOPLE_FOR_TWO = 20_000  # from this many people on, several processes draw them

SETTINGS = Path(__file__).parent / "store"  # what a synthetic county's store begins with

__all__ = ["SETTINGS", "begin_folder", "write_county"]


def write_county(
    out: Path,
    children: int = 1000,
    seed: int = 1,
    nights: int = 1,
    as_at: date | None = None,
    step: str = "day",
    progress: Callable[[str], None] = lambda message: None,
) -> list[Path]:
    """Write nights of extracts; gives their folders, oldest first.

    ``children``: children in care on the last night (about 1 % more or fewer show, for entries and exits are recorded late and
    a few rows are faulty). ``nights`` = 1 writes ``out/*.csv``, more write ``out/<ISO date>/*.csv``. ``as_at``: the last night,
    today if not given. ``step``: "day" (successive nights), "month" (month ends, and ``as_at`` as the last) or "half-month" (the 15ths
    too).
    Raises ValueError for a size, number of nights or step that cannot be.
    """
    if children < 1:
        raise ValueError(f"children is {children}; it must be at least 1")
    last = as_at or date.today()
    dates = night_dates(last, nights, step)
    folders = [Path(out)] if nights == 1 else [Path(out) / day.isoformat() for day in dates]
    for folder in folders:
        begin_files(folder)
    days = [day.toordinal() for day in dates]
    for folder, lines in zip(folders, packed(_county_lines(seed, children, days)), strict=True):
        append(folder, lines)
    everyone = numbers(children).everyone
    size = max(40, PEOPLE_AT_ONCE * 4 // (3 + len(days)))
    chunks = [(seed, children, days, first, min(first + size, everyone + 1)) for first in range(1, everyone + 1, size)]
    for done, chunk in enumerate(_drawn(chunks, everyone), start=1):
        for folder, lines in zip(folders, chunk, strict=True):
            append(folder, lines)
        if done % max(1, len(chunks) // 20) == 0:
            progress(f"{min(done * size, everyone):,} of {everyone:,} people written")
    return folders


def _drawn(chunks: list[tuple], everyone: int) -> Iterator[list[dict[str, bytes]]]:
    """The chunks' lines in order, drawn by several processes where it pays."""
    if everyone < PEOPLE_FOR_TWO:
        yield from map(_people_lines, chunks)
        return
    with Pool(min(os.cpu_count() or 1, 8)) as pool:
        yield from pool.imap(_people_lines, chunks)


@lru_cache(maxsize=2)
def _county(seed: int, children: int) -> tuple[County, dict[str, str]]:
    county = make_county(seed, children)
    return county, {team.number: team.name for team in county.every_team()}


def _people_lines(chunk: tuple[int, int, list[int], int, int]) -> list[dict[str, bytes]]:
    """The lines of people ``first`` to ``last`` (not included), for each night."""
    seed, children, days, first, last = chunk
    county, team_names = _county(seed, children)
    upto = numbers(children)
    lines = new_lines(days)
    for number in range(first, last):
        record = live(county, seed, number, upto, days[-1])
        spoil(record, seed, children, team_names)
        show(record, days, lines)
    return packed(lines)


def _county_lines(seed: int, children: int, days: list[int]) -> list[dict[str, list[str]]]:
    """Teams, workers and prospective adopters: the same teams and workers every night."""
    county, _ = _county(seed, children)
    lines = new_lines(days)
    for team in county.every_team():
        row = line("ssd_department", [team.number, team.name, team.service_number, team.service_name])
        staff = [line("ssd_professionals", [worker.identifier, worker.name, worker.job]) for worker in team.workers]
        for night in lines:
            night["ssd_department"].append(row)
            night["ssd_professionals"] += staff
    show(adopters(seed, children, days[-1]), days, lines)
    return lines
