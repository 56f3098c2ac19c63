"""How we speak to learners, as far as it can be counted (curriculum P1, P6, P13): short, plain, never talking down.

What a pretend letter or site says is theirs, not ours; in a world only our coach's own sentences are read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.pure.content import marks
from app.pure.content.tree import Found, list_of, maps, nodes, text_of, texts
from app.pure.content.written import Path

WARNS, REFUSED = 12, 15
"""Words in a sentence: more than so many are too many for a learner of French; the second is refused."""

OURS = frozenset(
    {"summary", "text", "question", "feedback", "say", "done", "aim", "ask", "help", "wrong", "objectives"}
)
"""Keys under which we speak, as one sentence or as a list of sentences."""

_NOT_OURS = ("worlds", "apps", "facts", "trainer", "start", "try", "card")
_TYPED = ("try", "is", "accept", "with", "given", "words")
_END = re.compile(r"(?<=[.!?…])[\s»]+|\n+")
_WORD = re.compile(r"\w")
_BANNED = re.compile(
    r"\b(?:faciles?|facilement|simples?|simplement|évident\w*|évidemment|il suffit|comme un grand|dommage|bravo)\b"
    r"|(?:^|[.!?] )faux\s*[.!,:]",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:bien joué|bravo|super|parfait|excellent|félicitations)\b|^(?:oui|exact|c'est juste)\b", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:ne |n['’])(\w+ ){1,2}(?:que |qu['’])", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:pas|plus|jamais|rien|personne)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://(?:www\.)?([\w.-]{0,200})", re.IGNORECASE)


def check(module: Any) -> Found:
    """Everything in one module that we would not say so."""
    for rule in RULES:
        yield from rule(module)


def sentences(text: str) -> list[str]:
    """The sentences of a text as one hears them."""
    heard = marks.plain(re.sub(r"\{[\w-]+\}", "mot", text) if "{" in text else text)
    return [sentence for part in _END.split(heard) if (sentence := part.strip(" «»"))]


def words(sentence: str) -> int:
    """How many words one hears: a dash, a bracket and a sign are none."""
    return sum(1 for word in sentence.split() if _WORD.search(word))


def ours(module: Any) -> Iterator[tuple[Path, str]]:
    """What we say ourselves, with its place."""
    for path, text in texts(module, skip=_NOT_OURS):
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key in OURS:
            yield path, text
    for path, text in texts(module):
        if path[-1] == "say" and "wrong" in path and ("worlds" in path or "apps" in path):
            yield path, text


def _short(module: Any) -> Found:
    for path, text in ours(module):
        for sentence in sentences(text):
            count = words(sentence)
            if count > WARNS:
                shown = sentence if len(sentence) < 60 else f"{sentence[:60]}…"
                yield path, f"{count} words in a sentence, {WARNS} are enough: « {shown} »", count > REFUSED


def _plain(module: Any) -> Found:
    for path, text in ours(module):
        if found := _BANNED.search(text):
            yield path, f'"{found[0].strip(" .!?,:")}" is not how we speak to adults', True
        only = _ONLY.search(text)
        if only and not _NEGATION.search(only[0]):
            yield path, f'"{only[0].strip()}" is hard to read; say it with « seulement »', False


def _own_feedback(module: Any) -> Found:
    for path, step in maps(list_of(module, "steps"), ("steps",)):
        if step.get("kind") not in ("choose", "point"):
            continue
        seen: set[str] = set()
        for key in ("choices", "places", "signs"):
            for place, one in maps(list_of(step, key), (*path, key)):
                feedback = text_of(one, "feedback")
                if one.get("right") is not True and len(feedback.split()) < 4:
                    yield place, "a wrong answer has its own feedback, of four words or more", True
                if feedback and feedback in seen:
                    yield (*place, "feedback"), "this feedback stands in the step twice; each answer has its own", True
                seen.add(feedback)


def _no_praise(module: Any) -> Found:
    """Praise belongs to what is right: here to no wrong choice, trap, `else` or known mistake."""
    for path, part in nodes(list_of(module, "steps"), ("steps",), skip=("try", "with")):
        holder = next((key for key in reversed(path) if isinstance(key, str)), "")
        if not isinstance(part, Mapping) or (holder in ("choices", "places", "signs") and part.get("right") is True):
            continue
        key = {"choices": "feedback", "places": "feedback", "signs": "feedback", "pairs": "feedback"}.get(
            holder, "feedback" if holder == "items" else "say" if holder in ("else", "traps", "wrong") else ""
        )
        if key and _PRAISE.search(text_of(part, key)):
            yield (*path, key), "no praise for a wrong answer; say what it is, or what to try", True


def _no_way_out(module: Any) -> Found:
    for path, text in texts(module, skip=_TYPED):
        for found in _LINK.finditer(text):
            if not found[1].rstrip(".").endswith(".example"):
                yield path, "no link to the outside world; write the address as words, or end it in .example", True


def _not_empty(module: Any) -> Found:
    for path, text in texts(module, skip=_TYPED):
        if not text.strip():
            yield path, "this text is empty; write it, or take the line away", True


RULES: tuple[Callable[[Any], Found], ...] = (_short, _plain, _own_feedback, _no_praise, _no_way_out, _not_empty)
