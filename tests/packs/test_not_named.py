"""What is kept for good is not made of real children while the council has no name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.storage.opening import open_casework
from data.invented import UNNAMED, CouncilNotNamed
from metrics.engine.engine import Engine
from packs.corporate.publishing import publish_pack
from packs.panel.freezing import freeze_panel

DAY = date(2026, 10, 31)


def test_nothing_is_frozen_or_published_while_the_council_has_no_name(engine: Engine, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Engine, "is_synthetic", False)
    casework = open_casework(replace(engine.settings, folder=tmp_path))
    assert engine.council == UNNAMED
    for keep in (
        lambda: freeze_panel(casework, engine, "hertfordshire", DAY, "Jo Clerk"),
        lambda: publish_pack(engine, casework, DAY, "Jo Clerk"),
    ):
        with pytest.raises(CouncilNotNamed, match=r"give it as council in settings\.toml"):
            keep()
    casework.close()
