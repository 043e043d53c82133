"""What a browser may send in place of a choice of ours: any text, for any widget that the page has drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget, get_widget_state

from access.roles import Role
from metrics.engine.scope import Scope
from tests.access.council import Council

CHOICES = ("selectbox", "button_group", "multiselect", "radio")
TEXTS = ("text_input", "text_area")
WORKERS = "select worker, count(*) from spine where as_at = $day and worker like '% %' group by all order by 2 desc, 1"


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


@dataclass(frozen=True)
class Foreign:
    """What to send in place of what a role's pages offer: a child whom the role may not see, and a team, service and worker of others
    where there are any; a night and a panel that nobody has."""

    child: str
    team: str
    service: str
    worker: str
    date: str = "01/01/2031"
    panel: str = "2031-01-01"

    def values(self, key: str | None) -> set[str]:
        """What to send for a widget, by what its key says that it is about: a child in any case."""
        about = {name: value for name, value in vars(self).items() if name in (key or "") and value}
        return {self.child, *about.values()}


def foreign_to(council: Council, role: Role) -> Foreign:
    scope, whole = council.scope(role), Scope.whole_council_with_names()
    mine, every = council.engine.groups(scope), council.engine.groups(whole)

    def other(column: str) -> str:
        return next((name for name in every[column] if name not in set(mine[column])), "")

    def workers(asking: Scope) -> list[str]:
        night = council.engine.as_at
        with council.engine.view(asking, (night,), ()) as view:
            return [row[0] for row in view.execute(WORKERS, {"day": night}).fetchall()]

    seen = set(workers(scope))
    worker = next((name for name in workers(whole) if name not in seen), "")
    return Foreign(council.stranger(role), other("team"), other("service"), worker)
