"""Cookies: who is here (a random token), and how they like to read (no personal data)."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

MONTH = 30 * 24 * 3600
POINTERS = ("finger", "mouse")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody reads: both languages at once, finger or mouse, light or dark. Empty: not said."""

    both: bool = False
    pointer: str = ""
    theme: str = ""

    @classmethod
    def of(cls, request: Request) -> "Reading":
        said = dict(part.partition(":")[::2] for part in request.cookies.get("reading", "")[:100].split("."))
        pointer, theme = said.get("p", ""), said.get("t", "")
        return cls(
            both=said.get("b") == "1",
            pointer=pointer if pointer in POINTERS else "",
            theme=theme if theme in THEMES else "",
        )

    def keep(self, response: Response, *, secure: bool) -> None:
        value = f"b:{int(self.both)}.p:{self.pointer}.t:{self.theme}"
        response.set_cookie("reading", value, MONTH, samesite="lax", secure=secure, httponly=True)


def token_of(request: Request, *, secure: bool) -> str | None:
    """The token that this device holds."""
    return request.cookies.get(_name(secure)) or None


def keep_token(response: Response, token: str, *, secure: bool) -> None:
    """`__Host-` under HTTPS; a plain name on a room's Wi-Fi, where browsers would drop it."""
    response.set_cookie(_name(secure), token, MONTH, path="/", httponly=True, samesite="lax", secure=secure)


def forget(response: Response, *, secure: bool) -> None:
    """« J'ai fini »: the device keeps nothing of ours."""
    response.delete_cookie(_name(secure), path="/", secure=secure, httponly=True, samesite="lax")
    response.delete_cookie("reading", path="/", secure=secure, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def uses_finger(request: Request, reading: Reading) -> bool:
    """« Touchez » or « Cliquez »: what the person said, else what the browser says of itself, else the mouse."""
    if reading.pointer:
        return reading.pointer == "finger"
    said = request.headers.get("sec-ch-ua-mobile")
    if said is not None:
        return said == "?1"
    agent = request.headers.get("user-agent", "")
    return any(word in agent for word in ("Android", "iPhone", "iPad", "Mobile"))


def _name(secure: bool) -> str:
    return "__Host-clic" if secure else "clic"
