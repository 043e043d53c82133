"""A published night of a synthetic county, for the benchmarks that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import BUILD
from benchmarks.nightly import AS_AT, county_extracts
from data.settings import FILE_NAME
from data.store.store import Store
from metrics.nightly import run_nightly


@contextmanager
def published_store(children: int, progress: Callable[[str], None], settings: str = "") -> Iterator[Store]:
    """A store with one night of so many children in care, made by the code as it is now, and gone afterwards.

    ``settings``: what its ``settings.toml`` says.
    """
    extracts = county_extracts(children, progress)
    with TemporaryDirectory(dir=BUILD) as folder:
        store = Store(Path(folder) / "store")
        store.path.mkdir()
        (store.path / FILE_NAME).write_text(settings, encoding="utf-8")
        progress(f"publishing a night of {children:,} children in care")
        run_nightly(store, extracts, AS_AT)
        yield store
