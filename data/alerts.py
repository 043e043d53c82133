"""A short message to whom the settings name: by e-mail through the council's own mail server, or by a program of its own.

What is sent never holds anything from an extract: a refusal may quote a row, so the message says where the reason can be read.
"""

from __future__ import annotations

import smtplib
import ssl
import subprocess
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from data.alert_settings import Alerts
from data.errors import TrackerError
from data.secret import SecretPlace, read_secret
from data.settings import Settings

SECONDS = 60


class AlertNotSent(TrackerError):
    """A message could not be sent to everybody; the text says which way failed, and why."""


def send(settings: Settings, subject: str, body: str) -> tuple[str, ...]:
    """Send a message every way that the settings name, and give what was done, in words; nothing where they name nobody.

    Every way is tried, also where another fails. Raises AlertNotSent, with what failed and what did not.
    """
    alerts = settings.alerts
    ways = [(bool(alerts.email_to), _by_email), (bool(alerts.command), _by_command)]
    done, failed = [], []
    for wanted, way in ways:
        if not wanted:
            continue
        try:
            done.append(way(settings, subject, body))
        except (OSError, smtplib.SMTPException, subprocess.SubprocessError, TrackerError) as error:
            failed.append(_why(alerts, way is _by_email, error))
    if failed:
        raise AlertNotSent(" ".join([*failed, *(f"{text}." for text in done)]))
    return tuple(done)


def _by_email(settings: Settings, subject: str, body: str) -> str:
    alerts = settings.alerts
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, alerts.email_from, ", ".join(alerts.email_to)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=alerts.email_from.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    place = SecretPlace(alerts.password_variable, alerts.password_file, "alerts.password", "password")
    secret = read_secret(place, settings.folder)
    host, port = alerts.server
    context = ssl.create_default_context()
    tls = alerts.smtp_security == "tls"
    with (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context) if tls else smtplib.SMTP(host, port, timeout=SECONDS)
    ) as server:
        if alerts.smtp_security == "starttls":
            server.starttls(context=context)
        if alerts.smtp_account:
            server.login(alerts.smtp_account, secret)
        refused = server.send_message(message)
    if refused:
        raise AlertNotSent(f"the mail server did not take {', '.join(sorted(refused))}.")
    return f"E-mail sent to {', '.join(alerts.email_to)}"


def _by_command(settings: Settings, subject: str, body: str) -> str:
    command = settings.alerts.command
    subprocess.run(
        command,
        input=f"{subject}\n\n{body}",
        text=True,
        encoding="utf-8",
        check=True,
        timeout=SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return f"The program {command[0]} was run"


def _why(alerts: Alerts, email: bool, error: Exception) -> str:
    if isinstance(error, AlertNotSent):
        return f"E-mail: {error}"
    if isinstance(error, TrackerError):
        return str(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server {alerts.smtp_server} refused the account {alerts.smtp_account}: check its password."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"The mail server {alerts.smtp_server} did not take {', '.join(sorted(error.recipients))}: check alerts.email_to."
    if email:
        # A server's own words may repeat what was sent; what kind of fault it was is enough to look for it.
        return (
            f"No e-mail could be sent through {alerts.smtp_server} ({_kind(error)}): check alerts.smtp_server and alerts.smtp_security, "
            "and that this machine may reach it."
        )
    program = alerts.command[0]
    if isinstance(error, subprocess.CalledProcessError):
        return f"The program {program} ended with status {error.returncode}: see what it says when you run it by hand."
    if isinstance(error, subprocess.TimeoutExpired):
        return f"The program {program} had not ended after {SECONDS} seconds and was stopped."
    return f"The program {program} could not be run ({_kind(error)}): check alerts.command."


def _kind(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
