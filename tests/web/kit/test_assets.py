import asyncio
import gzip
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
import pytest

from app.settings import HOME
from app.web.kit.assets import Assets
from app.web.kit.icons import Icons, Pictures

STATIC = HOME / "static"
VENDOR = STATIC / "vendor"
ICON = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
BUNDLES = ("learner.css", "print.css", "clic.js", "mark.svg", "apps:device+mail")


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets()


def ask(
    assets: Assets, path: str, method: str = "GET", accept: str = "br, gzip"
) -> tuple[int, Mapping[str, str], bytes]:
    """What one request is answered, without a server between."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", accept.encode())]}
    asyncio.run(assets(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


def css(assets: Assets, name: str) -> str:
    return ask(assets, assets.url(name), accept="")[2].decode()


@pytest.mark.parametrize("name", BUNDLES)
def test_a_file_has_a_name_of_its_content_and_is_kept_for_ever(assets: Assets, name: str) -> None:
    status, headers, body = ask(assets, assets.url(name), accept="")
    assert status == 200
    assert hashlib.sha256(body).hexdigest()[:10] in assets.url(name)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("gzip;q=0.0, *;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_smallest_accepted_encoding_is_sent(assets: Assets, accept: str, encoding: str) -> None:
    plain = ask(assets, assets.url("learner.css"), accept="")[2]
    _, headers, body = ask(assets, assets.url("learner.css"), accept=accept)
    assert headers.get("content-encoding", "") == encoding
    assert headers["vary"] == "Accept-Encoding"
    assert {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](body) == plain


def test_head_says_the_same_without_a_body(assets: Assets) -> None:
    got = ask(assets, assets.url("clic.js"))
    head = ask(assets, assets.url("clic.js"), method="HEAD")
    assert head == (200, got[1], b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/learner.css",
        "/static/learner.0000000000.css",
        "/static/apps-device-mail.0000000000.css",
        "/static/apps-.0000000000.css",
        "/static/../app/settings.py",
        "/static/css/tokens.css",
        "/static/",
        "/",
    ],
)
def test_anything_else_is_not_found(assets: Assets, path: str) -> None:
    status, headers, body = ask(assets, path)
    assert (status, body) == (404, b"")
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_static_file_is_only_read(assets: Assets, method: str) -> None:
    status, headers, _ = ask(assets, assets.url("clic.js"), method=method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_apps_are_joined_in_one_order_whatever_the_order_asked(assets: Assets) -> None:
    assert assets.url("apps:mail+device+browser") == assets.url("apps:device+browser+mail")
    assert css(assets, "apps:mail+device").index(".dev{") < css(assets, "apps:mail+device").index(".mail__folders")


def test_another_worker_serves_a_bundle_that_it_never_named() -> None:
    assert ask(Assets(), Assets().url("apps:device+files"))[0] == 200


@pytest.mark.parametrize("name", ["apps:device+../css", "apps:", "apps:nowhere", "learner.js", ""])
def test_an_unknown_name_has_no_address(assets: Assets, name: str) -> None:
    with pytest.raises(KeyError):
        assets.url(name)


@pytest.mark.parametrize("name", ["learner.css", "print.css", "apps:device", "apps:device+mail"])
def test_every_stylesheet_begins_with_the_order_of_the_layers(assets: Assets, name: str) -> None:
    assert css(assets, name).startswith("@layer tokens,base,components,steps,apps,learner,pro,print;")


def test_every_rule_stands_in_the_layer_of_its_folder() -> None:
    layer_of = {"tokens.css": "tokens", "base.css": "base", "print.css": "print"}
    for path in sorted((STATIC / "css").rglob("*.css")):
        text = re.sub(r"/\*.*?\*/|@layer [\w, ]+;", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        layer = layer_of.get(path.name) or path.parent.name
        assert text.startswith(f"@layer {layer} {{"), path.name
        assert text.count("{") == text.count("}"), path.name


def test_stylesheets_leave_without_comments_and_keep_what_spaces_mean(assets: Assets) -> None:
    text = css(assets, "learner.css")
    assert "/*" not in text
    assert "\n" not in text
    assert ".dev [data-pointed]" in text
    assert ":is(h1,h2) .bi__tr{" in text
    assert "@media (min-width:48em)" in text


def test_an_edit_shows_at_once_only_while_developing(tmp_path: Path) -> None:
    for folder in ("components", "steps", "learner", "apps"):
        (tmp_path / "css" / folder).mkdir(parents=True)
    (tmp_path / "css" / "tokens.css").write_text("@layer tokens;\n@layer tokens { a { color: red } }\n")
    for name in ("base", "print"):
        (tmp_path / "css" / f"{name}.css").write_text("")
    still, fresh = Assets(tmp_path), Assets(tmp_path, fresh=True)
    before = still.url("learner.css")
    edited = tmp_path / "css" / "base.css"
    edited.write_text("@layer base { a { color: blue } }")
    assert still.url("learner.css") == before
    assert fresh.url("learner.css") != before
    assert b"blue" in ask(fresh, fresh.url("learner.css"), accept="")[2]


def test_the_first_load_stays_light(assets: Assets) -> None:
    size = {name: len(ask(assets, assets.url(name))[2]) for name in ("learner.css", "clic.js", "apps:device+mail")}
    assert size["learner.css"] < 9_000
    assert size["apps:device+mail"] < 4_000
    assert size["clic.js"] < 16_000


def test_the_script_holds_the_core_and_every_element_in_a_scope_of_its_own(assets: Assets) -> None:
    text = ask(assets, assets.url("clic.js"), accept="")[2].decode()
    elements = sorted((STATIC / "js" / "elements").glob("*.js"))
    assert text.startswith("var htmx=")
    assert text.count('(()=>{"use strict";') == len(elements)
    assert "sourceMappingURL" not in text


def test_what_others_wrote_is_unchanged_and_has_its_licence() -> None:
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    found = {str(path.relative_to(VENDOR)): path for path in VENDOR.rglob("*") if path.is_file()}
    ours = {"SHA256SUMS", "README.md"}
    assert set(listed) == set(found) - ours
    assert [
        name for name, total in listed.items() if hashlib.sha256(found[name].read_bytes()).hexdigest() != total
    ] == []
    assert {"htmx.LICENSE", "lucide/LICENSE"} <= set(listed)


def test_every_icon_that_a_template_names_is_vendored() -> None:
    known = Icons().names
    named = {
        (path.name, name)
        for path in (HOME / "templates").rglob("*.html")
        for name in ICON.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(where, name) for where, name in named if name not in known} == set()


def test_a_symbol_is_the_inside_of_its_drawing() -> None:
    symbol = Icons().symbol("mail")
    assert symbol.startswith("<path")
    assert "<svg" not in symbol
    assert "\n" not in symbol
    with pytest.raises(KeyError):
        Icons().symbol("unicorn")


def test_pictures_are_small_silent_and_hold_no_words() -> None:
    pictures = Pictures()
    assert {"mail-reply", "browser-address", "home-euro", "attach", "flag"} <= pictures.names
    for name in pictures.names:
        drawing = pictures.drawing(name)
        assert len(drawing) < 4_300, name
        assert "<text" not in drawing, name
        assert "style=" not in drawing, name
        assert name == "mark" or 'aria-hidden="true"' in drawing, name
