"""What a browser is told to fetch with a page, before the page's first message: the parts of Streamlit's script that it will ask for.

Streamlit's first page names what an empty app needs. Every kind of widget is a file of its own, with others that it needs, which a browser
asks for only when the first one comes; the charts' library, of nearly 5 MB, is the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit
from starlette.types import Message, Send

from ui.shell.navigation import DEFAULT

STATIC = Path(streamlit.__file__).parent / "static"
FIRST_PAGE = "index.html"
# As Streamlit's own manifest names them. These are on nearly every page.
WIDGETS = (
    "elements/Html/Html.tsx",
    "elements/PageLink/PageLink.tsx",
    "widgets/ButtonGroup/ButtonGroup.tsx",
    "widgets/DownloadButton/DownloadButton.tsx",
    "widgets/Selectbox/Selectbox.tsx",
    "widgets/TextInput/TextInput.tsx",
)
CHART = "elements/PlotlyChart/PlotlyChart.tsx"
WITH_CHARTS = frozenset({"child", "corporate_parenting", "countywide", "drift", "journeys", "weekly"})
END_OF_HEAD = b"</head>"
OF_THE_BODY = (b"content-length", b"etag")


@cache
def _manifest() -> dict[str, dict]:
    """Streamlit's files by their source: each with the others that it imports."""
    return json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))


def _needed(sources: Iterable[str]) -> set[str]:
    """The files of some sources, and of all that they import."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        if (source := waiting.pop()) not in found:
            found.add(source)
            waiting += _manifest()[source].get("imports", ())
    return {_manifest()[source]["file"] for source in found}


@cache
def early_files(with_charts: bool) -> tuple[str, ...]:
    """The files that a page needs besides those of an empty app, by their addresses below the app's own."""
    sources = [f"../lib/src/components/{name}" for name in (*WIDGETS, *([CHART] if with_charts else []))]
    return tuple(sorted(_needed(sources) - _needed([FIRST_PAGE])))


def _with_early_files(html: bytes, page: str) -> bytes:
    links = (f'<link rel="modulepreload" crossorigin href="./{file}">' for file in early_files((page or DEFAULT) in WITH_CHARTS))
    return html.replace(END_OF_HEAD, "".join(links).encode() + END_OF_HEAD, 1)


def naming_early_files(send: Send, page: str) -> Send:
    """Sends an answer on; one that is a page (``page``: its address, ``""`` the first) with the files that it needs named in it."""
    begun: dict = {}
    html = bytearray()

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            begun.update(message)
        elif not begun:
            await send(message)
        else:
            html.extend(message.get("body", b""))
            if not message.get("more_body"):
                body = _with_early_files(bytes(html), page)
                kept = [(name, value) for name, value in begun["headers"] if name.lower() not in OF_THE_BODY]
                await send({**begun, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                await send({"type": "http.response.body", "body": body})

    return sent


def _is_html(message: Message) -> bool:
    kind = next((value for name, value in message.get("headers", ()) if name.lower() == b"content-type"), b"")
    return message["status"] == 200 and kind.startswith(b"text/html")
