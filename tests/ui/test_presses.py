"""A press that has not been taken up when the next event comes is done all the same, and a callback is not stopped half way."""

from __future__ import annotations

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from ui.editing.presses import keep_presses


@pytest.fixture(autouse=True)
def kept() -> None:
    keep_presses()


def states(**values: object) -> WidgetStates:
    """What the browser sends: a press for True, else the text of a field."""
    made = WidgetStates()
    for name, value in values.items():
        widget = made.widgets.add()
        widget.id = name
        if value is True:
            widget.trigger_value = True
        else:
            widget.string_value = str(value)
    return made


def test_a_runner_with_a_press_takes_it_up_and_stops_then():
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states(save=True, words="Half")))
    requests.request_stop()  # the next event, or the reader has left
    taken = requests.on_scriptrunner_ready()
    assert taken.type == ScriptRequestType.RERUN
    assert [widget.id for widget in taken.rerun_data.widget_states.widgets] == ["save", "words"]
    assert requests.on_scriptrunner_yield().type == ScriptRequestType.STOP
    assert requests.on_scriptrunner_ready().type == ScriptRequestType.STOP


def test_a_runner_without_a_press_stops_at_once():
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states(words="Half")))
    requests.request_stop()
    assert requests.on_scriptrunner_ready().type == ScriptRequestType.STOP


def test_a_runner_that_is_at_work_stops_where_it_next_may():
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states(save=True)))
    assert requests.on_scriptrunner_ready().type == ScriptRequestType.RERUN
    assert requests.on_scriptrunner_yield() is None
    requests.request_stop()
    assert requests.on_scriptrunner_yield().type == ScriptRequestType.STOP


def test_a_callback_reads_the_fields_though_the_runner_is_to_stop():
    def stopped() -> None:
        raise StopException()

    read: list[object] = []

    class Called(SessionState):
        """A session in which a press calls back at once."""

        def on_script_will_rerun(self, *arguments: object, **named: object) -> None:
            read.append(safe["words"])

    safe = SafeSessionState(Called(), stopped)
    safe._state._new_session_state["words"] = "Half a thought"
    safe.on_script_will_rerun(states(save=True))
    assert read == ["Half a thought"]
    with pytest.raises(StopException):
        safe["words"]


def test_it_is_put_in_place_once():
    before = (ScriptRequests.request_stop, SafeSessionState.on_script_will_rerun)
    keep_presses()
    assert (ScriptRequests.request_stop, SafeSessionState.on_script_will_rerun) == before
