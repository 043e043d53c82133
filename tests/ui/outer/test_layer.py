"""What the outermost layer answers, refuses and passes on."""

from __future__ import annotations

import shutil

import pytest
from streamlit import config

from tests.ui.outer.browser import HERE, HOST, Behind, Browser, Clock, rerun
from ui.context import browser_sessions, made_files
from ui.context.browser_sessions import BrowserSessions
from ui.outer import layer

COUNCIL = "https://tracker.council.gov.uk"


def reached(browser: Browser) -> int:
    return len(browser.behind.reached)


@pytest.mark.parametrize("path", ["/", "/child", "/child?child=P1", "/_stcore/health", "/_stcore/host-config", "/static/js/a.js"])
def test_pages_and_what_they_need_are_answered(browser, path):
    assert browser.get(path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/upload_file/s/f",
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/bidi-components/a/b.js",
        "/component/a/index.html",
        "/app/static/a.csv",
        "/media/unknown.csv",
        "/child/_stcore/health",
        "//evil.example/child",
        "/..%2f..%2fetc",
    ],
)
def test_every_other_route_is_closed(browser, path):
    assert browser.get(path).status == 404
    assert reached(browser) == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/s/f", "/media/a.csv", "/_stcore/health"])
def test_nothing_can_be_sent_but_over_the_websocket(browser, method, path):
    assert browser.get(path, method).status == 405
    assert reached(browser) == 0


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8501@evil", "localhost.", "", "127.0.0.1:x"]
)
def test_a_name_that_was_pointed_here_is_refused(browser, host):
    answer = browser.get("/", host=host)
    assert answer.status == 421 and b"web_addresses" in answer.body
    assert reached(browser) == 0 and not browser.cookies


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501"])
def test_this_machines_own_names_are_known(browser, host):
    assert browser.get("/", host=host).status == 200


def test_the_councils_address_is_known_when_the_settings_name_it(browser, settings):
    assert browser.get("/", host="tracker.council.gov.uk").status == 421
    settings(f'web_addresses = ["{COUNCIL}"]\n')
    assert browser.get("/", host="tracker.council.gov.uk").status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8501", "http://127.0.0.1:8502", "", f"{HERE}/x"]
)
def test_a_request_from_another_website_is_refused_before_streamlit_sees_it(browser, origin):
    browser.get("/")
    seen = reached(browser)
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        assert browser.get(path, origin=origin).status == 403
    (closed,) = browser.window(origin=origin)
    assert (closed["type"], closed["code"]) == ("websocket.close", 1008)
    assert reached(browser) == seen


def test_streamlit_sees_no_origin_to_judge_and_one_host(browser, settings):
    """A proxy that changes the name: Streamlit would ask an outside host whether the origin is this machine."""
    settings(f'web_addresses = ["{COUNCIL}"]\n')
    browser.get("/", origin=COUNCIL)
    assert b"origin" not in dict(browser.behind.reached[-1]["headers"])
    browser.window(origin=COUNCIL, host=HOST)
    headers = dict(browser.behind.reached[-1]["headers"])
    assert (headers[b"origin"], headers[b"host"]) == (COUNCIL.encode(), b"tracker.council.gov.uk")


def test_every_answer_has_the_headers(browser):
    for path, status in (("/", 200), ("/static/a.js", 200), ("/_stcore/health", 200), ("/_stcore/metrics", 404)):
        answer = browser.get(path)
        assert answer.status == status
        policy = answer["content-security-policy"]
        assert all(f"{name} 'none'" in policy for name in ("default-src", "object-src", "frame-ancestors", "base-uri"))
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in scripts and "'unsafe-eval'" not in scripts and "*" not in policy
        assert answer["x-content-type-options"] == "nosniff" and answer["x-frame-options"] == "DENY"
        assert answer["referrer-policy"] == "same-origin"
        assert answer.all("cache-control") == ([] if path == "/static/a.js" else ["no-store"])


def test_no_other_website_may_send_the_page_messages():
    assert config.get_option("client.allowedOrigins") == []


def test_streamlits_own_words_on_caching_and_sharing_are_replaced(browser):
    browser.behind.answer_headers = [(b"cache-control", b"public"), (b"Access-Control-Allow-Origin", b"*"), (b"Server", b"s")]
    answer = browser.get("/")
    assert answer["cache-control"] == "no-store"
    assert not answer.all("Access-Control-Allow-Origin") and not answer.all("Server")


