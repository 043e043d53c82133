"""The page's address says what the page shows, so that it can be sent to a colleague.

A choice stands in the address unless it is the usual one. Coming to a page from the menu, whose links carry no choices, brings
back the last ones made there; a link that carries some brings exactly those; and the browser's back button is obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote_plus

import streamlit

from access.roles import RIGHTS
from data.errors import TrackerError
from words.dates import BRITISH

DATE = "date"
BEGAN, ARRIVED, LAST_PAGE, ROOT = "began", "arrived", "last page", "root page"
SETTLED, IN_WORDS, ASKED_FOR = "settled choices", "choices in words", "choices asked for"
FIGURES_OF = "day of the figures"
# When the reader changes the first, the others are choices within what it was, and go from the address.
WITHIN = {DATE: ("from",), "service": ("team", "worker"), "team": ("worker",), "route": ("step",)}
POLICY = "policy"
OFFERED_IN_WORDS = 12
WIDE = 560  # pixels: a select box of titles of rules, which a narrow one cuts off
COUNTYWIDE, CHILDREN, TEAM, CHILD, DATA_QUALITY, FIGURES = "countywide", "children", "team", "child", "data_quality", "figures"
# Where somebody's visit may begin: with each role, without one, and without a sign-in.
FIRST_PAGES = frozenset({*(rights.first_page for rights in RIGHTS.values()), "", COUNTYWIDE})


def not_there(noun: str, asked: str) -> str:
    """That the address asks for what is not there, in a sentence."""
    return f"The web address asks for the {noun} '{asked}', which is not available here."


class NotThere(TrackerError):
    """The address makes a choice that is not there: a team, a rule, a day. ``name`` is the choice's in the address."""

    def __init__(self, name: str, asked: str, offered: str) -> None:
        self.name = name
        super().__init__(f"{not_there(name.replace('_', ' '), asked)} {offered}")


def page_file(page: str) -> str:
    """A page's file, as Streamlit names it."""
    return f"pages/{page}.py"


# A choice may be called as a parameter is here: anyone can write ?page=1.
def parameters(as_at: date | None, /, **choices: str | None) -> dict[str, str]:
    """What an address carries: the choices that are made, and the reporting date unless it is None (the night's own)."""
    made = {name: value for name, value in choices.items() if value}
    return made | ({DATE: as_at.isoformat()} if as_at else {})


def link(page: str, as_at: date | None = None, /, **choices: str | None) -> str:
    """The address of a page with its choices, to stand in a link of ours."""
    made = "&".join([f"{_quoted(name)}={_quoted(str(value))}" for name, value in parameters(as_at, **choices).items()])
    return ("./" if page in FIRST_PAGES and page == root() else page) + (f"?{made}" if made else "")


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    """Text as an address has it. A page of figures says the same rules, teams and days in a thousand links."""
    return quote_plus(text)


def root() -> str:
    """The page that the tracker's bare address opens, which is the first of the reader's."""
    return streamlit.session_state.get(ROOT, COUNTYWIDE)


def go(page: str, as_at: date | None = None, /, **choices: str | None) -> None:
    """Leave this page for another."""
    streamlit.switch_page(page_file(page), query_params=parameters(as_at, **choices))


def read_day(text: str | None) -> date | None:
    """A day as the address (2026-10-31) or a person (31/10/2026) writes it; None for anything else."""
    for form in ("%Y-%m-%d", BRITISH):
        try:
            return datetime.strptime((text or "").strip(), form).date()
        except ValueError:
            continue
    return None


def _memory(name: str) -> str:
    return f"last {name}"


def arrive(page: str, root_page: str = COUNTYWIDE) -> None:
    """Begin a page: note whether this rerun begins a visit, and whether it has come from another page. No choice is settled yet.

    ``root_page``: the page that the tracker's bare address opens for this reader.
    """
    streamlit.session_state[ROOT] = root_page
    streamlit.session_state[SETTLED] = set()
    streamlit.session_state[IN_WORDS] = {}
    streamlit.session_state[FIGURES_OF] = None
    streamlit.session_state[ASKED_FOR] = frozenset(streamlit.query_params)
    streamlit.session_state[BEGAN] = LAST_PAGE not in streamlit.session_state
    streamlit.session_state[ARRIVED] = streamlit.session_state.get(LAST_PAGE) != page
    streamlit.session_state[LAST_PAGE] = page


def settled() -> set[str]:
    """The names of the choices that this page has offered so far. A name is one choice on a page."""
    return streamlit.session_state[SETTLED]


def asked_for(name: str) -> bool:
    """Whether the address named a choice when this rerun began: what this page has chosen since stands there too."""
    return name in streamlit.session_state[ASKED_FOR]


def in_words(names: Iterable[str]) -> tuple[str, ...]:
    """Those of a page's choices that are not the usual ones, each in words: what it is, and what is chosen."""
    said: dict[str, str] = streamlit.session_state[IN_WORDS]
    return tuple(said[name] for name in names if name in said)


def show_figures_of(day: date) -> None:
    """Note that the page shows figures of another day than the reporting date: those of a pack that was published."""
    streamlit.session_state[FIGURES_OF] = day


def figures_of(as_at: date) -> date:
    """The day of the figures that the page shows: the reporting date, unless it has noted another."""
    return streamlit.session_state[FIGURES_OF] or as_at


