"""Security is structure: headers on every status, forged forms refused, every route with its decision."""

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.kit.security import LARGEST_BODY, POLICY
from tests.web.pages import HTMX, answer, hidden

WHEN = "/fr/learn/premier-mail/when"
ACTORS = {"anyone", "known", "machines"}
NEEDS_A_CODE = {"/{lang}/keepsake/{token}", "/{lang}/keepsake/opening"}
"""Played with success in test_pages.py."""


def routes(client: TestClient) -> list[APIRoute]:
    return [route for route in client.app.routes if isinstance(route, APIRoute)]


def filled(route: APIRoute) -> str:
    values = {"lang": "fr", "module": "premier-mail", "step": "when", "theme": "e-mail", "token": "nobody"}
    path = route.path
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def test_every_route_says_who_may_call_it(client: TestClient) -> None:
    for route in routes(client):
        assert (route.openapi_extra or {}).get("x-actors") in ACTORS, route.path


def visitors(client: TestClient) -> Iterator[tuple[str, TestClient]]:
    yield "stranger", client
    answer(client, WHEN, choice="thursday")
    yield "guest", client
    client.cookies.set("clic", "forged")
    yield "forged", client


def test_routes_times_visitors(client: TestClient) -> None:
    """Every route answers every visitor with a page or the way to one; none with an error of ours."""
    answered: set[str] = set()
    for who, browser in visitors(client):
        for route in routes(client):
            for method in sorted(route.methods - {"HEAD"}):
                reply = browser.request(method, filled(route), data={} if method == "POST" else None)
                expected = {200, 303, 404, 422} if "token" in route.path or "opening" in route.path else {200, 303}
                assert reply.status_code in expected, (who, method, route.path, reply.status_code)
                if reply.status_code in (200, 303):
                    answered.add(route.path)
    never = {route.path for route in routes(client)} - answered - NEEDS_A_CODE
    assert not never, "routes that were never exercised with success"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
)
def test_forged_forms_fail_on_every_unsafe_route(client: TestClient, headers: dict[str, str]) -> None:
    for route in routes(client):
        if "POST" in route.methods:
            assert client.post(filled(route), data={}, headers=headers).status_code == 403, route.path


def test_no_get_changes_anything(client: TestClient) -> None:
    before = client.get("/fr/me/data.json").json()
    for route in routes(client):
        if "GET" in route.methods:
            reply = client.get(filled(route))
            assert "set-cookie" not in reply.headers, route.path
    assert client.get("/fr/me/data.json").json() == before == {}


@pytest.mark.parametrize(
    ("path", "status"), [("/fr/", 200), ("/fr/nothing", 404), ("/fr/learn/premier-mail/when", 200), ("/zz/", 404)]
)
def test_the_policy_stands_on_every_status_and_nothing_is_stored(client: TestClient, path: str, status: int) -> None:
    reply = client.get(path)
    assert reply.status_code == status
    assert reply.headers["content-security-policy"] == POLICY
    assert reply.headers["referrer-policy"] == "same-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"


def test_also_on_refusals(client: TestClient) -> None:
    for reply in (
        client.post(WHEN, data={}, headers={"origin": "null"}),
        client.post(WHEN, content=b"x" * (LARGEST_BODY + 1)),
        client.put(WHEN),
    ):
        assert reply.status_code in (403, 405, 413)
        assert reply.headers["content-security-policy"] == POLICY


def test_cookies_are_not_for_scripts_and_stay_here(client: TestClient) -> None:
    cookie = answer(client, WHEN, choice="tuesday").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert cookie.startswith("clic=")


def test_under_https_the_cookie_is_bound_to_the_host(site_settings: Settings) -> None:
    secure = site_settings.model_copy(update={"public_url": "https://testserver"})
    with TestClient(create_app(secure), base_url="https://testserver", follow_redirects=False) as client:
        page = client.get(WHEN)
        reply = client.post(
            WHEN, data=hidden(page.text) | {"choice": "tuesday"}, headers={"origin": "https://testserver"}
        )
        assert reply.headers["set-cookie"].startswith("__Host-clic=")
        assert "secure" in reply.headers["set-cookie"].lower()
        assert "max-age" in reply.headers["strict-transport-security"]


HOSTILE = [
    "/%00/",
    "/fr/%ff%fe",
    "/fr/learn/" + "a" * 3000,
    "/fr/learn/..%2f..%2fetc",
    "/fr/learn/premier-mail/%3Cscript%3E",
]


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize(
    "headers", [{}, HTMX, {"accept-language": "xx;q=x,;=," * 50}, {"cookie": "clic=\x01; reading=b:9"}]
)
def test_hostile_addresses_get_a_friendly_page(client: TestClient, path: str, headers: dict[str, str]) -> None:
    reply = client.get(path, headers=headers)
    assert reply.status_code == 404
    assert "Cette page n’existe pas" in reply.text
    assert 'id="page"' in reply.text


@settings(max_examples=60)
@given(
    body=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    step=st.sampled_from(["when", "unread", "answer-lea", "order-a-mail", "parts-of-a-mail", "welcome"]),
    partial=st.booleans(),
)
def test_no_body_makes_an_error_of_ours(shared_client: TestClient, body: bytes, step: str, partial: bool) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", **(HTMX if partial else {})}
    reply = shared_client.post(f"/fr/learn/premier-mail/{step}", content=b"act=mail.reply&" + body, headers=headers)
    assert reply.status_code in (200, 303)


@pytest.fixture(scope="module")
def shared_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("fuzz")
    fuzzed = Settings(
        database_url=f"sqlite:///{folder / 'x.sqlite3'}",
        secret="only-for-tests-0123456789-abcdefghijklmnop",
        public_url="http://testserver",
    )
    with TestClient(create_app(fuzzed), follow_redirects=False, headers={"origin": "http://testserver"}) as client:
        yield client
