"""Who somebody is by their token, and when the tracker serves anybody at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from access import sign_in as sign_in_module
from access.roles import Role
from access.sign_in import NotServed, check_served, is_loopback, person_of, person_without_sign_in, streamlit_secrets
from data.secret import SecretError
from data.settings import Settings, SettingsError, read_settings
from data.sign_in_settings import SignIn
from tests.access.council import SIGN_IN

PEOPLE = '[[person]]\nidentity = "ann@x"\nroles = ["panel chair"]\n[[group]]\ngroup = "Councillors"\nroles = ["councillor"]\n'


def _settings(folder: Path, text: str) -> Settings:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings(folder)


@pytest.mark.parametrize(
    ("claims", "roles"),
    [
        ({"email": "ann@x"}, {Role.PANEL_CHAIR}),
        ({"email": "ANN@x", "email_verified": True}, {Role.PANEL_CHAIR}),
        ({"email": "ann@x", "email_verified": False}, set()),
        ({"email": "", "groups": ["Councillors"]}, set()),
        ({"preferred_username": "ann@x"}, set()),
        ({"email": "bob@x", "groups": ["Councillors"]}, {Role.COUNCILLOR}),
        ({"email": "bob@x", "groups": "Councillors"}, {Role.COUNCILLOR}),
        ({"email": "bob@x", "groups": {"Councillors": 1}}, set()),
        ({"email": "bob@x", "roles": ["Councillors"]}, set()),
    ],
)
def test_somebody_is_who_their_token_says_and_has_the_roles_that_the_file_gives(tmp_path: Path, claims: dict, roles: set):
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    assert person_of(claims, SignIn(provider="https://x", groups_claim="groups"), tmp_path).roles == roles


@pytest.mark.parametrize(
    ("made_for", "roles"),
    [
        ("tracker", {Role.PANEL_CHAIR}),
        (["other", "tracker"], {Role.PANEL_CHAIR}),
        ("other", set()),
        ("tracker2", set()),
        (["other"], set()),
        (None, set()),
    ],
)
def test_a_token_that_was_made_for_another_application_is_nobodys(tmp_path: Path, made_for, roles: set):
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    claims = {"email": "ann@x", "aud": made_for}
    assert person_of(claims, SignIn(provider="https://x", client_id="tracker"), tmp_path).roles == roles


@pytest.mark.parametrize(
    ("provider", "issuer", "made_by", "roles"),
    [
        ("https://sso.x", "", "https://sso.x", {Role.PANEL_CHAIR}),
        ("https://sso.x/", "", "https://sso.x", {Role.PANEL_CHAIR}),
        ("https://sso.x/.well-known/openid-configuration", "", "https://sso.x/", {Role.PANEL_CHAIR}),
        ("https://sso.x", "", "https://sso.x.example", set()),
        ("https://sso.x", "", "http://sso.x", set()),
        ("https://sso.x", "", ["https://sso.x"], set()),
        ("https://sso.x", "", None, set()),
        ("https://sso.x/council.gov.uk", "https://sso.x/7f3a", "https://sso.x/7f3a", {Role.PANEL_CHAIR}),
        ("https://sso.x/council.gov.uk", "https://sso.x/7f3a", "https://sso.x/council.gov.uk", set()),
    ],
)
def test_a_token_of_another_provider_is_nobodys_and_is_told_of_once(
    tmp_path: Path, caplog, provider: str, issuer: str, made_by, roles: set
):
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    sign_in_module._say_foreign.cache_clear()
    claims = {"email": "ann@x", "iss": made_by}
    for _ in range(3):
        assert person_of(claims, SignIn(provider=provider, issuer=issuer), tmp_path).roles == roles
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == (not roles) and all(str(made_by) in words for words in told)


def test_groups_count_only_where_the_settings_name_their_claim(tmp_path: Path):
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    assert (
        person_of({"email": "b", "groups": ["Councillors"], "": ["Councillors"]}, SignIn(provider="https://x"), tmp_path).roles
        == set()
    )


ANALYST = Settings(sign_in=SignIn(analyst_on_this_machine=True))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
@pytest.mark.parametrize("host", ["", "127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"])
def test_real_children_are_shown_to_one_analyst_on_this_machine(address: str, host: str):
    check_served(ANALYST, False, address, {"Host": host} if host else {})


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (None, {}),
        ("", {}),
        ("0.0.0.0", {}),
        ("10.0.0.5", {}),
        ("127.0.0.1", {"Host": "tracker.example.gov.uk"}),
        ("127.0.0.1", {"Host": "127.0.0.1.example.net:8501"}),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.9"}),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Forwarded": "for=10.0.0.9"}),
    ],
)
def test_nobody_else_is_shown_real_children_without_a_sign_in(address: str | None, headers: dict):
    with pytest.raises(NotServed, match="others on the network can reach the tracker"):
        check_served(ANALYST, False, address, headers)
    with pytest.raises(NotServed, match="nobody has signed in"):
        check_served(Settings(), False, address, headers)


def test_synthetic_children_are_shown_without_a_sign_in_and_real_ones_with_it():
    check_served(Settings(), True, None, {})
    check_served(Settings(sign_in=SignIn(provider="https://x")), False, None, {})
    with pytest.raises(NotServed):
        check_served(Settings(), False, "127.0.0.1", {})


def test_a_server_on_loopback_is_told_from_any_other():
    assert not any(map(is_loopback, (None, "", "0.0.0.0", "::", "localhost.example.net", "192.168.0.1", "127.0.0.1.example")))


def test_without_a_sign_in_the_reader_is_whom_the_settings_say():
    assert Role.ANALYST in person_without_sign_in(Settings()).roles
    councillor = person_without_sign_in(Settings(reader_without_sign_in="councillor"))
    assert councillor.roles == {Role.COUNCILLOR} and councillor.pages == {"corporate_parenting"}


FAULTS = {
    'sign_in.client_id = "x"': "sign_in.client_id has no effect without sign_in.provider",
    'sign_in.provider = "http://sso.example.gov.uk"': 'sign_in.provider is not an address that starts with "https://"',
    'sign_in.provider = "https://sso.example.gov.uk"': "sign_in.address is missing",
    'sign_in.analyst_on_this_machine = "yes"': "sign_in.analyst_on_this_machine is not true or false",
    'sign_in.secret = "s3cret"': '"secret" is not a setting of sign_in',
    "sign_in = 1": "sign_in is not a table",
    SIGN_IN.replace(
        'client_secret_variable = "TRACKER_TEST_CLIENT_SECRET"', ""
    ): "needs one of client_secret_variable and client_secret_file",
    SIGN_IN + 'cookie_secret_file = "f"': "needs one of cookie_secret_variable and cookie_secret_file",
    SIGN_IN + 'identity_claim = ""': "sign_in.identity_claim is empty",
    SIGN_IN + "analyst_on_this_machine = true": "sign_in.analyst_on_this_machine has no effect beside sign_in.provider",
}


@pytest.mark.parametrize("text", FAULTS)
def test_settings_of_the_sign_in_that_cannot_be_used_are_refused_with_their_line(tmp_path: Path, text: str):
    with pytest.raises(SettingsError) as refused:
        _settings(tmp_path, text + "\n")
    assert FAULTS[text] in str(refused.value) and "line" in str(refused.value) and "s3cret" not in str(refused.value)


def test_streamlit_is_given_the_secrets_from_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    settings = _settings(tmp_path, SIGN_IN)
    monkeypatch.delenv("TRACKER_TEST_CLIENT_SECRET", raising=False)
    monkeypatch.setenv("TRACKER_TEST_COOKIE_SECRET", "cookie " * 5)
    with pytest.raises(SecretError, match="TRACKER_TEST_CLIENT_SECRET, which sign_in.client_secret_variable names, is not set"):
        streamlit_secrets(settings)
    monkeypatch.setenv("TRACKER_TEST_CLIENT_SECRET", "client")
    auth = streamlit_secrets(settings)["auth"]
    assert auth["redirect_uri"] == "https://tracker.example.gov.uk/oauth2callback" and auth["client_secret"] == "client"
    assert auth["server_metadata_url"] == "https://sso.example.gov.uk/.well-known/openid-configuration"
    assert streamlit_secrets(Settings()) == {}
