"""The panel's pack of the shared county, written once."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from metrics.engine.engine import Engine
from packs.panel.pack import write_panel_pack
from tests.packs.reading_back import read_pack
from tests.support.scopes import asking


@pytest.fixture(scope="session")
def pack_file(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack as a file."""
    return write_panel_pack(engine, tmp_path_factory.mktemp("pack") / "panel.xlsx", scope=asking(), full=True)


@pytest.fixture(scope="session")
def pack(pack_file: Path) -> Workbook:
    """The pack, read back. Shared: read it, never change it."""
    return read_pack(pack_file)
