"""What a test reads in a page: its forms' hidden fields, and how to answer as htmx does."""

import re
from typing import Any

from starlette.testclient import TestClient

HTMX = {"hx-request": "true", "hx-request-type": "partial"}


def hidden(html: str) -> dict[str, str]:
    """Revision and once of the first form."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in ("revision", "once")}
    return {name: match[1] for name, match in found.items() if match}


def answer(client: TestClient, path: str, *, htmx: bool = False, **fields: Any) -> Any:
    """Open a step and answer it as its page stands."""
    page = client.get(path)
    assert page.status_code == 200, page.text[:200]
    return client.post(path, data={**hidden(page.text), **fields}, headers=HTMX if htmx else {})
