"""The case system that a folder's column names point to, whatever the form of the files' names and bytes."""

from __future__ import annotations

import pytest

from data.reading.recognising import propose_by_headers
from tests.data.small_night import SMALL
from tests.support.extracts import write_extracts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["{}.csv", "dbo.{}.csv", "{}_20261031.CSV", "HDM.dbo.{}_2026-10-31.csv"])
def test_a_system_is_proposed_whatever_stands_beside_the_names_of_tables(tmp_path, name, encoding):
    folder = write_extracts(tmp_path, SMALL)
    for path in list(folder.iterdir()):
        text = path.read_text(encoding="utf-8").replace("clap_person_id", "other").replace("invo_person_id", "other")
        path.unlink()
        (folder / name.format(path.stem)).write_text(text, encoding=encoding)
    assert 'set system = "mosaic"' in propose_by_headers(folder)
