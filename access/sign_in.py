"""Signing in: what Streamlit needs for it, who a token says that somebody is, and who may use the tracker where nobody signs in."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from access.people import FILE_NAME, read_people
from access.person import Person, councillor_on_this_machine, on_this_machine, unknown
from data.errors import TrackerError
from data.secret import read_secret
from data.settings import Settings
from data.sign_in_settings import SignIn

LOG = logging.getLogger("tracker.app")
CALLBACK = "/oauth2callback"
COUNCILLOR = "councillor"
SCOPE = "openid email profile"
LOOPBACK_NAMES = ("localhost",)
# What a proxy adds: with one before the app, a reader may be anywhere.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


class NotServed(TrackerError):
    """Real children are not shown without a sign-in; the message says what to do."""


def streamlit_secrets(settings: Settings) -> dict[str, dict[str, object]]:
    """What Streamlit's sign-in reads as its secrets; nothing where nobody signs in. Raises SecretError (data.secret)."""
    sign_in = settings.sign_in
    if not sign_in.is_configured:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{sign_in.address.rstrip('/')}{CALLBACK}",
            "cookie_secret": read_secret(sign_in.cookie_secret, settings.folder),
            "client_id": sign_in.client_id,
            "client_secret": read_secret(sign_in.client_secret, settings.folder),
            "server_metadata_url": sign_in.discovery,
            "client_kwargs": {"scope": SCOPE},
        }
    }


def person_of(claims: Mapping[str, object], sign_in: SignIn, store: Path) -> Person:
    """Who has signed in, by their token's claims, with what the store's people.toml gives them now. Raises PeopleError.

    An address that the provider has not checked (``email_verified`` false) is nobody's, and so is a token that was made for another
    application or by another provider.
    """
    identity = str(claims.get(sign_in.identity_claim) or "").strip()
    name = str(claims.get(sign_in.name_claim) or "").strip()
    made_for = claims.get("aud", sign_in.client_id)
    is_ours = made_for == sign_in.client_id or (isinstance(made_for, list) and sign_in.client_id in made_for)
    made_by = claims.get("iss", sign_in.named_issuer)
    if not isinstance(made_by, str) or made_by.rstrip("/") != sign_in.named_issuer:
        _say_foreign(str(made_by), sign_in.named_issuer)
        is_ours = False
    if not identity or not is_ours or (sign_in.identity_claim == "email" and claims.get("email_verified") is False):
        return unknown(identity, name or identity)
    given = claims.get(sign_in.groups_claim) if sign_in.groups_claim else ()
    groups = (
        [given] if isinstance(given, str) else [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    )
    return read_people(store).person(identity, name, groups)


@lru_cache(maxsize=16)
def _say_foreign(made_by: str, named: str) -> None:
    """Log, once for each, a provider that the settings do not name: the analyst may have to write its name into them."""
    LOG.error("a token is of the provider %s, and sign_in in settings.toml names %s: nobody is let in by it", made_by, named)


def person_without_sign_in(settings: Settings) -> Person:
    """The reader where nobody signs in."""
    return councillor_on_this_machine() if settings.reader_without_sign_in == COUNCILLOR else on_this_machine()


def check_served(settings: Settings, synthetic: bool, address: str | None, headers: Mapping[str, str]) -> None:
    """Raises NotServed where nobody signs in and the children are real, unless the settings allow it to one analyst on this machine.

    ``synthetic``: whether every child of the night is invented; ``address``: the one that the server listens at; ``headers``: the
    request's, where there is one.
    """
    sign_in = settings.sign_in
    if sign_in.is_configured or (synthetic and not sign_in.analyst_on_this_machine):
        return
    if not sign_in.analyst_on_this_machine:
        raise NotServed(
            "This data load is of real children, and nobody has signed in. Set up sign-in in settings.toml "
            "(docs/how-to/let-people-sign-in.md), or set sign_in.analyst_on_this_machine = true for one analyst on this machine alone. "
            'If the children are invented, name the council "Synthetic ..." in settings.toml, and keep the SYNTHETIC.txt that the '
            "tracker writes beside invented files."
        )
    forwarded = [name for name in FORWARDED if headers.get(name)]
    if forwarded or not is_loopback(address) or not is_loopback(_host(headers)):
        raise NotServed(
            "sign_in.analyst_on_this_machine = true is for one analyst at this machine, and others on the network can reach the tracker. "
            "Open it as http://127.0.0.1:8501 on the machine itself with server.address 127.0.0.1, or set [sign_in] in settings.toml."
        )


def _host(headers: Mapping[str, str]) -> str:
    """The host of the address that the reader's browser asked for, without its port."""
    host = headers.get("Host") or "localhost"
    return host.rsplit(":", 1)[0] if host.count(":") == 1 or "]" in host else host


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own, at which nobody else can reach it. No address means every one."""
    plain = (address or "").strip("[]").casefold()
    try:
        return plain in LOOPBACK_NAMES or ipaddress.ip_address(plain).is_loopback
    except ValueError:
        return False


def mode_in_words(settings: Settings, person: Person) -> str:
    """In which mode the app is and for whom, for the foot of every page."""
    if settings.sign_in.is_configured:
        roles = ", ".join(sorted(role.value for role in person.roles)) or "no role"
        return f"Signed in as {person.name} ({roles})"
    if settings.sign_in.analyst_on_this_machine:
        return "No sign-in: one analyst on this machine (sign_in.analyst_on_this_machine)"
    return "No sign-in: synthetic children only"


NO_ROLE = (
    "You have signed in as {identity}, and no role has been given to you. Ask the person who runs the tracker to add you to "
    f"{FILE_NAME}, then reload this page."
)
