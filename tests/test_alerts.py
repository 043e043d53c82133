"""Somebody is told when a load fails or is late, through a real mail server of the test's own; and the message names no record."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

import commands.alerts
import tracker
from data.alert_settings import fault_in
from data.errors import NightRefused
from data.settings import SettingsError, read_settings
from data.store.store import Store
from tests.support.copies import copy_of

REFUSED = 1


class Mailbox:
    """A mail server's end: keeps what it is given, and takes one account and one password."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def __call__(self, server, session, envelope, mechanism, given):
        return AuthResult(success=given == LoginPassword(b"tracker", b"correct horse"), handled=False)


@contextmanager
def mail_server(**options) -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port, authenticator=mailbox, **options)
    server.start()
    try:
        yield mailbox, port
    finally:
        server.stop()


def store_with(folder: Path, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def by_mail(port: int, *more: str) -> tuple[str, ...]:
    return (
        'council = "Anyshire"',
        'alerts.email_to = ["team@anyshire.example", "it@anyshire.example"]',
        'alerts.email_from = "tracker@anyshire.example"',
        f'alerts.smtp_server = "127.0.0.1:{port}"',
        *(more or ('alerts.smtp_security = "none"',)),
    )


def test_a_refused_load_is_told_of_and_its_message_quotes_no_record(tmp_path: Path, monkeypatch, capsys) -> None:
    def refuse(*given, **named):
        raise NightRefused("ssd_person.csv, row 7, pers_forename: 'Zebedee' of C000123 cannot be used.")

    monkeypatch.setattr("commands.loading.run_nightly", refuse)
    with mail_server() as (mailbox, port):
        store = store_with(tmp_path / "store", *by_mail(port))
        assert tracker.main(["nightly", "--extracts", str(tmp_path), "--store", str(store)]) == REFUSED
    (message,) = mailbox.messages
    assert message["Subject"] == "Permanence Tracker, Anyshire: the nightly load failed"
    assert message["To"] == "team@anyshire.example, it@anyshire.example"
    said = message.get_content()
    assert "The nightly load ended with an error." in said and "No data load is on screen." in said
    assert "C000123" not in message.as_string() and "Zebedee" not in message.as_string()
    assert "Zebedee" in capsys.readouterr().err


def test_a_fault_of_the_program_is_told_of_too_and_goes_on_as_it_was(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("commands.loading.run_nightly", lambda *given, **named: 1 / 0)
    with mail_server() as (mailbox, port):
        store = store_with(tmp_path / "store", *by_mail(port))
        with pytest.raises(ZeroDivisionError):
            tracker.main(["nightly", "--extracts", str(tmp_path), "--store", str(store)])
    assert len(mailbox.messages) == 1


def test_a_mistake_in_another_setting_does_not_keep_the_failure_quiet(tmp_path: Path) -> None:
    with mail_server() as (mailbox, port):
        store = store_with(tmp_path / "store", *by_mail(port), "month_ends = 0")
        assert tracker.main(["nightly", "--extracts", str(tmp_path), "--store", str(store)]) == REFUSED
    assert "Anyshire" in mailbox.messages[0]["Subject"]


def test_a_load_that_is_published_tells_nobody(tmp_path: Path, county_nights, county_store) -> None:
    with mail_server() as (mailbox, port):
        store = copy_of(county_store, tmp_path / "store").path
        with (store / "settings.toml").open("a", encoding="utf-8") as file:
            file.write("\n".join(by_mail(port)[1:]) + "\n")
        command = ["nightly", "--extracts", str(county_nights[-1]), "--store", str(store), "--no-draft"]
        assert tracker.main(command) == 0
    assert mailbox.messages == []


@pytest.mark.parametrize(("hours", "late"), [(25, False), (26, False), (26.1, True)])
def test_a_load_is_late_when_it_is_older_than_the_settings_say(
    tmp_path: Path, county_store, monkeypatch, capsys, hours, late
) -> None:
    published = county_store.shown().published_at

    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return published + timedelta(hours=hours)

    monkeypatch.setattr(commands.alerts, "datetime", Clock)
    with mail_server() as (mailbox, port):
        store = copy_of(county_store, tmp_path / "store").path
        store_with(store, *by_mail(port))
        status = tracker.main(["alert", "check", "--store", str(store)])
    said = capsys.readouterr()
    assert (status, len(mailbox.messages)) == ((REFUSED, 1) if late else (0, 0))
    assert "On screen is the load of 31/10/2026" in (said.err if late else said.out)
    assert not late or mailbox.messages[0]["Subject"] == "Permanence Tracker, Anyshire: no data load for 26 hours"


def test_a_damaged_load_is_told_of(tmp_path: Path, county_store, capsys) -> None:
    store = copy_of(county_store, tmp_path / "store").path
    (Store(store).shown().folder / "manifest.json").write_text("{", encoding="utf-8")
    with mail_server() as (mailbox, port):
        store_with(store, *by_mail(port))
        assert tracker.main(["alert", "check", "--store", str(store)]) == REFUSED
    assert "manifest.json is missing or damaged" in mailbox.messages[0].get_content()


def test_nobody_is_told_by_default_and_a_test_message_says_so(tmp_path: Path, capsys) -> None:
    assert tracker.main(["alert", "test", "--store", str(tmp_path)]) == REFUSED
    assert "settings.toml names nobody to tell" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_mail_goes_signed_in_and_encrypted_to_a_server_that_is_who_it_says(tmp_path: Path, monkeypatch, capsys, kind) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    secret = tmp_path / "password"
    secret.write_text("correct horse\n", encoding="utf-8")
    secret.chmod(0o600)
    more = (f'alerts.smtp_security = "{kind}"', 'alerts.smtp_account = "tracker"', f'alerts.password_file = "{secret}"')
    options = (
        {"tls_context": context, "require_starttls": True}
        if kind == "starttls"
        else {"ssl_context": context, "auth_require_tls": False}
    )
    with mail_server(**options) as (mailbox, port):
        store = store_with(tmp_path / "store", *by_mail(port, *more))
        # A server whose certificate nobody has signed gets no password and no message.
        assert tracker.main(["alert", "test", "--store", str(store)]) == REFUSED
        assert mailbox.messages == []
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert tracker.main(["alert", "test", "--store", str(store)]) == 0
        assert len(mailbox.messages) == 1
        secret.write_text("battery staple", encoding="utf-8")
        assert tracker.main(["alert", "test", "--store", str(store)]) == REFUSED
    said = capsys.readouterr().err
    assert "refused the account tracker: check its password" in said and "battery" not in said


def test_a_person_whom_the_server_does_not_take_is_named_and_the_program_is_run_all_the_same(tmp_path: Path, capsys) -> None:
    out = tmp_path / "said.txt"
    program = f"import sys; open({str(out)!r}, 'w').write(sys.stdin.read())"
    with mail_server() as (mailbox, port):
        lines = [line.replace("it@", "nobody@") for line in by_mail(port)]
        store = store_with(tmp_path / "store", *lines, f"alerts.command = [{sys.executable!r}, '-c', {program!r}]")
        assert tracker.main(["alert", "test", "--store", str(store)]) == REFUSED
    assert len(mailbox.messages) == 1
    assert "did not take nobody@anyshire.example" in capsys.readouterr().err
    assert out.read_text().startswith("Permanence Tracker, Anyshire: a test message\n\nThis is a test.")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([sys.executable, "-c", "raise SystemExit(3)"], "ended with status 3"),
        ([str(Path(os.sep) / "no" / "such" / "program")], "could not be run"),
    ],
)
def test_a_program_that_fails_is_said(tmp_path: Path, capsys, command, said) -> None:
    store = store_with(tmp_path / "store", f"alerts.command = {command!r}")
    assert tracker.main(["alert", "test", "--store", str(store)]) == REFUSED
    assert said in capsys.readouterr().err