def test_behind_https_cookies_are_for_https_alone(browser, settings):
    settings(f'web_addresses = ["{COUNCIL}"]\n')
    browser.behind.answer_headers = [(b"set-cookie", b"_streamlit_xsrf=2|a; Path=/")]
    answer = browser.get("/", host="tracker.council.gov.uk")
    assert len(answer.all("set-cookie")) == 2 and "strict-transport-security" in dict(answer.headers)
    assert all("; Secure" in cookie for cookie in answer.all("set-cookie"))
    (ours,) = [cookie for cookie in answer.all("set-cookie") if "tracker_session" in cookie]
    assert ours.startswith("__Host-") and "; Path=/;" in ours and "Domain" not in ours
    browser.window(origin=COUNCIL, host="tracker.council.gov.uk")
    assert browser.behind.reached[-1]["type"] == "websocket"


def test_a_failure_says_nothing_of_itself(browser):
    async def broken(scope, receive, send):
        raise ValueError("Ava Bickerton")

    browser.layer._app = broken
    answer = browser.get("/")
    assert answer.status == 500 and b"Bickerton" not in answer.body and answer["cache-control"] == "no-store"


def test_an_address_without_end_is_refused(browser):
    assert browser.get(f"/children?q={'x' * 3_998}").status == 200
    assert browser.get(f"/children?q={'x' * 3_999}").status == 414


# --- browser sessions ---


def test_a_page_gives_a_cookie_that_scripts_cannot_read_and_a_second_does_not(browser):
    first = browser.get("/")
    assert "HttpOnly" in first["set-cookie"] and "SameSite=Lax" in first["set-cookie"]
    assert not browser.get("/child").all("set-cookie")


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/a.js", "/media/a.csv", "/favicon.png"])
def test_what_is_no_page_begins_no_session(browser, path):
    assert not browser.get(path).all("set-cookie")


@pytest.mark.parametrize("place", [0, 12, 45, -1])
def test_a_cookie_that_was_changed_is_not_one(browser, place):
    browser.get("/")
    ((name, value),) = browser.cookies.items()
    changed = value[:place] + ("1" if value[place] != "1" else "2") + value[place + 1 if place != -1 else len(value) :]
    browser.cookies = {name: changed}
    assert [message["type"] for message in browser.window()] == ["websocket.close"]
    assert browser.get("/").all("set-cookie")


def test_a_window_without_a_session_is_refused(browser):
    assert [message["type"] for message in browser.window()] == ["websocket.close"]
    assert reached(browser) == 0


def test_another_process_of_the_same_store_knows_the_cookie_and_another_store_does_not(browser, tmp_path, monkeypatch):
    browser.get("/")
    clock = browser.sessions.clock
    assert Browser(BrowserSessions(clock), cookies=browser.cookies).window()[0]["type"] == "websocket.accept"
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "other"))
    other = Browser(BrowserSessions(clock), cookies=browser.cookies)
    assert other.window()[0]["type"] == "websocket.close" and other.sessions.cookie_name != browser.sessions.cookie_name


@pytest.mark.parametrize(("minutes", "over"), [(29.98, False), (30.0, True)])
def test_a_session_ends_when_nobody_has_used_it(browser, minutes, over):
    browser.get("/")
    browser.window(rerun("a"))
    browser.sessions.clock.now += minutes * 60
    assert bool(browser.get("/").all("set-cookie")) is over


@pytest.mark.parametrize(("hours", "over"), [(9.99, False), (10.0, True)])
def test_a_session_ends_in_any_case(browser, hours, over):
    browser.get("/")
    for _ in range(30):
        browser.window(rerun("a"))
        browser.sessions.clock.now += hours * 120
    assert bool(browser.get("/").all("set-cookie")) is over


def test_a_session_that_has_ended_does_not_begin_again(browser, settings):
    settings("session_idle_minutes = 1\n")
    browser.get("/")
    kept = dict(browser.cookies)
    browser.sessions.clock.now += 60
    browser.get("/")
    settings("session_idle_minutes = 60\n")
    assert browser.cookies != kept
    browser.cookies = kept
    browser.window(rerun("a"))
    assert not browser.behind.messages[-1].rerun_script.widget_states.widgets


# --- the sign-in cookie ---


def signed_in(browser: Browser, user: str = "user") -> None:
    browser.get("/")
    browser.behind.answer_headers = [(b"set-cookie", f"_streamlit_user={user}; Path=/".encode())]
    browser.get("/oauth2callback?code=1")
    browser.behind.answer_headers = []


