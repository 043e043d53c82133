"""The files that a browser fetches once and keeps: Streamlit's, our stylesheet and scripts of tables, links and charts, and the charts'
library.

They are answered from memory. A fresh tab asks for a hundred of them before it can begin, and Streamlit opens and reads each anew.
Scripts and styles are compressed, once: Streamlit leaves that to a proxy, and a first visit would fetch three times as much.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import Response

from ui.components import scripts

# Streamlit's first page, and below it the files of its own.
STATIC = Path(streamlit.__file__).parent / "static"
FOLDER = Path(scripts.__file__).parent
STYLESHEET = FOLDER.parent / "style.css"
TABLES, LINKS, CHARTS = FOLDER / "tables.js", FOLDER / "links.js", FOLDER / "charts.js"
LIBRARY = FOLDER / "plotly_basic" / "plotly-basic.min.js"
# Among Streamlit's own, which has no folder of this name. A changed file has another name, so that a browser may keep each for good.
ADDRESS = "static/tracker/{stem}.{digest}{suffix}"
# Asks Chromium to compile all of the charts' library while it is fetched, beside the page. Without it each function is compiled when it is
# first called, and the page waits; other browsers take it for a comment.
COMPILED_EARLY = b"//# allFunctionsCalledOnLoad\n"
KEPT = {"Cache-Control": "public, immutable, max-age=31536000"}
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
# A font is compressed already.
COMPRESSED = (".css", ".js")


@cache
def address(path: Path) -> str:
    """Where a file of ours is answered, below the app's own address."""
    return ADDRESS.format(stem=path.stem, digest=hashlib.sha256(content(path)).hexdigest()[:12], suffix=path.suffix)


def content(path: Path) -> bytes:
    """What is answered of a file."""
    return (COMPILED_EARLY if path == LIBRARY else b"") + path.read_bytes()


@cache
def _files() -> dict[str, Path]:
    """Every file by its address."""
    streamlits = {
        f"/{path.relative_to(STATIC).as_posix()}": path for path in (STATIC / "static").rglob("*") if path.suffix in KINDS
    }
    return streamlits | {f"/{address(path)}": path for path in (STYLESHEET, TABLES, LINKS, CHARTS, LIBRARY)}


@cache
def _answer(path: Path, takes_gzip: bool) -> Response:
    body, headers = content(path), KEPT
    if path.suffix in COMPRESSED:
        headers = {**KEPT, "Vary": "Accept-Encoding"}
        if takes_gzip:
            body, headers = gzip.compress(body, mtime=0), {**headers, "Content-Encoding": "gzip"}
    return Response(body, 200, headers, KINDS[path.suffix])


def answer(path: str, encodings: str = "") -> Response | None:
    """The answer to a request for one of these files, by its ``path`` below the app's own; None for any other.

    ``encodings``: what the request says that it accepts (``Accept-Encoding``).
    """
    file = _files().get(path)
    return _answer(file, "gzip" in encodings) if file else None
