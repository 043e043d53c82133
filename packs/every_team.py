"""One kind of pack for each of many teams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.file_names import file_name
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from packs.saving import XLSX, PackError


def write_for_every_team(
    engine: Engine, folder: Path, kind: str, write: Callable[[Path, str, str], Path], service: str | None, as_at: date | None
) -> list[Path]:
    """Write a pack for every team (of one service, or of the county) into a folder that is there; gives the paths back.

    ``write`` takes the file's path, the service and the team. A file is named by ``kind``, its team and the reporting date.
    """
    if not folder.is_dir():
        raise PackError(f"The folder {folder} does not exist; create it, or write the packs elsewhere.")
    day = as_at or engine.as_at
    groups = engine.groups(Scope.whole_council(roles=NO_ROLES), day)
    groups = groups if service is None else groups[groups["service"] == service]
    paths: list[Path] = []
    for group in groups.itertuples():
        name = file_name(f"{kind} {group.team} {day.isoformat()}", XLSX, (path.name for path in paths))
        paths.append(write(folder / name, group.service, group.team))
    return paths
