"""People who sign in, for the benchmarks that ask how quick the app is for them: a provider on this machine, and the cookies of each."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from joserfc import jwt
from joserfc.jwk import OctKey
from oidc_provider_mock import User, run_server_in_thread

LONGEST_WAIT = 120.0  # seconds
CLIENT, COOKIES = "TRACKER_BENCHMARK_CLIENT_SECRET", "TRACKER_BENCHMARK_COOKIE_SECRET"
SETTINGS = """
[sign_in]
provider = "{provider}"
address = "{address}"
client_id = "tracker"
client_secret_variable = "{client}"
cookie_secret_variable = "{cookies}"
"""
PERSON = """
[[person]]
identity = "{identity}"
roles = ["{role}"]
"""


def identity_of(number: int) -> str:
    return f"reader{number}@example.gov.uk"


@contextmanager
def people_sign_in(store: Path, address: str, role: str, people: int) -> Iterator[None]:
    """So many people have a role in the store of the app at ``address``, and sign in with a provider that runs as long as the block
    lasts. Start the app within it."""
    users = [
        User(sub=identity_of(number), claims={"email": identity_of(number), "email_verified": True}) for number in range(people)
    ]
    with run_server_in_thread(user_claims=users) as provider:
        os.environ[CLIENT], os.environ[COOKIES] = "client", secrets.token_hex(32)
        said = SETTINGS.format(
            provider=f"http://localhost:{provider.server_port}", address=address, client=CLIENT, cookies=COOKIES
        )
        with (store / "settings.toml").open("a", encoding="utf-8") as file:
            file.write(said)
        given = "".join(PERSON.format(identity=identity_of(number), role=role) for number in range(people))
        (store / "people.toml").write_text(given, encoding="utf-8")
        try:
            yield
        finally:
            del os.environ[CLIENT], os.environ[COOKIES]


def cookies_of(address: str, identity: str) -> str:
    """Sign somebody in at the provider, as a browser does from the button on. Gives the Cookie header of the app from then on.

    Raises RuntimeError when the sign-in does not come to its end.
    """
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.open(address, timeout=LONGEST_WAIT).close()
    # What the button "Sign in" carries.
    button = jwt.encode(
        {"alg": "HS256"}, {"provider": "default", "exp": int(time.time()) + 100}, OctKey.import_key(os.environ[COOKIES])
    )
    with browser.open(f"{address}/auth/login?{urlencode({'provider': button})}", timeout=LONGEST_WAIT) as form:
        place = form.url
    browser.open(place, urlencode({"sub": identity, "action": "authorize"}).encode(), timeout=LONGEST_WAIT).close()
    # The page asks for this first, and gets the token that its websocket has to name.
    browser.open(f"{address}/_stcore/health", timeout=LONGEST_WAIT).close()
    cookies = {cookie.name: cookie.value for cookie in jar if cookie.domain == urlsplit(address).hostname}
    if "_streamlit_user" not in cookies:
        raise RuntimeError(f"{identity} could not sign in at {address}")
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
