"""The council whose people sign in, over a borough that uses every policy and has held a panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.access.council import Council, with_people
from tests.pages.council import publish_borough


@pytest.fixture(scope="session")
def council(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Council:
    """Shared by all tests: read it, never change it."""
    return with_people(publish_borough(tmp_path_factory.mktemp("signed_in"), county_nights[-1]))
