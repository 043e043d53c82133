"""The panel's pack of the shared county, written once; and a small county."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.store.store import Store
from data.synthetic import write_county
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.panel.pack import write_panel_pack
from tests.packs.reading_back import read_pack
from tests.support.once_a_run import made_once
from tests.support.scopes import asking


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A county of 60 children on 31 October 2026, whose patterns are quickly found; its extracts lie beside the store. Never change it."""
    as_at = date(2026, 10, 31)

    def make(folder: Path) -> None:
        (extracts,) = write_county(folder / "extracts", children=60, seed=11, nights=1, as_at=as_at)
        run_nightly(Store(folder / "store"), extracts, as_at)

    return Store(made_once(tmp_path_factory, "small-county", make) / "store")


@pytest.fixture(scope="session")
def pack_file(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack as a file."""
    return write_panel_pack(engine, tmp_path_factory.mktemp("pack") / "panel.xlsx", scope=asking(), full=True)


@pytest.fixture(scope="session")
def pack(pack_file: Path) -> Workbook:
    """The pack, read back. Shared: read it, never change it."""
    return read_pack(pack_file)
