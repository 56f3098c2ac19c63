"""Static files, made at start and served from memory: joined in layer order, hashed names, compressed once.

There is no build step: the files of `static/` stay small in the editor and leave as few as possible. A name once given
is for ever (`immutable`): another content has another name.
"""

import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

from app.settings import HOME

FOLDER = HOME / "static"
PREFIX = "/static/"
APPS = "apps:"
"""A bundle of pretend apps is named by what it holds: `apps:device+mail`."""

type_of = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_TIGHT = re.compile(r"\s*([{};,>])\s*|(:)\s+")
_REMARK = re.compile(r"^\s*//.*$|^\s+", re.MULTILINE)
_HASHED = re.compile(r"(?P<name>[a-z0-9-]+)\.[0-9a-f]{10}\.css")


@dataclass(frozen=True, slots=True)
class File:
    """One file as it leaves: its address and its body by encoding (`br`, `gzip`, and `` for none)."""

    path: str
    media: str
    bodies: Mapping[str, bytes]


class Assets:
    """The static files of the site, and the ASGI app that answers for them. With `fresh`, edits show at once."""

    def __init__(self, folder: Path = FOLDER, *, prefix: str = PREFIX, fresh: bool = False) -> None:
        self._folder, self._prefix, self._fresh = folder, prefix, fresh
        self._make()

    def url(self, name: str) -> str:
        """The address of `learner.css`, `clic.js`, `mark.svg` or `apps:device+mail`. Raises `KeyError` for others."""
        self._remake()
        if name.startswith(APPS):
            return self._apps(name.removeprefix(APPS).split("+")).path
        return self._files[name].path

    def file(self, path: str) -> File | None:
        """The file at an address; None where there is none."""
        self._remake()
        return self._at.get(path) or self._apps_at(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD. The address is the whole path, whether the app is mounted or not."""
        file = self.file(scope["path"])
        if scope["method"] not in ("GET", "HEAD"):
            return await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
        if file is None:
            return await _answer(send, 404, [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")], b"")
        encoding = _best(scope["headers"])
        body = file.bodies[encoding]
        headers: Headers = [
            (b"content-type", file.media.encode()),
            (b"cache-control", b"public, max-age=31536000, immutable"),
            (b"vary", b"Accept-Encoding"),
        ]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        await _answer(send, 200, headers, body, silent=scope["method"] == "HEAD")

    def _make(self) -> None:
        css = self._folder / "css"
        self._order = _first_line(css / "tokens.css")
        shared = [css / "tokens.css", css / "base.css"]
        learner = [*shared, *(path for room in ("components", "steps", "learner") for path in _all(css, room))]
        made = {
            "learner.css": self._file("learner", ".css", _styles(_texts(learner))),
            "print.css": self._file("print", ".css", _styles([self._order, *_texts([css / "print.css"])])),
            "clic.js": self._file("clic", ".js", _scripts(self._folder)),
        }
        for picture in sorted((self._folder / "pictures").glob("*.svg")):
            made[picture.name] = self._file(picture.stem, ".svg", picture.read_text(encoding="utf-8"))
        self._files, self._at = made, {file.path: file for file in made.values()}
        self._known = {path.stem for path in _all(css, "apps")}
        self._made_of = self._newest() if self._fresh else 0.0

    def _remake(self) -> None:
        if self._fresh and self._newest() != self._made_of:
            self._make()

    def _newest(self) -> float:
        return max(path.stat().st_mtime for path in self._folder.rglob("*") if path.is_file())

    def _apps(self, names: Iterable[str]) -> File:
        """The joined styles of some apps. One order, whatever the order asked: few bundles, well cached."""
        asked = set(names)
        if unknown := asked - self._known:
            raise KeyError(f"no app has these styles: {', '.join(sorted(unknown))}")
        ordered = sorted(asked, key=lambda name: (name != "device", name))
        bundle = APPS + "+".join(ordered)
        if bundle not in self._files:
            texts = _texts(self._folder / "css" / "apps" / f"{name}.css" for name in ordered)
            file = self._file("-".join(["apps", *ordered]), ".css", _styles([self._order, *texts]))
            self._files[bundle] = self._at[file.path] = file
        return self._files[bundle]

    def _apps_at(self, path: str) -> File | None:
        """A bundle that another worker named: the same files give the same name here."""
        found = _HASHED.fullmatch(path.removeprefix(self._prefix))
        names = found["name"].split("-") if found else []
        if names[:1] != ["apps"] or not names[1:] or not set(names[1:]) <= self._known:
            return None
        file = self._apps(names[1:])
        return file if file.path == path else None

    def _file(self, stem: str, ending: str, text: str) -> File:
        body = text.encode()
        path = f"{self._prefix}{stem}.{hashlib.sha256(body).hexdigest()[:10]}{ending}"
        bodies = {"": body, "br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0)}
        return File(path, type_of[ending], bodies)


def _all(folder: Path, room: str) -> list[Path]:
    return sorted((folder / room).glob("*.css"))


def _texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in paths]


def _first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0]


def _styles(texts: Iterable[str]) -> str:
    """Joined, without comments and needless whitespace (a space before a colon means something in a selector)."""
    joined = _SPACE.sub(" ", _COMMENT.sub("", "\n".join(texts)))
    return _TIGHT.sub(lambda found: found[1] or found[2], joined).replace(";}", "}").strip()


def _scripts(folder: Path) -> str:
    """The vendored core as it is, then our elements, each in a scope of its own."""
    vendored = _texts(sorted((folder / "vendor").glob("*.js")))
    ours = [_REMARK.sub("", text).strip() for text in _texts(sorted((folder / "js" / "elements").glob("*.js")))]
    scoped = [f'(()=>{{"use strict";\n{text}\n}})();' for text in ours]
    return "\n".join([*vendored, *scoped, ""])


def _best(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The smallest encoding that the other side takes."""
    accepted = b",".join(value for name, value in headers if name == b"accept-encoding").decode("latin-1").lower()
    weights = {}
    for offer in accepted.split(","):
        coding, _, weight = offer.replace(" ", "").partition(";q=")
        weights[coding] = weight.strip("0.") != "" if weight else True
    return next((coding for coding in ("br", "gzip") if weights.get(coding, weights.get("*", False))), "")


async def _answer(send: Send, status: int, headers: Headers, body: bytes, *, silent: bool = False) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if silent else body})
