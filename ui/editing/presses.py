"""A press of a button reaches its callback, whatever comes after it.

With every event Streamlit stops the runner of the event before, at once. A press that its runner had not yet taken up, or whose
callback was just reading a field, was dropped with it: on a busy machine that is a second or more after the press. Here a runner that
holds a press does its callbacks first and stops then. ``tests/ui/test_presses.py`` holds the locked version of Streamlit to it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

STOPS_LATER = "_stops_after_its_press"


def _holds_a_press(requests: ScriptRequests) -> bool:
    """Whether a press waits to be taken up. The caller holds the lock."""
    if requests._state != ScriptRequestType.RERUN or requests._rerun_data.widget_states is None:
        return False
    return any(script_requests._has_active_trigger_value(state) for state in requests._rerun_data.widget_states.widgets)


def keep_presses() -> None:
    """Put it in place, once for the process."""
    if hasattr(ScriptRequests.request_stop, "__wrapped__"):
        return
    stop, yielded, will_rerun = (
        ScriptRequests.request_stop,
        ScriptRequests.on_scriptrunner_yield,
        SafeSessionState.on_script_will_rerun,
    )

    @wraps(stop)
    def request_stop(self: ScriptRequests) -> None:
        with self._lock:
            waits = _holds_a_press(self)
            if waits:
                setattr(self, STOPS_LATER, True)
        if not waits:
            stop(self)

    @wraps(yielded)
    def on_scriptrunner_yield(self: ScriptRequests):
        # The press has been taken up, and its callbacks are done: nothing yields before they are (below).
        if getattr(self, STOPS_LATER, False) and self._state == ScriptRequestType.CONTINUE:
            stop(self)
        return yielded(self)

    @wraps(will_rerun)
    def on_script_will_rerun(self: SafeSessionState, *arguments: Any, **named: Any) -> None:
        # Each look at the session's state is otherwise a place where the runner may be stopped, in the midst of a callback too.
        pause = self._yield_callback
        object.__setattr__(self, "_yield_callback", lambda: None)
        try:
            will_rerun(self, *arguments, **named)
        finally:
            object.__setattr__(self, "_yield_callback", pause)

    for of, ours in (
        (ScriptRequests, request_stop),
        (ScriptRequests, on_scriptrunner_yield),
        (SafeSessionState, on_script_will_rerun),
    ):
        setattr(of, ours.__name__, ours)
