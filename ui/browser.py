"""What is remembered of one browser for as long as it stays open, over links and reloads: who is writing, and words not yet saved.

Streamlit forgets a reader at every link that is followed. Its own cookie against forged requests is one secret a browser, gone when
the browser closes; by it the server finds its notes again. They are kept in the server's memory only.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from hashlib import sha256
from threading import Lock

import streamlit

COOKIE = "_streamlit_xsrf"
FORM = re.compile(r"2\|(?P<mask>[0-9a-f]{8})\|(?P<masked>([0-9a-f]{2}){16,})\|(?P<time>\d+)")
BROWSERS = 500
MEMORY = "browser memory"


class Notes:
    """The notes about every browser, the latest used last; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._of_browser: OrderedDict[str, dict] = OrderedDict()
        self._lock = Lock()

    def of(self, browser: str) -> dict:
        with self._lock:
            notes = self._of_browser.setdefault(browser, {})
            self._of_browser.move_to_end(browser)
            while len(self._of_browser) > BROWSERS:
                self._of_browser.popitem(last=False)
            return notes


@streamlit.cache_resource(show_spinner=False)
def _notes() -> Notes:
    return Notes()


def secret(cookie: object) -> str | None:
    """What the secret in the cookie is known by here (the cookie looks different at every request); None for no such cookie.

    The cookie is ``2|<mask>|<masked secret>|<time>`` in hexadecimal; the mask is laid over the secret again and again.
    """
    found = FORM.fullmatch(cookie) if isinstance(cookie, str) else None
    if found is None:
        return None
    mask, masked = bytes.fromhex(found["mask"]), bytes.fromhex(found["masked"])
    plain = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked))
    return sha256(plain + found["time"].encode()).hexdigest()


def memory() -> dict:
    """The notes about this browser; without its cookie, about this visit only."""
    known = secret(streamlit.context.cookies.get(COOKIE))
    return _notes().of(known) if known else streamlit.session_state.setdefault(MEMORY, {})
