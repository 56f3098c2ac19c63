"""The learner's pages, asked for as browsers do: whole, as a block for htmx, and without JavaScript."""

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from app.pure.simulator import solver, world
from app.storage.writer import NotSaved
from tests.makers import library
from tests.web.pages import HTMX, answer, hidden

WHEN = "/fr/learn/premier-mail/when"
MAIL = "/fr/learn/premier-mail/answer-lea"


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").replace("\u2011", "-")


def test_the_first_page_offers_the_languages_without_a_redirect(client: TestClient) -> None:
    page = client.get("/", headers={"accept-language": "ar-MA,ar;q=0.9,fr;q=0.5"})
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page.text
    assert 'hreflang="fr"' in page.text


@pytest.mark.parametrize(("accepted", "tag"), [("en-GB", "en"), ("de", "fr"), ("", "fr"), ("prs, en;q=0.3", "en")])
def test_the_first_page_speaks_what_the_browser_asks_for(client: TestClient, accepted: str, tag: str) -> None:
    assert f'<html lang="{tag}"' in client.get("/", headers={"accept-language": accepted}).text


def test_a_wrong_answer_speaks_and_a_right_one_goes_on(client: TestClient) -> None:
    wrong = answer(client, WHEN, htmx=True, choice="thursday")
    assert 'data-outcome="wrong"' in wrong.text
    assert "Jeudi, c’est la réunion de l’école." in text_of(wrong.text)
    right = answer(client, WHEN, htmx=True, choice="tuesday")
    assert 'data-outcome="right"' in right.text
    assert "data-onward" in right.text
    assert right.text.startswith("<title>")
    assert "<html" not in right.text


def test_without_javascript_an_answer_goes_back_to_the_same_page(client: TestClient) -> None:
    reply = answer(client, WHEN, choice="tuesday")
    assert (reply.status_code, reply.headers["location"]) == (303, WHEN)
    assert 'data-outcome="right"' in client.get(WHEN).text


def test_a_swap_equals_a_reload(client: TestClient) -> None:
    def page_of(html: str) -> str:
        start = html.index('<div class="page')
        inner = html[start:].partition('<form id="reading"')[0].partition("</body>")[0]
        without_icons = re.sub(r'<svg class="vh".*?</svg>', "", inner, flags=re.DOTALL)
        return re.sub(r'name="once" value="[^"]*"', "", re.sub(r"\s+", " ", without_icons)).strip()

    for path, fields in ((WHEN, {"choice": "thursday"}), (MAIL, {"act": "mail.reply"}), (MAIL, {"help": "show"})):
        swapped = answer(client, path, htmx=True, **fields)
        assert page_of(swapped.text) == page_of(client.get(path).text), path


def test_explanations_lead_on(client: TestClient) -> None:
    reply = answer(client, "/fr/learn/premier-mail/welcome", seen="yes")
    assert reply.headers["location"] == "/fr/learn/premier-mail/unread"
    reply = answer(client, "/fr/learn/premier-mail/welcome", htmx=True, seen="yes")
    assert reply.headers["hx-push-url"] == "/fr/learn/premier-mail/unread"
    assert "Combien d’e-mails" in text_of(reply.text)


def test_one_comes_back_to_where_one_was(client: TestClient) -> None:
    answer(client, WHEN, choice="tuesday")
    answer(client, MAIL, act="mail.reply")
    home = client.get("/fr/")
    assert "Vous étiez ici" in text_of(home.text)
    assert f'href="{MAIL}"' in home.text


def test_the_device_question_is_asked_once(client: TestClient) -> None:
    answer(client, WHEN, choice="tuesday")
    assert "data-device-question" in client.get(WHEN).text
    reply = client.post("/fr/device", data={"mine": "yes", "next": "/fr/learn/premier-mail/parts-of-a-mail"})
    assert reply.headers["location"] == "/fr/learn/premier-mail/parts-of-a-mail"
    assert "data-device-question" not in client.get(WHEN).text


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:1"])
def test_nobody_is_sent_elsewhere(client: TestClient, next_: str) -> None:
    assert client.post("/fr/device", data={"mine": "yes", "next": next_}).headers["location"] == "/fr/"


def test_i_am_done_keeps_the_work_and_the_device_forgets(client: TestClient) -> None:
    answer(client, WHEN, choice="tuesday")
    kept = client.post("/fr/keepsake")
    code = re.search(r"data-code>([^<]+)<", kept.text)[1]
    assert re.fullmatch(r"[a-z]+ [a-z]+ \d{3}", code)
    assert "<svg" in kept.text
    left = client.post("/fr/leaving")
    assert "clear-site-data" in left.headers
    client.cookies.clear()
    assert client.get("/fr/me/data.json").json() == {}
    opened = client.post("/fr/keepsake/opening", data={"code": code.upper()})
    assert opened.status_code == 303
    assert "Vous étiez ici" in text_of(client.get("/fr/").text)


