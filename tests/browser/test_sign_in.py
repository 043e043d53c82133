"""Signing in through a real provider, in a real browser. All that the server sends to somebody is searched for other people's children."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, Response
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from access.record.record import Asked, open_access_record
from access.roles import EVERY_PAGE, RIGHTS, Right, Role
from benchmarks.server import Server
from data.store.store import Store
from tests.access.council import Council, address_of, with_people
from tests.access.forging import Foreign, foreign_to
from tests.access.messages import marks_in
from tests.browser.conftest import come_to, leave, until_whole
from tests.browser.test_outer import opening, window
from tests.deep import DEEP, some
from tests.support.copies import copy_of
from tests.support.reading_files import everything_in, found_anywhere

pytestmark = pytest.mark.slow
SIGN_IN = """
[sign_in]
provider = "{provider}"
address = "{address}"
client_id = "tracker"
client_secret_variable = "TRACKER_TEST_CLIENT_SECRET"
cookie_secret_variable = "TRACKER_TEST_COOKIE_SECRET"
groups_claim = "groups"
"""


class Reader:
    """Somebody's browser: all that it is sent, over the websocket and as files, as text."""

    def __init__(self, page: Page) -> None:
        self.received: list[str] = []
        self.page = page
        # The provider's pages ask for a style sheet elsewhere; a test reaches nothing outside this machine.
        page.route(
            "**/*",
            lambda route: (
                route.continue_() if "//localhost" in route.request.url or "//127.0.0.1" in route.request.url else route.abort()
            ),
        )
        self.menu: set[str] = set()
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._took_frame))
        self.page.on("response", self._took_answer)

    def _took_frame(self, payload: str | bytes) -> None:
        self._took(payload)
        if isinstance(payload, bytes) and (said := ForwardMsg.FromString(payload)).WhichOneof("type") == "navigation":
            self.menu = {page.url_pathname for page in said.navigation.app_pages if not page.is_hidden}

    def _took_answer(self, response: Response) -> None:
        """Every answer but the program's own files, which are the same for everybody."""
        if "/static/" not in response.url and response.ok:
            self._took(response.body())

    def _took(self, payload: str | bytes) -> None:
        self.received.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload)

    def whole(self) -> None:
        until_whole(self.page)

    def go(self, address: str) -> None:
        """Come to a page of the tracker: its program is not loaded anew."""
        come_to(self.page, address)

    def take_files(self, most: int) -> list[str]:
        """Press what the page offers for download; gives all that is in the files, and their names."""
        found = []
        for button in self.page.get_by_role("button", name=re.compile("^Download")).all()[:most]:
            with self.page.expect_download(timeout=60_000) as taken:
                button.click()
            found.append(f"{taken.value.suggested_filename}\n{everything_in(Path(taken.value.path()).read_bytes())}")
            self.whole()
        return found

    def sign_in(self, site: str, identity: str) -> None:
        self.page.goto(site)
        self.whole()
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator('input[name="sub"]').fill(identity)
        self.page.get_by_role("button", name="Authorize").click()
        self.page.get_by_text("Signed in as").wait_for(timeout=60_000)
        self.whole()

    @property
    def text(self) -> str:
        return "\n".join(self.received)


@pytest.fixture(scope="module")
def signed_in_site(
    county_store: Store, port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, Council, Server]]:
    """The app's address, its provider's, the council, and the app."""
    store = copy_of(county_store, tmp_path_factory.mktemp("sign-in") / "store")
    server = Server(store.path, port=port)
    with (
        pytest.MonkeyPatch.context() as patch,
        run_server_in_thread(
            user_claims=[User(sub=address_of(role), claims={"email": address_of(role), "email_verified": True}) for role in Role]
        ) as provider,
    ):
        patch.setenv("TRACKER_TEST_CLIENT_SECRET", "client")
        patch.setenv("TRACKER_TEST_COOKIE_SECRET", secrets.token_hex(32))
        issuer = f"http://localhost:{provider.server_port}"
        council = with_people(store, SIGN_IN.format(provider=issuer, address=server.address))
        try:
            server.start()
            yield server.address, issuer, council, server
        finally:
            server.stop()


@pytest.fixture
def reader(tab: Page) -> Iterator[Reader]:
    leave(tab)
    page = tab.context.new_page()
    page.set_viewport_size({"width": 1440, "height": 1000})
    yield Reader(page)
    leave(page)
    page.close()


def test_a_team_manager_signs_in_and_no_other_teams_child_reaches_the_browser(signed_in_site, reader: Reader):
    site, _, council, _ = signed_in_site
    role = Role.TEAM_MANAGER
    everybody = frozenset().union(*council.marks.values())
    reader.page.goto(site)
    reader.whole()
    assert marks_in(reader.text, everybody) == set()
    reader.sign_in(site, address_of(role))
    assert reader.page.locator("h1").inner_text() == "My team"
    stranger = next(child for child in council.marks if child not in council.seen[role])
    for address in ("children", "calendar", "changes", f"child?child={stranger}", "panel", "countywide", "team?team=Nowhere"):
        reader.go(f"/{address}")
    reader.page.goto(site)
    reader.whole()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Download as CSV").first.click()
    reader.received.append(Path(download.value.path()).read_text(encoding="utf-8-sig"))
    assert len(marks_in(reader.text, everybody)) > 20
    assert marks_in(reader.text, council.foreign(role)) - council.marks[stranger] == set()
    reader.page.get_by_role("button", name="Sign out").click()
    reader.page.get_by_role("button", name="End session").click()
    reader.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)


