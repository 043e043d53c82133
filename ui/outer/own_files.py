"""The scripts of ours that a browser fetches and keeps: the one that draws charts, and the library that it draws with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response

from ui.components import scripts

FOLDER = Path(scripts.__file__).parent
CHARTS, LIBRARY = FOLDER / "charts.js", FOLDER / "plotly_basic" / "plotly-basic.min.js"
# Among Streamlit's own, which has no folder of this name. A changed file has another name, so that a browser may keep each for good.
ADDRESS = "static/tracker/{stem}.{digest}.js"
KEPT = "public, immutable, max-age=31536000"


@cache
def address(path: Path) -> str:
    """Where a file is answered, below the app's own address."""
    return ADDRESS.format(stem=path.stem, digest=hashlib.sha256(path.read_bytes()).hexdigest()[:12])


@cache
def _answers() -> dict[str, Response]:
    headers = {"Cache-Control": KEPT}
    return {f"/{address(path)}": Response(path.read_bytes(), 200, headers, "text/javascript") for path in (CHARTS, LIBRARY)}


def answer(path: str) -> Response | None:
    """The answer to a request for one of these files, by its ``path`` below the app's own; None for any other."""
    return _answers().get(path)
