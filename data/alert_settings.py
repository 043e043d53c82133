"""Whom to tell when a load fails or is late, and how, as ``settings.toml`` says it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from typing import Any

SECURITY = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Alerts:
    """``email_to``: the addresses that are told, through the mail server ``smtp_server`` (host or host:port), as from ``email_from``.

    ``smtp_security``: "starttls", "tls" or "none". ``smtp_account`` signs in there with the password in ``password_variable`` or
    ``password_file``. ``command``: a program and its arguments that gets the message on standard input; beside or in place of e-mail.
    """

    email_to: tuple[str, ...] = ()
    email_from: str = ""
    smtp_server: str = ""
    smtp_security: str = "starttls"
    smtp_account: str = ""
    password_variable: str = ""
    password_file: str = ""
    command: tuple[str, ...] = ()

    @property
    def anybody(self) -> bool:
        """Whether there is somebody to tell."""
        return bool(self.email_to or self.command)

    @property
    def server(self) -> tuple[str, int]:
        """The mail server's host and port."""
        host, _, port = self.smtp_server.partition(":")
        return host, int(port) if port else SECURITY[self.smtp_security]


KEYS = tuple(field.name for field in fields(Alerts))
LISTS = ("email_to", "command")


def fault_in(given: dict) -> tuple[str, str] | None:
    """The first key at fault of ``alerts`` in settings, and what to do, in a sentence; None when all is well."""
    for key, value in given.items():
        if key in LISTS and not (isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)):
            return key, f"alerts.{key} is {value!r}; give a list of texts."
        if key not in LISTS and not isinstance(value, str):
            return key, f"alerts.{key} is {value!r}; give a text in quotes."
    return _fault(alerts_in(given))


def alerts_in(given: dict) -> Alerts:
    """The settings of alerts, from values that were looked at before."""
    read: dict[str, Any] = {
        key: tuple(text.strip() for text in value) if key in LISTS else value.strip() for key, value in given.items()
    }
    return Alerts(**read)


def _fault(alerts: Alerts) -> tuple[str, str] | None:
    for key in ("email_to", "email_from"):
        for address in [alerts.email_from] if key == "email_from" else alerts.email_to:
            if address and not _is_address(address):
                return key, f'alerts.{key} has {address!r}, which is no e-mail address; write it as "team@council.gov.uk".'
    if alerts.smtp_security not in SECURITY:
        allowed = ", ".join(f'"{word}"' for word in SECURITY)
        return "smtp_security", f"alerts.smtp_security is {alerts.smtp_security!r}; give one of {allowed}."
    if alerts.email_to:
        for key in ("email_from", "smtp_server"):
            if not getattr(alerts, key):
                return "email_to", f"alerts.email_to needs alerts.{key}; give it, or leave out email_to."
    elif other := next((key for key in ("email_from", "smtp_server", "smtp_account") if getattr(alerts, key)), None):
        return other, f"alerts.{other} has no effect without alerts.email_to; give whom to write to, or leave it out."
    _, _, port = alerts.smtp_server.partition(":")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return (
            "smtp_server",
            f'alerts.smtp_server is {alerts.smtp_server!r}; write it as "mail.council.gov.uk" or "mail.council.gov.uk:587".',
        )
    if alerts.password_variable and alerts.password_file:
        return "password_file", "alerts.password_variable and alerts.password_file are both given; leave one of the two."
    held = next((key for key in ("password_variable", "password_file") if getattr(alerts, key)), None)
    if bool(held) != bool(alerts.smtp_account):
        key, other = (held, "smtp_account") if held else ("smtp_account", "password_variable or alerts.password_file")
        return key, f"alerts.{key} has no effect without alerts.{other}; give both, or leave both out."
    if alerts.smtp_account and alerts.smtp_security == "none":
        return (
            "smtp_security",
            'alerts.smtp_security is "none", which would send the password in the clear; give "starttls" or "tls".',
        )
    if alerts.command and not Path(alerts.command[0]).is_absolute():
        return "command", f"alerts.command starts with {alerts.command[0]!r}; give the whole path of the program."
    return None


def _is_address(text: str) -> bool:
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(address.username and address.domain)
