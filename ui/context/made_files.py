"""Files that were made to be downloaded: each has a name that nobody can guess, and is given to the browser session that made it.

This is one of the places that know Streamlit's private members; ``tests/ui/outer`` fails when they change.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable

import streamlit.runtime
from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST_KEPT = 2_000
_owners: OrderedDict[str, str] = OrderedDict()
_making = threading.local()
_lock = threading.Lock()


def this_app_session() -> str | None:
    """Streamlit's session in which this rerun is; None outside one."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else None


def make_for(app_session: str | None) -> None:
    """The file that this thread makes next is for one of Streamlit's sessions: it is made when its button is pressed, outside the page."""
    _making.session = app_session


def name_files() -> None:
    """From now on, name files by chance. By Streamlit's own naming two large files that differ in the middle alone have one name."""
    memory_media_file_storage._calculate_file_id = _new_name


def _new_name(data: bytes, mimetype: str, filename: str | None = None) -> str:
    made = secrets.token_hex(28)
    owner = this_app_session() or getattr(_making, "session", None)
    _making.session = None
    if owner:
        with _lock:
            _owners[made] = owner
            while len(_owners) > MOST_KEPT:
                _owners.popitem(last=False)
    return made


def may_take(path: str, app_sessions: Iterable[str]) -> bool:
    """Whether a file (its address below /media/) was made in one of these sessions, whose page is still open."""
    owner = _owners.get(path.partition(".")[0])
    return owner is not None and owner in app_sessions and streamlit.runtime.get_instance().is_active_session(owner)


def may_make(placeholder: str, app_session: str | None) -> bool:
    """Whether the file that a button stands for is one of this session's."""
    entry = streamlit.runtime.get_instance().media_file_mgr._deferred_callables.get(placeholder)
    return entry is not None and app_session is not None and entry["session_id"] == app_session


def forget(app_session: str) -> None:
    """A page has been closed: what it made is given to nobody any more."""
    with _lock:
        for name in [name for name, owner in _owners.items() if owner == app_session]:
            del _owners[name]
