"""What a browser is told to fetch with a page, before the page's first message: the parts of Streamlit's script that it will ask for, and
ours of tables, links and charts; and our stylesheet.

Streamlit's first page names what an empty app needs. Every kind of widget is a file of its own, with others that it needs, which a browser
asks for only when the first one comes. The charts' library is fetched with the page where a chart is in sight at once, else when the first
one is drawn. What is named is also run early (``scripts/early.js``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from starlette.types import Message, Send

from ui.components import scripts
from ui.outer import own_files
from ui.shell.navigation import DEFAULT

FIRST_PAGE = "index.html"
# As Streamlit's own manifest names them. These are on many pages.
WIDGETS = (
    "elements/Html/Html.tsx",
    "widgets/ButtonGroup/ButtonGroup.tsx",
    "widgets/DownloadButton/DownloadButton.tsx",
    "widgets/Pagination/Pagination.tsx",
    "widgets/Selectbox/Selectbox.tsx",
    "widgets/TextInput/TextInput.tsx",
)
# These are on one page or two.
OF_A_PAGE = {
    "access_record": ("widgets/DateInput/DateInput.tsx",),
    "barriers": ("widgets/Checkbox/Checkbox.tsx", "widgets/NumberInput/NumberInput.tsx"),
    "corporate_parenting": ("widgets/Button/Button.tsx", "widgets/Checkbox/Checkbox.tsx", "widgets/TextArea/TextArea.tsx"),
    "figures": ("widgets/NumberInput/NumberInput.tsx",),
}
# One is in sight before the reader moves the page; on others they stand further down.
BEGIN_WITH_A_CHART = frozenset({"child", "journeys"})
END_OF_HEAD, BODY = b"</head>", b"<body>"
# A part of Streamlit's script puts this before all other styles, once there is something to press and if it is not there. Put before the
# others later, it makes the browser read the fonts and lay out the whole page anew.
PRESSED = '<style id="react-aria-pressable-style">@layer { [data-react-aria-pressable] { touch-action: pan-x pan-y pinch-zoom; } }</style>'
OF_THE_BODY = (b"content-length", b"etag")


@cache
def _manifest() -> dict[str, dict]:
    """Streamlit's files by their source: each with the others that it imports."""
    return json.loads((own_files.STATIC / "manifest.json").read_text(encoding="utf-8"))


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
def early_files(widgets: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Streamlit's files that a page needs besides those of an empty app, by their addresses below the app's own. ``widgets``: what the page
    has besides those of many pages."""
    sources = [f"../lib/src/components/{name}" for name in (*WIDGETS, *widgets)]
    return tuple(sorted(_needed(sources) - _needed([FIRST_PAGE])))


@cache
def _added(widgets: tuple[str, ...], with_library: bool) -> bytes:
    library = own_files.address(own_files.LIBRARY)
    modules = (*early_files(widgets), *([library] if with_library else []))
    links = (f'<link rel="modulepreload" crossorigin href="./{file}">' for file in modules)
    early = f"<script>{scripts.text(scripts.EARLY)}</script>"
    ours = (f'<script defer src="./{own_files.address(path)}"></script>' for path in (own_files.TABLES, own_files.LINKS))
    drawing = f'<script defer src="./{own_files.address(own_files.CHARTS)}" data-library="./{library}"></script>'
    return "".join((PRESSED, *links, early, *ours, drawing)).encode()


def added(page: str) -> bytes:
    """What is added to the head of a page."""
    return _added(OF_A_PAGE.get(page, ()), page in BEGIN_WITH_A_CHART)


def stylesheet() -> bytes:
    """What is added to the body of a page, before everything in it. Streamlit adds to its own styles, in the head, for as long as a page is
    made: ours come after them all, so that of two that are alike ours holds."""
    return f'<link rel="stylesheet" href="./{own_files.address(own_files.STYLESHEET)}">'.encode()


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
                body = bytes(html).replace(END_OF_HEAD, added(page or DEFAULT) + END_OF_HEAD, 1)
                body = body.replace(BODY, BODY + stylesheet(), 1)
                kept = [(name, value) for name, value in begun["headers"] if name.lower() not in OF_THE_BODY]
                await send({**begun, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                await send({"type": "http.response.body", "body": body})

    return sent


def _is_html(message: Message) -> bool:
    kind = next((value for name, value in message.get("headers", ()) if name.lower() == b"content-type"), b"")
    return message["status"] == 200 and kind.startswith(b"text/html")