def test_a_wrong_code_is_said_kindly_and_kept_in_the_box(client: TestClient) -> None:
    reply = client.post("/fr/keepsake/opening", data={"code": "pomme poire 000"})
    assert reply.status_code == 422
    assert 'value="pomme poire 000"' in reply.text
    assert "Ce code n’ouvre rien" in reply.text


def test_my_data_is_given_whole_and_erased_whole(client: TestClient) -> None:
    answer(client, WHEN, choice="tuesday")
    data = client.get("/fr/me/data.json").json()
    assert data["event"][0]["step"] == "when"
    client.post("/fr/me/erasure", data={"sure": "yes"})
    client.cookies.clear()
    assert "Rien encore" in client.get("/fr/me").text


def test_both_languages_at_once(client: TestClient) -> None:
    client.post("/ar/reading", data={"both": "yes", "next": "/ar/"})
    page = client.get("/ar/learn/premier-mail/when").text
    assert '<html lang="fr" dir="ltr"' in page
    french, arabic = (
        r'<span lang="fr" dir="ltr">C’est quand\u00a0\?</span>',
        r'<span class="bi__tr" lang="ar" dir="rtl">',
    )
    assert re.search(french + arabic, page)


def test_the_end_tells_what_one_can_do_and_what_to_do_for_real(client: TestClient) -> None:
    page = text_of(client.get("/fr/learn/navigateur-et-adresse/end").text)
    for sentence in ("Vous savez faire :", "Je peux ouvrir un site avec son adresse.", "À faire en vrai cette semaine"):
        assert sentence in page
    assert "Vérifié le 22/11/2026" in page


def test_when_the_database_is_away_the_answer_is_not_called_saved(client: TestClient) -> None:
    page = client.get(MAIL)
    reply = client.post(MAIL, data={**hidden(page.text), "act": "mail.reply"}, headers=HTMX)
    site = client.app.state.site

    class Away:
        async def write(self, deed: object) -> object:
            raise NotSaved("disk full")

    kept = site.learning
    site.learning = type(kept)(Away(), kept.reader, kept.secret)
    fields = {**hidden(reply.text), "act": "mail.send", "body": "Bonjour Léa, je viens."}
    away = client.post(MAIL, data=fields, headers=HTMX)
    site.learning = kept
    assert away.status_code == 503
    assert "Votre réponse n’est pas enregistrée" in away.text
    assert "Bonjour Léa, je viens." in away.text
    again = {name: value for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', away.text)}
    assert client.post(MAIL, data=again, headers=HTMX).status_code == 200
    assert 'data-outcome="done"' in client.get(MAIL).text


def test_an_act_the_screen_does_not_offer_gets_a_kind_sentence(client: TestClient) -> None:
    reply = answer(client, MAIL, htmx=True, act="mail.open nothing")
    assert 'data-outcome="note"' in reply.text


def test_endless_text_is_cut_and_said(client: TestClient) -> None:
    answer(client, MAIL, act="mail.reply")
    reply = answer(client, MAIL, htmx=True, act="mail.attach", body="a" * 30_000)
    assert "Votre texte est très long" in reply.text


def test_hostile_text_is_shown_as_text(client: TestClient) -> None:
    answer(client, MAIL, act="mail.reply")
    reply = answer(client, MAIL, htmx=True, act="mail.attach", body="</textarea><script>alert(1)</script>")
    reply = answer(client, MAIL, htmx=True, act="mail.close-panel")
    assert "<script>alert" not in reply.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in reply.text


def test_a_repeat_of_the_same_form_gets_the_same_page(client: TestClient) -> None:
    fields = hidden(client.get(WHEN).text) | {"choice": "thursday"}
    first = client.post(WHEN, data=fields, headers=HTMX).text
    again = client.post(WHEN, data=fields, headers=HTMX).text
    assert re.sub(r'"once" value="[^"]*"', "", first) == re.sub(r'"once" value="[^"]*"', "", again)
    assert len(client.get("/fr/me/data.json").json()["event"]) == 1


@pytest.mark.parametrize(
    ("module", "step"),
    [(slug, step.id) for slug, lesson in library().modules.items() for step in lesson.steps if step.kind == "scene"],
)
def test_a_screen_offers_exactly_what_its_world_offers_all_along_the_way(
    client: TestClient, module: str, step: str
) -> None:
    path = f"/fr/learn/{module}/{step}"
    scene = library().scene(module, step)
    assert scene is not None
    state = world.start(scene, datetime.now(UTC).date())
    page = client.get(path).text
    for way in solver.solve(scene, state):
        for act in way.acts:
            offered = {offer.name for offer in world.actions(scene, state)}
            assert set(re.findall(r'data-action="([^"]+)"', page)) == offered
            state = world.act(scene, state, act).state
            fields = {**hidden(page), **dict(act.fields), "act": act.name}
            page = client.post(path, data=fields, headers=HTMX).text
    assert 'data-outcome="done"' in page
