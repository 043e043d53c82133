"""What a browser is told to fetch with a page, before the page's first message: the parts of Streamlit's script that it will ask for, and
ours that draws charts.

Streamlit's first page names what an empty app needs. Every kind of widget is a file of its own, with others that it needs, which a browser
asks for only when the first one comes. The charts' library is run before the page's first message where the page has charts; whoever comes
to such a page from another fetches it then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit
from starlette.types import Message, Send

from ui.outer import own_files
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
def early_files() -> tuple[str, ...]:
    """Streamlit's files that a page needs besides those of an empty app, by their addresses below the app's own."""
    sources = [f"../lib/src/components/{name}" for name in WIDGETS]
    return tuple(sorted(_needed(sources) - _needed([FIRST_PAGE])))


@cache
def added(with_charts: bool) -> str:
    """What is added to the head of a page. Deferred scripts run in their order, after Streamlit's own has begun to ask for the page."""
    links = (f'<link rel="modulepreload" crossorigin href="./{file}">' for file in early_files())
    library = f"./{own_files.address(own_files.LIBRARY)}"
    early = f'<script defer src="{library}"></script>' if with_charts else ""
    return (
        "".join(links) + early + f'<script defer src="./{own_files.address(own_files.CHARTS)}" data-library="{library}"></script>'
    )


def _with_early_files(html: bytes, page: str) -> bytes:
    return html.replace(END_OF_HEAD, added((page or DEFAULT) in WITH_CHARTS).encode() + END_OF_HEAD, 1)


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