GOOD = {"email_to": ["a@b.example"], "email_from": "t@b.example", "smtp_server": "mail.b.example"}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({**GOOD, "email_to": "a@b.example"}, "email_to"),
        ({**GOOD, "email_to": ["team"]}, "email_to"),
        ({**GOOD, "email_to": ["a@b.example\nBcc: c@d.example"]}, "email_to"),
        ({**GOOD, "email_from": ""}, "email_to"),
        ({**GOOD, "smtp_server": ""}, "email_to"),
        ({**GOOD, "smtp_server": "mail:many"}, "smtp_server"),
        ({**GOOD, "smtp_server": 25}, "smtp_server"),
        ({**GOOD, "email_to": []}, "email_from"),
        ({**GOOD, "smtp_security": "ssl"}, "smtp_security"),
        ({**GOOD, "smtp_account": "tracker"}, "smtp_account"),
        ({**GOOD, "password_file": "/etc/secret"}, "password_file"),
        ({**GOOD, "smtp_account": "t", "password_file": "/s", "password_variable": "S"}, "password_file"),
        ({**GOOD, "smtp_account": "t", "password_file": "/s", "smtp_security": "none"}, "smtp_security"),
        ({"command": ["tell"]}, "command"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_its_key(given, key) -> None:
    fault = fault_in(given)
    assert fault and fault[0] == key and f"alerts.{key}" in fault[1]


@pytest.mark.parametrize("given", [GOOD, {}, {"command": [sys.executable]}, {**GOOD, "smtp_server": "mail.b.example:2525"}])
def test_settings_that_work_are_taken(given) -> None:
    assert fault_in(given) is None


def test_a_misspelt_key_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r'line 2: "email_too" is not a setting of alerts; did you mean "email_to"'):
        read_settings(store_with(tmp_path / "store", 'council = "Anyshire"', 'alerts.email_too = ["a@b.example"]'))
