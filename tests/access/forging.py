"""What a browser may send in place of a choice of ours: any text, for any widget that the page has drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget, get_widget_state

CHOICES = ("selectbox", "button_group", "multiselect", "radio")
TEXTS = ("text_input", "text_area")


def forgeable(app: AppTest, kinds: tuple[str, ...] = (*CHOICES, *TEXTS)) -> list[Widget]:
    """The widgets of a page that take a text or a choice."""
    return [node for node in app._tree if isinstance(node, Widget) and node.type in kinds]


def forged(app: AppTest, values: dict[str, str], pressed: Iterable[str] = ()) -> AppTest:
    """Send the page's fields, some with a value that the page does not offer, and some buttons pressed, whether the page has them or not:
    {a widget's id: its value}."""
    states = {state.id: state for state in _states(app)}
    for name, value in values.items():
        states[name] = _with(states.get(name, WidgetState(id=name)), value)
    for name in pressed:
        states[name] = WidgetState(id=name, trigger_value=True)
    return app._run(WidgetStates(widgets=states.values()))


def _states(app: AppTest) -> Iterator[WidgetState]:
    for node in app._tree:
        if isinstance(node, Widget) and (state := get_widget_state(node)) is not None:
            yield state


def _with(state: WidgetState, value: str) -> WidgetState:
    kind = state.WhichOneof("value") or "string_value"
    made = WidgetState(id=state.id)
    if kind == "string_array_value":
        made.string_array_value.data.append(value)
    else:
        made.string_value = value
    return made