SEES = [role for role in Role if Right.SEE_CHILDREN in RIGHTS[role].rights]


@pytest.mark.parametrize("role", SEES if DEEP else [Role.WORKER], ids=lambda role: role.value)
def test_all_that_a_browser_is_sent_for_every_page_of_the_menu_is_of_the_role(signed_in_site, reader: Reader, role: Role):
    """Every frame of the websocket, every answer and every file; and what comes back where a browser sends what the role's pages do not
    offer."""
    site, _, council, _ = signed_in_site
    foreign, stranger = council.foreign(role), council.stranger(role)
    reader.sign_in(site, address_of(role))
    others = EVERY_PAGE - reader.menu - {RIGHTS[role].first_page}
    pages = sorted(page for page in reader.menu if page not in ("", "first"))
    assert set(pages) <= RIGHTS[role].pages and len(pages) > 5
    visited = [*some(pages, 4), f"child?child={stranger}", *some(sorted(others), 5)]
    most = 10 if DEEP else 2
    files = reader.take_files(most)
    for page in visited:
        reader.go(f"/{page}")
        if page in pages:
            files += reader.take_files(most)
    record = open_access_record(council.store.settings, council.store.path)
    looked = {entry.subject for entry in record.entries(Asked(identity=address_of(role), most=10_000))}
    assert {page.partition("?")[0] for page in visited} <= looked
    assert marks_in(reader.text, foreign) - council.marks[stranger] == set()
    assert [file for file in files if found_anywhere(file, foreign)] == []
    assert (len(files) > 1) == (Right.TAKE_LISTS in RIGHTS[role].rights)
    assert len(marks_in(reader.text, frozenset().union(*(council.marks[child] for child in council.own(role))))) > 5
    said = _forged(site, reader, foreign_to(council, role))
    assert "which is not available here" in said and marks_in(said, foreign) == set()


def _forged(site: str, reader: Reader, theirs: Foreign) -> str:
    """All that is sent back where the choices of a team's page are made otherwise than they are offered, in this reader's session."""
    cookies = {cookie["name"]: cookie["value"] for cookie in reader.page.context.cookies(site)}
    back: list[str] = []
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with window(site, held, token=cookies["_streamlit_xsrf"]) as opened:
        drawn = _frames(opened, opening("team"))
        elements = [said.delta.new_element for said in drawn if said.WhichOneof("type") == "delta"]
        fields = [field.id for one in elements if (field := one.selectbox if one.HasField("selectbox") else one.text_input).id]
        assert len(fields) > 5
        for field in (one for one in fields if any(name in one for name in vars(theirs))):
            for value in sorted(theirs.values(field)):
                message = opening("team")
                message.rerun_script.widget_states.widgets.add(id=field, string_value=value)
                sent = b"\n".join(said.SerializeToString() for said in _frames(opened, message))
                back.append(sent.decode("utf-8", "replace").replace(value, "X"))
    return "\n".join(back)


def _frames(opened: ClientConnection, message: BackMsg) -> list[ForwardMsg]:
    """Send a message; gives all that comes back until the page is at rest."""
    opened.send(message.SerializeToString())
    back: list[ForwardMsg] = []
    while True:
        said = ForwardMsg.FromString(opened.recv(timeout=60))
        back.append(said)
        if said.WhichOneof("type") == "script_finished" and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return back


def test_a_role_taken_away_in_the_midst_of_a_visit_and_one_that_groups_give(signed_in_site, reader: Reader):
    site, issuer, council, _ = signed_in_site
    people = council.store.path / "people.toml"
    text = people.read_text(encoding="utf-8")
    claims = b'{"email": "cllr@example.gov.uk", "email_verified": true, "name": "Pat", "groups": ["Councillors"]}'
    urlopen(
        Request(f"{issuer}/users/{quote('cllr')}", data=claims, method="PUT", headers={"Content-Type": "application/json"}),
        timeout=10,
    )
    try:
        people.write_text(f'{text}\n[[group]]\ngroup = "Councillors"\nroles = ["councillor"]\n', encoding="utf-8")
        reader.sign_in(site, "cllr")
        assert reader.page.locator("h1").inner_text() == "Corporate parenting"
        people.write_text(text, encoding="utf-8")
        reader.page.reload()
        reader.page.get_by_text("You have signed in as cllr@example.gov.uk, and no role has been given to you.").wait_for(
            timeout=60_000
        )
        assert marks_in(reader.text, frozenset().union(*council.marks.values())) == set()
    finally:
        people.write_text(text, encoding="utf-8")


def test_a_sign_in_outlasts_a_restart_of_the_server(signed_in_site, reader: Reader):
    site, _, _, server = signed_in_site
    reader.sign_in(site, address_of(Role.ANALYST))
    server.stop()
    server.start()
    reader.page.goto(site)
    reader.page.get_by_text("Signed in as").wait_for(timeout=60_000)
