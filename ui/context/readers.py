"""Who reads: the person who has signed in, with the roles that they have at this moment.

Worked out anew whenever it is asked, so that a role that is taken away is gone at the next click.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit
from streamlit.runtime.secrets import secrets_singleton

from access.people import PeopleError
from access.person import Person, unknown
from access.sign_in import check_served, person_of, person_without_sign_in, streamlit_secrets
from data.errors import TrackerError
from data.settings import FILE_NAME, Settings, read_settings
from metrics.engine.engine import Engine
from ui.context.page_context import store

LOG = logging.getLogger("tracker.app")


class SignInNeeded(TrackerError):
    """Nobody has signed in yet."""


def settings() -> Settings:
    """The council's settings as they are now. Raises SettingsError."""
    place = store().path
    try:
        status = (place / FILE_NAME).stat()
    except OSError:
        return read_settings(place)
    return _settings(place, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _settings(place: Path, changed: int, size: int) -> Settings:
    """The settings since they last changed: a page asks for them at every button."""
    return read_settings(place)


@streamlit.cache_resource(max_entries=2, show_spinner=False)
def _prepare(secrets: dict) -> None:
    """Tell Streamlit how people sign in, once for each way."""
    secrets_singleton.merge_programmatic_secrets(secrets)


def secrets_at_start() -> dict[str, Any]:
    """What the server has to know to read who has signed in from a cookie of an earlier run; nothing where the settings cannot be read,
    which every page says."""
    try:
        return dict(streamlit_secrets(settings()))
    except TrackerError as error:
        LOG.error("sign-in is not ready: %s", error)
        return {}


def prepare() -> None:
    """Tell Streamlit how people sign in. Raises SettingsError and SecretError."""
    if secrets := streamlit_secrets(settings()):
        _prepare(secrets)


def claims() -> Mapping[str, object] | None:
    """What the sign-in says of the reader; None where nobody has signed in."""
    said = streamlit.user.to_dict()
    return said if said.get("is_logged_in") else None


def has_signed_in() -> bool:
    """Whether somebody has, whatever roles they have."""
    return claims() is not None


def reader() -> Person:
    """Who reads. Raises SignInNeeded, SettingsError and PeopleError."""
    council = settings()
    return _person(council, claims() if council.sign_in.is_configured else None)


def _person(council: Settings, said: Mapping[str, object] | None) -> Person:
    if not council.sign_in.is_configured:
        return person_without_sign_in(council)
    if said is None:
        raise SignInNeeded("Sign in first.")
    try:
        return person_of(said, council.sign_in, store().path)
    except PeopleError as error:
        # What is wrong is for the person who runs the tracker, not for whoever opens a page.
        LOG.error("nobody can be let in: %s", error)
        raise PeopleError(
            "The list of who may see what cannot be used. Ask the person who runs the tracker to check it."
        ) from None


def reader_or_nobody() -> Person:
    """The same; somebody without any role where there is no telling. The page says why."""
    try:
        return reader()
    except TrackerError:
        return unknown("", "")


def same_reader() -> Callable[[], Person]:
    """How to ask again who the reader of this page is, where the page is no longer at hand: when a file is made."""
    council = settings()
    said = claims() if council.sign_in.is_configured else None
    return lambda: _person(settings(), said)


def check_may_be_served(engine: Engine) -> None:
    """Raises NotServed where real children would be shown to nobody in particular."""
    check_served(engine.settings, engine.is_synthetic, streamlit.get_option("server.address"), dict(streamlit.context.headers))
