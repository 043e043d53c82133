"""The headers of every answer, and what a page may load and run: the content security policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import streamlit

from ui.components import scripts

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def hash_of(script: bytes) -> str:
    """A script as the policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


@cache
def inline_scripts() -> tuple[str, ...]:
    """The scripts that stand in a page itself: Streamlit's own in its first page, and ours."""
    first_page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    ours = (scripts.text(name).encode() for name in scripts.SCRIPTS)
    return tuple(hash_of(script) for script in (*INLINE.findall(first_page), *ours))


def content_policy(host: str) -> str:
    """Only this app's files and the scripts that are named by their hash.

    Styles stand in the page: Streamlit and our tables write them. Streamlit reads its messages with WebAssembly, which is not ``eval``.
    """
    sources = {
        "default-src": ("'none'",),
        "object-src": ("'none'",),
        "script-src": ("'self'", "'wasm-unsafe-eval'", *inline_scripts()),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:"),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'", f"ws://{host}", f"wss://{host}"),
        "media-src": ("'self'",),
        "manifest-src": ("'self'",),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
        "frame-ancestors": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())


ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
DROPPED = (b"access-control-", b"server")


def answer_headers(
    given: Iterable[tuple[bytes, bytes]], host: str, is_asset: bool, secure: bool, cookies: Iterable[str] = ()
) -> list[tuple[bytes, bytes]]:
    """An answer's headers with ours. ``is_asset``: a file of the program's own, which a browser may keep. ``secure``: by https."""
    ours = dict(ALWAYS) | {"Content-Security-Policy": content_policy(host)}
    if not is_asset:
        ours["Cache-Control"] = "no-store"
    if secure:
        ours["Strict-Transport-Security"] = "max-age=31536000"
    names = {name.lower().encode() for name in ours}
    kept = [(name, value) for name, value in given if name.lower() not in names and not name.lower().startswith(DROPPED)]
    kept += [(b"set-cookie", cookie.encode("latin-1")) for cookie in cookies]
    kept = [(name, _secured(value) if secure and name.lower() == b"set-cookie" else value) for name, value in kept]
    return [*kept, *((name.lower().encode(), value.encode("latin-1")) for name, value in ours.items())]


def _secured(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"
