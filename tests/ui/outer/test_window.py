"""What a window may send, and what happens in it when its session ends."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.ui.outer.browser import Browser, rerun
from ui.context import made_files
from ui.outer import messages, window


@pytest.fixture
def opened(browser: Browser) -> Browser:
    browser.get("/")
    return browser


def kinds(browser: Browser) -> list[str]:
    return [message.WhichOneof("type") for message in browser.behind.messages]


def of_kind(kind: str) -> BackMsg:
    message = BackMsg()
    if message.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message


def test_what_a_page_sends_is_passed_on_as_it_is(opened):
    opened.window(rerun("Next review in May"), of_kind("stop_script"), of_kind("app_heartbeat"))
    assert opened.behind.messages == [rerun("Next review in May"), of_kind("stop_script"), of_kind("app_heartbeat")]


KINDS = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
REFUSED = sorted(KINDS - {"rerun_script", "stop_script", "app_heartbeat"})


@pytest.mark.parametrize("kind", REFUSED)
def test_every_other_kind_of_message_is_refused_and_the_window_goes_on(opened, kind):
    assert "clear_cache" in REFUSED and "file_urls_request" in REFUSED
    opened.window(of_kind(kind), rerun("after"))
    assert opened.behind.messages == [rerun("after")]


def with_widget(**value: object) -> BackMsg:
    message = rerun("x")
    widget = message.rerun_script.widget_states.widgets[0]
    for name, given in value.items():
        if isinstance(given, list):
            getattr(widget, name).data.extend(given)
        elif name == "string_trigger_value":
            widget.string_trigger_value.data = given
        else:
            setattr(widget, name, given)
    return message


def many_fields(count: int) -> BackMsg:
    message = BackMsg()
    for number in range(count):
        message.rerun_script.widget_states.widgets.add(id=str(number), bool_value=True)
    return message


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (with_widget(string_value="x" * 20_000), with_widget(string_value="x" * 20_001)),
        (with_widget(json_value="x" * 20_000), with_widget(json_value="x" * 20_001)),
        (with_widget(string_trigger_value="x" * 20_000), with_widget(string_trigger_value="x" * 20_001)),
        (with_widget(string_array_value=["x"] * 2_000), with_widget(string_array_value=["x"] * 2_001)),
        (with_widget(string_array_value=["x" * 20_000]), with_widget(string_array_value=["x" * 20_001])),
        (with_widget(int_array_value=[1] * 2_000), with_widget(int_array_value=[1] * 2_001)),
        (many_fields(5_000), many_fields(5_001)),
        (rerun(query_string="x" * 4_000), rerun(query_string="x" * 4_001)),
    ],
)
def test_the_lengths_of_what_is_sent_have_an_end(opened, within, beyond):
    opened.window(beyond, within)
    assert opened.behind.messages == [within]


@pytest.mark.parametrize("kind", ["file_uploader_state_value", "arrow_value", "chat_input_value"])
def test_a_field_that_no_page_has_is_refused(opened, kind):
    message = rerun("x")
    getattr(message.rerun_script.widget_states.widgets[0], kind).SetInParent()
    opened.window(message)
    assert opened.behind.messages == []


@pytest.mark.parametrize("data", [b"\xff\xff\xff", rerun("x" * messages.LONGEST_MESSAGE).SerializeToString()])
def test_what_cannot_be_read_or_has_no_end_is_refused(opened, data):
    opened.window(data, rerun())
    assert opened.behind.messages == [rerun()]


def test_a_refusal_logs_nothing_of_what_was_typed(opened, caplog):
    opened.window(with_widget(string_value="Ava Bickerton" * 2_000))
    (record,) = [record for record in caplog.records if record.name == "tracker.app"]
    assert "a text that is too long" in record.getMessage() and "Bickerton" not in record.getMessage()


def of_file(placeholder: str) -> BackMsg:
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = placeholder
    return message


def test_a_window_makes_the_files_of_its_own_buttons_only(opened, monkeypatch):
    entries = {"mine": {"session_id": "app-session"}, "theirs": {"session_id": "another"}}
    manager = type("Manager", (), {"_deferred_callables": entries})()
    monkeypatch.setattr(made_files.streamlit.runtime, "get_instance", lambda: type("Runtime", (), {"media_file_mgr": manager})())
    opened.window(rerun(), of_file("theirs"), of_file("unknown"), of_file("mine"))
    assert opened.behind.messages == [rerun(), of_file("mine")]


def test_a_window_goes_on_only_with_a_session_of_its_own_browser(opened):
    opened.window(rerun())

    def asked(session: str) -> str:
        opened.window(sec_websocket_protocol=f"streamlit, token, {session}")
        return dict(opened.behind.reached[-1]["headers"])[b"sec-websocket-protocol"].decode()

    assert asked("app-session") == "streamlit, token, app-session"
    assert asked("somebody-elses") == "streamlit, token"


def test_when_the_session_ends_the_page_is_made_once_more_with_nothing_pressed(opened):
    opened.window(rerun("before"), 30 * 60.0, rerun("after"))
    first, *later = opened.behind.messages
    assert first == rerun("before") and len(later) >= 1
    for message in later:
        assert message.WhichOneof("type") == "rerun_script" and not message.rerun_script.widget_states.widgets
        assert message.rerun_script.page_script_hash == "page"


def test_use_keeps_a_session_and_the_browsers_own_beat_does_not(opened):
    by_itself = rerun("beat")
    by_itself.rerun_script.is_auto_rerun = True
    opened.window(rerun("a"), 20 * 60.0, rerun("b"), 20 * 60.0, rerun("c"))
    assert opened.behind.messages == [rerun("a"), rerun("b"), rerun("c")]
    opened.window(20 * 60.0, by_itself, of_kind("app_heartbeat"), 20 * 60.0, rerun("d"))
    assert not opened.behind.messages[-1].rerun_script.widget_states.widgets


def test_what_comes_after_the_end_presses_nothing(opened):
    opened.window(rerun("a"))
    opened.sessions.clock.now += 11 * 3600
    opened.window(rerun("pressed after the end"))
    assert not opened.behind.messages[-1].rerun_script.widget_states.widgets


def test_windows_have_an_end(opened, monkeypatch):
    monkeypatch.setattr(window, "MOST_WINDOWS", 0)
    assert [message["type"] for message in opened.window(rerun())] == ["websocket.close"]
    assert opened.behind.messages == []
