"""Routes × visitors: who gets what, and that nobody gets what is another's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app.domains.people.tables import Session
from tests.web.pages import HTMX, answer, hidden

WHEN = "/fr/learn/premier-mail/when"
MAIL = "/fr/learn/premier-mail/answer-lea"
VALUES = {"lang": "fr", "module": "premier-mail", "step": "when", "theme": "e-mail", "token": "nobody"}
SHOWS_ITS_OWN = ("/fr/", "/fr/me", "/fr/me/data.json", "/fr/me/erasure", "/fr/leaving", WHEN, "/fr/themes/e-mail")
"""Pages that hold something of whoever is known here."""


def routes(client: TestClient) -> list[APIRoute]:
    return [route for route in client.app.routes if isinstance(route, APIRoute)]


def stranger(client: TestClient) -> None:
    """Nobody was ever here."""


def guest(client: TestClient) -> None:
    answer(client, WHEN, choice="thursday")


def sleeping_guest(client: TestClient) -> None:
    guest(client)
    fall_asleep(client)


def forged(client: TestClient) -> None:
    client.cookies.set("clic", "0" * 64)


def fall_asleep(client: TestClient, silent: timedelta = timedelta(minutes=21)) -> None:
    """As if nobody had touched any device for a while."""
    with client.app.state.site.engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.update(Session).values(seen_at=datetime.now(UTC) - silent))


@pytest.mark.parametrize("visitor", [stranger, guest, sleeping_guest, forged])
def test_every_route_answers_every_visitor_with_a_page_or_the_way_to_one(
    client: TestClient, visitor: Callable[[TestClient], None]
) -> None:
    for route in routes(client):
        for method in sorted(route.methods - {"HEAD"}):
            visitor(client)
            reply = client.request(method, route.path.format(**VALUES), data={} if method == "POST" else None)
            allowed = {200, 303, 404, 422} if "keepsake" in route.path else {200, 303}
            assert reply.status_code in allowed, (method, route.path, reply.status_code)
            client.cookies.clear()


@pytest.mark.parametrize("path", SHOWS_ITS_OWN)
def test_a_shared_device_that_slept_shows_nothing_before_it_asks(client: TestClient, path: str) -> None:
    sleeping_guest(client)
    reply = client.get(path)
    assert reply.status_code == 303
    assert reply.headers["location"] == f"/fr/still-you?next={path}"


def test_asking_makes_the_new_start_the_larger_button(client: TestClient) -> None:
    page = client.get(f"/fr/still-you?next={WHEN}").text
    assert 'class="btn btn--primary btn--block btn--l" name="me" value="no"' in page
    assert page.index('value="no"') < page.index('value="yes"')


def test_the_same_person_goes_on_where_they_were(client: TestClient) -> None:
    sleeping_guest(client)
    reply = client.post("/fr/still-you", data={"me": "yes", "next": WHEN})
    assert (reply.status_code, reply.headers["location"]) == (303, WHEN)
    assert 'data-outcome="wrong"' in client.get(WHEN).text


def test_another_person_begins_anew_and_the_work_of_before_is_kept(client: TestClient) -> None:
    guest(client)
    token = client.cookies["clic"]
    fall_asleep(client)
    reply = client.post("/fr/still-you", data={"me": "no", "next": WHEN})
    assert 'clic=""' in reply.headers["set-cookie"]
    client.cookies.clear()
    assert "data-outcome" not in client.get(WHEN).text
    client.cookies.set("clic", token)
    assert client.get("/fr/me/data.json").json() == {}
    with client.app.state.site.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM event")).scalar() == 1


def test_a_sleeping_answer_is_not_given_in_another_name(client: TestClient) -> None:
    guest(client)
    fields = hidden(client.get(WHEN).text) | {"choice": "tuesday"}
    fall_asleep(client)
    reply = client.post(WHEN, data=fields, headers=HTMX)
    assert reply.headers["hx-redirect"] == f"/fr/still-you?next={WHEN}"
    client.post("/fr/still-you", data={"me": "yes", "next": WHEN})
    assert [event["tone"] for event in client.get("/fr/me/data.json").json()["event"]] == ["wrong"]


def test_nobody_erases_a_sleeping_person_and_nobody_is_told_so(client: TestClient) -> None:
    sleeping_guest(client)
    reply = client.post("/fr/me/erasure", data={"sure": "yes"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/fr/still-you?next=/fr/")
    client.post("/fr/still-you", data={"me": "yes"})
    assert client.get("/fr/me/data.json").json()["event"]


def test_nobody_takes_the_work_of_a_sleeping_person_along(client: TestClient) -> None:
    guest(client)
    code = client.post("/fr/keepsake").text.partition("data-code>")[2].partition("<")[0]
    client.cookies.clear()
    answer(client, MAIL, act="mail.reply")
    fall_asleep(client)
    assert 'name="take"' not in client.get("/fr/keepsake").text
    client.post("/fr/keepsake/opening", data={"code": code, "take": "yes"})
    assert {event["step"] for event in client.get("/fr/me/data.json").json()["event"]} == {"when"}


def test_two_guests_never_meet(client: TestClient) -> None:
    guest(client)
    first = client.cookies["clic"]
    client.cookies.clear()
    answer(client, WHEN, choice="tuesday")
    second = client.cookies["clic"]
    for token, tone in ((first, "wrong"), (second, "right")):
        client.cookies.clear()
        client.cookies.set("clic", token)
        data = client.get("/fr/me/data.json").json()
        assert [event["tone"] for event in data["event"]] == [tone]
        assert len(data["person"]) == 1
        assert f'data-outcome="{tone}"' in client.get(WHEN).text
    client.post("/fr/me/erasure", data={"sure": "yes"})
    client.cookies.clear()
    client.cookies.set("clic", first)
    assert client.get("/fr/me/data.json").json()["event"]


def test_the_data_of_a_person_holds_no_key(client: TestClient) -> None:
    guest(client)
    client.post("/fr/keepsake")
    text = client.get("/fr/me/data.json").text
    for key in ("token_hash", "code_hash", client.cookies["clic"]):
        assert key not in text


PROXIED = {"x-forwarded-for": "192.0.2.7"}


def test_the_counters_exist_for_this_machine_or_with_the_token(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404
    site = client.app.state.site
    token = "only-for-tests-metrics-0123456789"
    site.settings = site.settings.model_copy(update={"metrics_token": token})
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    counted = client.get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert 'clic_replies_total{status="404"}' in counted.text


def test_this_machine_sees_the_counters_but_not_through_its_proxy(client: TestClient) -> None:
    with TestClient(client.app, client=("127.0.0.1", 5000)) as here:
        assert here.get("/metrics").status_code == 200
        assert here.get("/metrics", headers=PROXIED).status_code == 404
