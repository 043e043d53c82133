"""How people sign in, as ``settings.toml`` says it ([sign_in]): never with a secret."""

from __future__ import annotations

from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from data.secret import SecretPlace

DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class SignIn:
    """``provider``: the address of the OpenID Connect provider, or "" for no sign-in; ``issuer``: what it calls itself in its tokens, where
    that is something else. ``address``: the tracker's own, as people type it.
    ``client_id``, and what holds the client's secret and the secret that signs the cookie. ``identity_claim``, ``name_claim``,
    ``groups_claim``: what of the token says who somebody is, their name, and their groups. ``analyst_on_this_machine``: whether one
    analyst may use real data without a sign-in, on this machine alone."""

    provider: str = ""
    issuer: str = ""
    address: str = ""
    client_id: str = ""
    client_secret_variable: str = ""
    client_secret_file: str = ""
    cookie_secret_variable: str = ""
    cookie_secret_file: str = ""
    identity_claim: str = "email"
    name_claim: str = "name"
    groups_claim: str = ""
    analyst_on_this_machine: bool = False

    @property
    def is_configured(self) -> bool:
        """Whether people sign in."""
        return bool(self.provider)

    @property
    def discovery(self) -> str:
        """Where the provider says what it offers."""
        return self.provider if self.provider.endswith(DISCOVERY) else f"{self.provider.rstrip('/')}{DISCOVERY}"

    @property
    def named_issuer(self) -> str:
        """Who a token has to come from: the provider, or what the settings say that it calls itself."""
        return (self.issuer or self.provider.removesuffix(DISCOVERY)).rstrip("/")

    @property
    def client_secret(self) -> SecretPlace:
        return SecretPlace(self.client_secret_variable, self.client_secret_file, "sign_in.client_secret", "client's secret")

    @property
    def cookie_secret(self) -> SecretPlace:
        return SecretPlace(self.cookie_secret_variable, self.cookie_secret_file, "sign_in.cookie_secret", "cookie's secret")


KEYS = tuple(field.name for field in fields(SignIn))
NEEDED = ("address", "client_id")
SECRETS = ("client_secret", "cookie_secret")


def _is_web_address(text: str) -> bool:
    """Whether it is https, or http on this machine (for a trial)."""
    parts = urlsplit(text)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"))
    )


def fault_in(given: dict) -> tuple[str, str] | None:
    """The first key at fault of ``sign_in`` in settings, and what to do, in a sentence that holds no secret; None when all is well."""
    for key, value in given.items():
        wanted: tuple[type, str] = (bool, "true or false") if key == "analyst_on_this_machine" else (str, "a text in quotes")
        if not isinstance(value, wanted[0]):
            return key, f"sign_in.{key} is not {wanted[1]}; give {wanted[1]}."
    texts = {key: value.strip() for key, value in given.items() if isinstance(value, str)}
    if not texts.get("provider"):
        others = [key for key in KEYS if texts.get(key) and texts[key] != getattr(SignIn, key)]
        if others:
            return others[0], f"sign_in.{others[0]} has no effect without sign_in.provider; give the provider, or leave it out."
        return None
    for key in ("provider", "address"):
        if texts.get(key) and not _is_web_address(texts[key]):
            return key, f'sign_in.{key} is not an address that starts with "https://"; give the whole address.'
    for key in NEEDED:
        if not texts.get(key):
            return "provider", f"sign_in.{key} is missing, and sign_in.provider needs it; give it."
    for secret in SECRETS:
        variable, file = texts.get(f"{secret}_variable"), texts.get(f"{secret}_file")
        if bool(variable) == bool(file):
            return f"{secret}_file" if file else "provider", (
                f"sign_in needs one of {secret}_variable and {secret}_file, the name of an environment variable or of a file outside the "
                "store that holds it; give one of the two."
            )
    if "identity_claim" in texts and not texts["identity_claim"]:
        return "identity_claim", 'sign_in.identity_claim is empty; give the claim that says who somebody is, such as "email".'
    if given.get("analyst_on_this_machine"):
        return "analyst_on_this_machine", (
            "sign_in.analyst_on_this_machine has no effect beside sign_in.provider, with which everybody signs in; leave it out."
        )
    return None
