"""Posted forms, read without surprises: a hostile one is an empty one."""

from urllib.parse import parse_qs

from starlette.requests import Request

MOST_FIELDS = 200
FORM = "application/x-www-form-urlencoded"


async def fields_of(request: Request) -> dict[str, list[str]]:
    """The posted fields with all their values; bad UTF-8 and NUL bytes are dropped."""
    body = (await request.body()).decode("utf-8", "replace")
    if not request.headers.get("content-type", "").startswith(FORM):
        return {}
    try:
        found = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError:
        return {}
    return {_clean(name): [_clean(value) for value in values] for name, values in found.items()}


async def form_of(request: Request) -> dict[str, str]:
    """The posted fields, the first value of each."""
    return {name: values[0] for name, values in (await fields_of(request)).items()}


def local(address: str, otherwise: str) -> str:
    """A page of ours to go on to; anything else (another site, a script) becomes `otherwise`."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if plain and address.isprintable() and len(address) < 300 else otherwise


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n")