def cookies_behind(browser: Browser) -> str:
    return dict(browser.behind.reached[-1]["headers"]).get(b"cookie", b"").decode()


def test_a_sign_in_begins_a_new_session_and_counts_with_it(browser):
    browser.get("/")
    before = dict(browser.cookies)
    signed_in(browser)
    assert {name: browser.cookies[name] for name in before} != before
    browser.window(rerun())
    assert "_streamlit_user=user" in cookies_behind(browser)


def test_who_signs_in_and_out_is_logged_by_a_mark_that_the_record_of_access_has_too(browser, caplog):
    caplog.set_level("INFO", "tracker")
    signed_in(browser)
    (ticket,) = filter(None, map(browser.sessions.read, browser.cookies.values()))
    mark = browser.sessions.of(ticket).mark
    browser.get("/auth/logout")
    assert [record.getMessage() for record in caplog.records] == [
        f"signed in: browser session {mark}, from 127.0.0.1",
        f"signed out: browser session {mark}, from 127.0.0.1",
    ]
    assert not any(value in caplog.text for value in (ticket.id, "user", "code"))


def test_a_copied_sign_in_is_of_no_use_in_another_session(browser):
    signed_in(browser)
    thief = Browser(browser.sessions)
    thief.get("/")
    thief.cookies["_streamlit_user"] = browser.cookies["_streamlit_user"]
    thief.window(rerun())
    assert "_streamlit_user" not in cookies_behind(thief)
    thief.get("/child")
    assert "_streamlit_user" not in cookies_behind(thief)


@pytest.mark.parametrize("between", ["; ", ";", ";  "])
def test_a_copied_sign_in_is_dropped_however_the_cookies_are_written(browser, between):
    signed_in(browser)
    thief = Browser(browser.sessions)
    thief.get("/")
    ((name, value),) = thief.cookies.items()
    thief.cookies = {}
    thief.window(cookie=f"{name}={value}{between}_streamlit_user=user{between}_streamlit_user_tokens=a")
    assert thief.behind.reached and "_streamlit_user" not in cookies_behind(thief)


def test_two_hosts_or_origins_are_none(browser):
    browser.get("/")
    for twice in ("host", "origin"):
        scope = browser._scope("http", "/", {"origin": HERE})
        scope["headers"].append((twice.encode(), dict(scope["headers"])[twice.encode()]))
        asked = layer._headers(scope)
        assert browser.layer._status({**scope, "method": "GET"}, asked, "/", None) in (403, 421)


def test_an_older_sign_in_is_of_no_use_after_a_newer(browser):
    signed_in(browser, "first")
    old = browser.cookies["_streamlit_user"]
    signed_in(browser, "second")
    browser.cookies["_streamlit_user"] = old
    browser.window(rerun())
    assert "_streamlit_user" not in cookies_behind(browser)


def test_the_end_of_a_session_is_the_end_of_the_sign_in(browser):
    signed_in(browser)
    browser.sessions.clock.now += 30 * 60
    browser.window(rerun())
    browser.get("/")
    assert "_streamlit_user" not in browser.cookies and "_streamlit_user" not in cookies_behind(browser)


def test_a_sign_in_ends_the_session_before_it(browser):
    signed_in(browser, "first")
    thief = Browser(browser.sessions)
    thief.cookies = dict(browser.cookies)
    signed_in(browser, "second")
    thief.window(rerun("a"))
    assert not thief.behind.messages[-1].rerun_script.widget_states.widgets
    browser.window(rerun("a"))
    assert browser.behind.messages[-1].rerun_script.widget_states.widgets


def test_a_link_to_the_end_of_a_sign_in_that_never_was_signs_nobody_out(browser):
    signed_in(browser)
    kept = dict(browser.cookies)
    browser.get("/oauth2callback?code=1&state=2", **{"sec-fetch-site": "cross-site"})
    assert browser.cookies == kept
    browser.window(rerun("a"))
    assert "_streamlit_user=user" in cookies_behind(browser)
    assert browser.behind.messages[-1].rerun_script.widget_states.widgets


def test_signing_out_ends_the_session_for_cookies_that_were_copied_before(browser):
    signed_in(browser)
    thief = Browser(browser.sessions)
    thief.cookies = dict(browser.cookies)
    browser.get("/auth/logout")
    thief.window(rerun("a"))
    assert not thief.behind.messages[-1].rerun_script.widget_states.widgets
    thief.get("/")
    assert "_streamlit_user" not in cookies_behind(thief)


