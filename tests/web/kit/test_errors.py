"""What goes wrong ends in a friendly page, keeps what was typed, and never calls unsaved what is not saved."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.storage.writer import NotSaved
from app.web.kit.security import LARGEST_BODY, POLICY
from tests.web.pages import HTMX, answer, hidden

WHEN = "/fr/learn/premier-mail/when"
MAIL = "/fr/learn/premier-mail/answer-lea"


class Away:
    """A database that is not reached."""

    async def write(self, deed: object) -> object:
        raise NotSaved("disk full")

    read = write

    def close(self) -> None:
        pass


@pytest.fixture
def nothing_is_saved(client: TestClient) -> Iterator[TestClient]:
    """A known guest whose database goes away: reading goes on, writing does not."""
    answer(client, WHEN, choice="thursday")
    site = client.app.state.site
    writer, learning = site.writer, site.learning
    site.writer, site.learning = Away(), type(learning)(Away(), learning.reader, learning.secret)
    yield client
    site.writer, site.learning = writer, learning


def fields_of(html: str) -> list[tuple[str, str]]:
    return re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', html)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_is_still_in_the_page(nothing_is_saved: TestClient, headers: dict[str, str]) -> None:
    fields = hidden(nothing_is_saved.get(MAIL).text)
    reply = nothing_is_saved.post(MAIL, data={**fields, "act": "mail.send", "body": "Bonjour Léa"}, headers=headers)
    assert reply.status_code == 503
    assert "Votre réponse n’est pas enregistrée" in reply.text
    assert dict(fields_of(reply.text)) == {**fields, "act": "mail.send", "body": "Bonjour Léa"}


def test_several_ticks_are_all_kept(nothing_is_saved: TestClient) -> None:
    reply = nothing_is_saved.post(WHEN, data={"choice": ["tuesday", "thursday"], "revision": "1"})
    assert [value for name, value in fields_of(reply.text) if name == "choice"] == ["tuesday", "thursday"]


@pytest.mark.parametrize("path", ["/fr/keepsake", "/fr/leaving", "/fr/device", "/fr/me/erasure"])
def test_no_other_deed_is_called_done(nothing_is_saved: TestClient, path: str) -> None:
    reply = nothing_is_saved.post(path, data={"sure": "yes", "mine": "yes"})
    assert reply.status_code == 503
    assert "set-cookie" not in reply.headers
    assert 'href="/fr/"' in reply.text


def test_reading_goes_on(nothing_is_saved: TestClient) -> None:
    assert nothing_is_saved.get(MAIL).status_code == 200
    assert nothing_is_saved.get("/fr/").status_code == 200


def test_without_the_database_a_page_says_so_and_does_not_speak_of_an_answer(client: TestClient) -> None:
    answer(client, WHEN, choice="thursday")
    site = client.app.state.site
    reader, site.reader = site.reader, Away()
    reply, ready = client.get("/fr/"), client.get("/readyz")
    site.reader = reader
    assert (reply.status_code, ready.status_code) == (503, 503)
    assert "Ça ne marche pas" in reply.text
    assert "pas enregistrée" not in reply.text
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("announced", [True, False])
def test_a_book_in_a_field_is_refused_with_a_kind_page(client: TestClient, announced: bool) -> None:
    body = b"body=" + b"a" * LARGEST_BODY
    form = {"content-type": "application/x-www-form-urlencoded"}
    reply = client.post(MAIL, content=body if announced else iter([body]), headers=form)
    assert reply.status_code == 413
    assert "Écrivez moins de mots" in reply.text
    assert f'href="{MAIL}"' in reply.text
    assert client.get("/fr/me/data.json").json() == {}


def test_a_book_in_a_field_leaves_the_exchanged_page_as_it_is(client: TestClient) -> None:
    reply = client.post(MAIL, data={"body": "a" * LARGEST_BODY}, headers=HTMX)
    assert reply.status_code == 413
    assert 'id="page"' not in reply.text


@pytest.mark.parametrize(
    ("path", "lang"), [("/ar/nothing", "ar"), ("/nothing", "en"), ("/zz/learn/premier-mail", "en")]
)
def test_a_missing_page_speaks_the_language_of_the_address_else_the_browsers(
    client: TestClient, path: str, lang: str
) -> None:
    reply = client.get(path, headers={"accept-language": "en"}, follow_redirects=True)
    assert reply.status_code == 404
    assert f'<html lang="{lang}"' in reply.text


def test_a_wrong_method_is_told_what_is_right(client: TestClient) -> None:
    reply = client.put("/fr/")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET")
    assert "Cette page n’existe pas" in reply.text


def test_head_answers_as_get_does_without_a_body(client: TestClient) -> None:
    for path in ("/", "/fr/", WHEN, "/healthz", "/fr/nothing/at/all"):
        head, get = client.head(path), client.get(path)
        assert head.status_code == get.status_code, path
        assert head.content == b""


def test_our_own_fault_is_a_page_too_and_says_nothing_about_the_code(client: TestClient) -> None:
    site = client.app.state.site
    learning, site.learning = site.learning, None
    reply = client.get(WHEN)
    site.learning = learning
    assert reply.status_code == 500
    assert "Ce n’est pas votre faute" in reply.text
    assert "Traceback" not in reply.text and "Error" not in reply.text
    assert reply.headers["content-security-policy"] == POLICY
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://testserver:99999999", "testserver", "é", "//"])
def test_a_strange_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.post(WHEN, data={}, headers={"origin": origin.encode("utf-8")}).status_code == 403


@pytest.mark.parametrize("host", ["[", "", "a b", "[::1", "x:99999", "elsewhere.example"])
@pytest.mark.parametrize("path", ["/", "/fr/", "/fr", WHEN, "/fr/nothing"])
def test_a_strange_host_is_no_error_of_ours(client: TestClient, host: str, path: str) -> None:
    assert client.get(path, headers={"host": host}).status_code < 500