def _this_page() -> tuple[str, dict[str, str]]:
    """The page, and the choices that are in its address."""
    return streamlit.session_state[LAST_PAGE] or root(), streamlit.query_params.to_dict()


def otherwise(name: str, values: Iterable[str | None]) -> list[str]:
    """The addresses of this page with one of its choices made otherwise, in each of these ways (None: not made)."""
    page, made = _this_page()
    return [link(page, None, **{**made, name: value}) for value in values]


def with_choices(choices: Mapping[str, str]) -> str:
    """The address of this page with more choices made."""
    page, made = _this_page()
    return link(page, None, **{**made, **choices})


def without(*names: str) -> str:
    """The address of this page without some of its choices."""
    page, made = _this_page()
    return link(page, None, **{**made, **dict.fromkeys(names)})


def given(name: str, page_names: Iterable[str]) -> str | None:
    """A choice: from the address, else (on coming from another page by an address that makes none) the last one made here."""
    if name in streamlit.query_params:
        return streamlit.query_params[name]
    if not streamlit.session_state[ARRIVED] or any(other in streamlit.query_params for other in page_names):
        return None
    return streamlit.session_state.get(_memory(name))


def keep(name: str, value: str | None) -> None:
    """Put a choice into the address, or take it out (None: the usual one)."""
    streamlit.session_state[_memory(name)] = value
    if value is None:
        if name in streamlit.query_params:
            del streamlit.query_params[name]
    elif streamlit.query_params.get(name) != value:
        streamlit.query_params[name] = value


def changed(name: str, value: str | None) -> None:
    """The reader has made a choice: put it into the address, and take out the choices that were made within what was chosen before."""
    keep(name, value)
    inner = [other for other in streamlit.query_params if other not in (DATE, POLICY)] if name == POLICY else WITHIN.get(name, ())
    for other in inner:
        keep(other, None)


def choose(
    label: str,
    options: Sequence[str],
    name: str,
    page_names: Iterable[str],
    words: Callable[[str], str] = str,
    width: int = 330,
    always: bool = False,
    known: Callable[[str], bool] = lambda value: False,
    usual: str | None = None,
    when_chosen: Callable[[str], None] | None = None,
    unwritten: Sequence[str] = (),
) -> str:
    """A select box whose choice stands in the address; the first option is the usual one, unless ``usual`` names another.

    ``always``: the usual choice too stands in the address, so that a link sent today means the same tomorrow. ``known``: whether a
    choice that is not offered here is there all the same; any other in the address raises NotThere. ``when_chosen``: what else is done
    with what the reader chooses in the box. ``unwritten``: what is left out of the address when it is chosen, beside the usual one.
    """
    asked = given(name, page_names)
    if asked and asked not in options and known(asked):
        options = [*options, asked]
    first = usual or options[0]
    key, chosen = _settle(options, name, page_names, first, always, when_chosen=when_chosen, unwritten=unwritten)
    _note(label, name, words, left_out=streamlit.session_state[key] == first)
    return streamlit.selectbox(label, options, key=key, format_func=words, on_change=chosen, width=width)


def switch(
    label: str,
    options: Sequence[str],
    name: str,
    words: Callable[[str], str],
    usual: str | None = None,
    known: Sequence[str] = (),
) -> str:
    """A few choices of ours side by side, one of them in the address. Never data: Streamlit reads these as Markdown.

    ``known``: choices that there are elsewhere; in the address here they mean the usual one.
    """
    first = usual or options[0]
    key, chosen = _settle(options, name, (name,), first, known=known)
    _note(label, name, words, left_out=streamlit.session_state[key] == first)
    picked = streamlit.segmented_control(label, options, key=key, format_func=words, on_change=chosen, required=True)
    return first if picked is None else picked


def _note(label: str, name: str, words: Callable[[str], str], left_out: bool) -> None:
    """Keep a choice in words for the files of the page's lists; the usual one narrows nothing."""
    if not left_out:
        streamlit.session_state[IN_WORDS][name] = f"{label}: {words(streamlit.session_state[f'choose {name}'])}"


def _settle(
    options: Sequence[str],
    name: str,
    page_names: Iterable[str],
    usual: str,
    always: bool = False,
    known: Sequence[str] = (),
    when_chosen: Callable[[str], None] | None = None,
    unwritten: Sequence[str] = (),
) -> tuple[str, Callable[[], None]]:
    """Set a widget to what the address says; gives its key, and what to do when the reader changes it. Raises NotThere."""
    settled().add(name)
    asked = given(name, page_names)
    if asked is not None and name in streamlit.query_params and asked not in (*options, *known):
        offered = [option for option in options if option][:OFFERED_IN_WORDS]
        more = ", and others" if len(options) > OFFERED_IN_WORDS + 1 else ""
        raise NotThere(
            name, asked, f"Choose from: {', '.join(offered)}{more}." if offered else "There is nothing to choose from."
        )
    value = asked if asked in options else usual
    left_out = None if always else usual
    keep(name, None if value == left_out else value)
    key = f"choose {name}"
    streamlit.session_state[key] = value

    def chosen() -> None:
        taken = streamlit.session_state[key]
        changed(name, None if taken in (left_out, *unwritten) else taken)
        if when_chosen:
            when_chosen(taken)

    return key, chosen