def test_a_session_that_was_signed_out_has_ended_in_every_process_and_after_a_restart(browser, own_store):
    signed_in(browser)
    copied = dict(browser.cookies)
    there = Browser(BrowserSessions(browser.sessions.clock), cookies=copied)
    there.window(rerun("a"))
    assert there.behind.messages[-1].rerun_script.widget_states.widgets
    browser.get("/auth/logout")
    for thief in (there, Browser(BrowserSessions(browser.sessions.clock), cookies=copied)):
        thief.window(rerun("a"))
        assert not thief.behind.messages[-1].rerun_script.widget_states.widgets
    kept = own_store / "session.ended"
    assert kept.stat().st_mode & 0o077 == 0 and not any(value in kept.read_text() for value in copied.values())


def test_sessions_that_were_signed_out_are_kept_as_long_as_their_cookies(browser, own_store):
    for _ in range(3):
        signed_in(browser)
        browser.get("/auth/logout")
    kept = own_store / "session.ended"
    assert len(kept.read_text().splitlines()) == 3
    browser.sessions.clock.now += 10 * 3600
    signed_in(browser)
    browser.get("/auth/logout")
    assert len(kept.read_text().splitlines()) == 1


def is_served(browser: Browser) -> bool:
    """Whether what is pressed in a window reaches the app."""
    browser.window(rerun("a"))
    return bool(browser.behind.messages[-1].rerun_script.widget_states.widgets)


@pytest.mark.parametrize(("minutes", "served"), [(29.5, True), (30, False), (300, False)])
def test_after_a_restart_a_session_has_ended_that_nobody_had_used_for_a_while(browser, own_store, minutes, served):
    signed_in(browser)
    browser.sessions.clock.now += 20 * 60
    assert is_served(browser)
    browser.sessions.clock.now += minutes * 60
    after = Browser(BrowserSessions(browser.sessions.clock), cookies=dict(browser.cookies))
    assert is_served(after) is served
    (kept,) = (own_store / "session.used").iterdir()
    assert kept.stat().st_mode & 0o077 == 0 and not any(kept.name in value for value in browser.cookies.values())


def test_after_a_restart_a_session_that_nobody_had_used_at_all_counts_from_its_sign_in(browser):
    signed_in(browser)
    for minutes, served in ((29, True), (2, False)):
        browser.sessions.clock.now += minutes * 60
        browser.sessions.clock.now += 0.5
        after = Browser(BrowserSessions(browser.sessions.clock), cookies=dict(browser.cookies))
        ticket = next(filter(None, map(after.sessions.read, after.cookies.values())))
        assert after.sessions.is_over(after.sessions.of(ticket)) is not served


def test_use_in_one_process_keeps_the_session_in_another(browser):
    signed_in(browser)
    there = Browser(BrowserSessions(browser.sessions.clock), cookies=dict(browser.cookies))
    assert is_served(there)
    for _ in range(3):
        browser.sessions.clock.now += 20 * 60
        assert is_served(browser)
    assert is_served(there)
    browser.sessions.clock.now += 30 * 60
    assert not is_served(there) and not is_served(browser)


def test_uses_are_kept_as_long_as_their_cookies_and_a_disk_that_refuses_stops_nobody(browser, own_store, caplog):
    for _ in range(3):
        signed_in(browser)
        assert is_served(browser)
    kept = own_store / "session.used"
    assert len(list(kept.iterdir())) == 3
    browser.sessions.clock.now += 10 * 3600
    signed_in(browser)
    assert is_served(browser) and len(list(kept.iterdir())) == 1
    shutil.rmtree(kept)
    kept.write_text("")
    browser.sessions.clock.now += 60
    assert is_served(browser) and "session.used could not be written" in caplog.text


def test_visitors_without_a_sign_in_write_nothing_down(browser, own_store):
    browser.get("/")
    assert is_served(browser)
    browser.get("/auth/logout")
    assert not (own_store / "session.ended").exists() and not (own_store / "session.used").exists()


