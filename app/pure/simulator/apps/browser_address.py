"""What people write in an address bar: an address in its many spellings, words to search, or a slip."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.pure.simulator.formats import FORMATS

_PREFIX = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})  # they look the same as the hyphen that is meant


@dataclass(frozen=True, slots=True)
class Reading:
    """What was meant: a `page`, or `words` to search, or nothing that exists and the `way` in which it is wrong."""

    page: str = ""
    words: str = ""
    way: str = ""
    prefix: bool = False


def read(text: str, addresses: Mapping[str, str], *, searchable: bool, today: date) -> Reading:
    """Read what stands in the address bar. Never raises.

    Accepted around an address: `https://`, `http://`, `www.`, capitals, a slash or a full stop at its end, spaces on
    both sides. Where the browser can search, a text without a point is words; a comma glued between letters is a slip.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    visible = unicodedata.normalize("NFC", visible).translate(_HYPHENS).strip()
    start = _PREFIX.match(visible)
    prefix = start is not None and start.end() > 0
    bare = visible[start.end() if start else 0 :].rstrip("/. ")
    if not bare:
        return Reading(way="empty", prefix=prefix)
    if searchable and not prefix and not re.search(r"[./]|,\S", bare):
        return Reading(words=" ".join(visible.split()))
    if way := FORMATS["web-address"].check(visible, today):
        return Reading(way=way, prefix=prefix)
    page = addresses.get(bare.casefold(), "")
    return Reading(page=page, way="" if page else "unknown", prefix=prefix)
