"""What a browser may say over the websocket, and what of it is passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

# Whole messages, and within them: the address's choices, one text, the entries of one list, and the fields of a page.
LONGEST_MESSAGE = 1_000_000
LONGEST_QUERY = 4_000
LONGEST_TEXT = 20_000
MOST_ENTRIES = 2_000
MOST_FIELDS = 5_000
TEXTS = ("string_value", "json_value", "json_trigger_value")
LISTS = ("string_array_value", "double_array_value", "int_array_value")
# Values of widgets that no page has: a file, an edited table, a chat, bytes.
NOT_OURS = ("file_uploader_state_value", "arrow_value", "bytes_value", "chat_input_value")


class Refused(ValueError):
    """A message that is not passed on; the words hold nothing of what was typed."""


def read(data: bytes) -> BackMsg:
    """A message. Raises Refused."""
    if len(data) > LONGEST_MESSAGE:
        raise Refused("a message that is too long")
    try:
        return BackMsg.FromString(data)
    except Exception:  # protobuf's own errors have no common class
        raise Refused("a message that cannot be read") from None


def check(message: BackMsg, may_make: Callable[[str], bool]) -> None:
    """Refuse a message that no page of ours sends. ``may_make``: whether a file's button is this session's. Raises Refused."""
    kind = message.WhichOneof("type")
    if kind == "rerun_script":
        _check_rerun(message.rerun_script)
    elif kind == "backend_operation_request":
        request = message.backend_operation_request
        if request.WhichOneof("payload") != "deferred_file" or not may_make(request.deferred_file.file_id):
            raise Refused("a request for something that is not this session's")
    elif kind not in ("stop_script", "app_heartbeat"):
        raise Refused(f"a message of the kind {kind}")


def is_use(message: BackMsg) -> bool:
    """Whether somebody has done something, as against the browser's own beat."""
    kind = message.WhichOneof("type")
    return kind == "backend_operation_request" or (kind == "rerun_script" and not message.rerun_script.is_auto_rerun)


def _check_rerun(state: ClientState) -> None:
    if len(state.query_string) > LONGEST_QUERY:
        raise Refused("an address that is too long")
    widgets = state.widget_states.widgets
    if len(widgets) > MOST_FIELDS:
        raise Refused("too many fields")
    for widget in widgets:
        _check_value(widget)


def _check_value(widget: WidgetState) -> None:
    kind = widget.WhichOneof("value")
    if kind in NOT_OURS:
        raise Refused(f"a field of the kind {kind}")
    if kind in TEXTS:
        _check_length([getattr(widget, kind)])
    elif kind in LISTS:
        entries = getattr(widget, kind).data
        if len(entries) > MOST_ENTRIES:
            raise Refused("a list that is too long")
        _check_length(entry for entry in entries if isinstance(entry, str))
    elif kind == "string_trigger_value":
        _check_length([widget.string_trigger_value.data])


def _check_length(texts: Iterable[str]) -> None:
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Refused("a text that is too long")


def bare(message: BackMsg | None) -> bytes:
    """The same page once more, with nothing that was pressed or typed."""
    plain = BackMsg()
    plain.rerun_script.SetInParent()
    if message is not None and message.WhichOneof("type") == "rerun_script":
        plain.rerun_script.page_script_hash = message.rerun_script.page_script_hash
        plain.rerun_script.page_name = message.rerun_script.page_name
    return plain.SerializeToString()