def test_a_session_that_has_ended_is_not_forgotten_while_its_cookie_lasts(browser, monkeypatch):
    monkeypatch.setattr(browser_sessions, "MOST_KEPT", 4)
    signed_in(browser)
    copied = dict(browser.cookies)
    browser.get("/auth/logout")
    for _ in range(20):
        other = Browser(browser.sessions)
        other.get("/")
        other.window(rerun())
    thief = Browser(browser.sessions, cookies=copied)
    thief.window(rerun("a"))
    assert not thief.behind.messages[-1].rerun_script.widget_states.widgets
    assert len(browser.sessions._sessions) <= 4
    browser.sessions.clock.now += 10 * 3600
    Browser(browser.sessions, cookies=other.cookies).get("/")
    newest = Browser(browser.sessions)
    newest.get("/")
    newest.window(rerun())
    assert len(browser.sessions._sessions) == 1


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout"])
@pytest.mark.parametrize(
    ("said", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200)]
)
def test_nobody_is_signed_in_or_out_by_a_page_of_another_website(browser, path, said, status):
    signed_in(browser)
    before = reached(browser)
    assert browser.get(path, **({"sec-fetch-site": said} if said else {})).status == status
    assert reached(browser) == before + (status == 200)
    (ticket,) = filter(None, map(browser.sessions.read, browser.cookies.values()))
    assert browser.sessions.is_over(browser.sessions.of(ticket)) == (path == "/auth/logout" and status == 200)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/", "host": "evil.example"}, 421),
        ({"path": "/", "origin": "https://evil.example"}, 403),
        ({"path": "/", "method": "TRACE"}, 405),
        ({"path": f"/child?child=P1{'x' * 4_000}"}, 414),
    ],
)
def test_what_is_refused_is_logged_with_where_it_came_from_and_nothing_of_what_was_asked(browser, caplog, asked, status):
    assert browser.get(**asked).status == status
    assert [record.getMessage() for record in caplog.records] == [f"a request was refused ({status}) from 127.0.0.1"]


# --- files ---


@pytest.fixture
def open_pages(monkeypatch) -> set[str]:
    """The sessions of Streamlit that are open."""
    pages = {"app-session", "theirs"}
    runtime = type("Runtime", (), {"is_active_session": lambda self, name: name in pages})()
    monkeypatch.setattr(made_files.streamlit.runtime, "get_instance", lambda: runtime)
    return pages


def made(app_session: str) -> str:
    made_files.make_for(app_session)
    return made_files._new_name(b"a list", "text/csv", "list.csv")


def test_a_file_is_given_to_the_browser_that_made_it_as_long_as_its_page_is_open(browser, open_pages):
    browser.get("/")
    browser.window(rerun())
    name = made("app-session")
    # The window has been closed, so what it made before is gone; this was made after.
    assert browser.get(f"/media/{name}.csv").status == 200
    open_pages.discard("app-session")
    assert browser.get(f"/media/{name}.csv").status == 404


def test_a_file_goes_with_the_page_that_made_it(browser, open_pages):
    browser.get("/")
    name = made("app-session")
    browser.window(rerun())
    assert browser.get(f"/media/{name}.csv").status == 404


def test_a_link_from_another_browser_is_not_there(browser, open_pages):
    browser.get("/")
    browser.window(rerun())
    name = made("app-session")
    other = Browser(browser.sessions, Behind())
    other.behind.session_id = "theirs"
    for step in (lambda: None, lambda: other.get("/"), lambda: other.window(rerun())):
        step()
        assert other.get(f"/media/{name}.csv").status == 404
    assert browser.get(f"/media/{name}.csv").status == 200


def test_a_file_that_nobody_owns_is_given_to_nobody(browser, open_pages):
    browser.get("/")
    browser.window(rerun())
    assert browser.get(f"/media/{made_files._new_name(b'a', 'text/csv')}.csv").status == 404


def test_no_file_is_given_after_the_session(browser, open_pages):
    browser.get("/")
    browser.window(rerun())
    name = made("app-session")
    browser.sessions.clock.now += 30 * 60
    assert browser.get(f"/media/{name}.csv").status == 404


def test_names_of_files_cannot_be_guessed_or_shared():
    assert made_files._new_name(b"a", "text/csv") != made_files._new_name(b"a", "text/csv")


def test_a_base_path_is_left_out_of_the_routes(browser, monkeypatch):
    monkeypatch.setattr(layer.streamlit.config, "get_option", lambda name: "/tracker/")
    assert browser.get("/tracker/child").all("set-cookie")
    assert browser.get("/tracker/_stcore/metrics").status == 404
    assert browser.window(path="/tracker/_stcore/stream")[0]["type"] == "websocket.accept"


def test_the_clock_of_the_tests_is_not_the_machines():
    assert Clock()() == 1_800_000_000.0
