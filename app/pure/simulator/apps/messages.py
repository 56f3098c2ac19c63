"""The pretend SMS: read, answer, forward, delete and take back, block a number; the ⋮ menu doubles the long press."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from pydantic import Field

from app.pure.simulator import answers, dates
from app.pure.simulator.act import Act, Fact, Moved, Value
from app.pure.simulator.apps.base import App, Content
from app.pure.simulator.desk import Desk, Person
from app.pure.simulator.start import Start

LONGEST = 400
_LINK = re.compile(r"(?<![@\w.-])(?:[\w-]+\.)+example\b(?:/\S*)?")
How = Literal["", "new", "reply", "forward"]
HEADINGS: Mapping[str, str] = {"new": "Nouveau message", "reply": "Répondre", "forward": "Transférer"}
MENU: Mapping[str, tuple[str, str]] = {
    "messages.forward": ("Transférer", "forward"),
    "messages.block": ("Bloquer le numéro", "ban"),
    "messages.unblock": ("Débloquer le numéro", "circle-check"),
    "messages.delete": ("Supprimer", "trash-2"),
    "messages.restore": ("Remettre", "archive-restore"),
}


class Thread(Content):
    """One SMS. `later`: absent until a rule sends it; `at: +7d 08:30` arrives when the story reaches that day."""

    id: str
    sender: str = Field(alias="from")
    at: str = ""
    body: str
    later: bool = False
    read: bool = False
    lang: str | None = None

    @property
    def link(self) -> str:
        """The address that can be touched in its text; empty where there is none."""
        found = _LINK.search(self.body)
        return found.group().rstrip(".,;:!?)") if found else ""


class MessagesContent(Content):
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written, or was sent. A forwarded text is not copied here: it is the author's."""

    how: How = ""
    about: str = ""
    to: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class MessagesState:
    """`over`: `menu` or `link`, what lies over the opened thread. `trash`: the list shows what was deleted."""

    open: str = ""
    over: str = ""
    trash: bool = False
    draft: Draft = Draft()
    read: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    received: tuple[str, ...] = ()
    sent: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    act: str
    initial: str
    who: str
    text: str
    when: str
    new: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """The opened SMS; its link is a button of its own beneath the text, as phones preview it."""

    text: str
    link: str
    when: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class MessagesScreen:
    view: Literal["list", "pane"]
    over: str
    trash: bool
    rows: tuple[Row, ...]
    id: str
    who: str
    blocked: bool
    bubble: Bubble | None
    menu: tuple[tuple[str, str, str], ...]
    draft: Draft
    heading: str
    replies: tuple[str, ...]
    forwards: tuple[str, ...]
    default_act: str
    key: str
    """What is written: another message has other fields, so that a swap carries no text from one to the next."""


class Messages(App):
    name = "messages"
    label = "Messages"
    icon = "message-square"
    content = MessagesContent
    state = MessagesState
    facts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "opened": (),
        "started": ("how",),
        "sent": ("how", "to", "words"),
        "link_followed": (),
        "deleted": (),
        "restored": (),
        "blocked": (),
    }
    effects = ("receive",)
    picks = frozenset({"open"})
    parts = ("from", "body")

    def start(self, content: MessagesContent, desk: Desk) -> MessagesState:
        return MessagesState(read=frozenset(thread.id for thread in content.threads if thread.read))

    def prepare(self, content: MessagesContent, state: MessagesState, start: Start, desk: Desk) -> MessagesState:
        app, _, target = (start.open or "").partition(".")
        if app != self.name or _thread(content, target) is None:
            return state
        return replace(state, open=target, over="", draft=Draft(), trash=False, read=state.read | {target})

    # What the screen offers -------------------------------------------------------------------

    def actions(self, content: MessagesContent, state: MessagesState, desk: Desk) -> Iterator[Act]:
        thread = _thread(content, state.open)
        if state.draft.how:
            yield Act("messages.send", fields=_fields(state.draft))
            yield Act("messages.close")
            return
        if thread is None:
            yield Act("messages.threads" if state.trash else "messages.trash")
            if not state.trash:
                yield Act("messages.new")
        elif state.over == "link":
            yield Act("messages.close-over")
            return
        else:
            yield Act("messages.close")
            if thread.link:
                yield Act("messages.follow", thread.id)
            if thread.id not in state.deleted:
                yield Act("messages.reply")
            yield Act("messages.close-over" if state.over == "menu" else "messages.menu")
            if state.over == "menu":
                yield from _on_menu(state, thread)
        for other in self._listed(content, state, desk):
            yield Act("messages.open", other.id, also=(other.sender,))

    # What an act does -------------------------------------------------------------------------

    def carry(
        self, content: MessagesContent, state: MessagesState, fields: Mapping[str, str], desk: Desk
    ) -> MessagesState:
        names = {name for name, _ in _fields(state.draft)}
        typed: dict[str, Any] = {name: text[:LONGEST] for name, text in fields.items() if name in names}
        return replace(state, draft=replace(state.draft, **typed)) if typed else state

    def act(self, content: MessagesContent, state: MessagesState, act: Act, desk: Desk) -> Moved:
        deed, target = act.deed, act.target
        fact = Fact("", state.open, shown=self.shown(content, state.open, desk))
        match deed:
            case "open":
                opened = replace(state, open=target, over="", draft=Draft(), read=state.read | {target})
                return Moved(opened, (Fact("messages.opened", target, shown=self.shown(content, target, desk)),))
            case "close":
                if state.draft.how:
                    return Moved(replace(state, draft=Draft(), over=""))
                return Moved(replace(state, open="", over=""))
            case "menu" | "close-over":
                return Moved(replace(state, over="menu" if deed == "menu" else ""))
            case "trash" | "threads":
                return Moved(replace(state, trash=deed == "trash"))
            case "new":
                return Moved(replace(state, draft=Draft("new")), (Fact("messages.started", data={"how": "new"}),))
            case "reply" | "forward":
                how: How = "reply" if deed == "reply" else "forward"
                begun = replace(state, over="", draft=Draft(how, state.open))
                return Moved(begun, (replace(fact, kind="messages.started", data={"how": how}),))
            case "send":
                return self._send(content, state, desk)
            case "follow":
                return Moved(replace(state, over="link"), (replace(fact, kind="messages.link_followed"),))
            case "delete":
                gone = replace(state, deleted=state.deleted | {state.open}, open="", over="")
                return Moved(gone, (replace(fact, kind="messages.deleted"),))
            case "restore":
                back = replace(state, deleted=state.deleted - {state.open}, open="", over="", trash=False)
                return Moved(back, (replace(fact, kind="messages.restored"),))
            case "block" | "unblock":
                sender = _sender(content, state.open)
                kept = state.blocked | {sender} if deed == "block" else state.blocked - {sender}
                facts = (replace(fact, kind="messages.blocked"),) if deed == "block" else ()
                return Moved(replace(state, blocked=kept, over=""), facts)
        return Moved(state)

    def _send(self, content: MessagesContent, state: MessagesState, desk: Desk) -> Moved:
        """Without a number or a text nothing leaves the phone: the fact says so (`to: none`), the draft stays."""
        draft = state.draft
        to = _sender(content, draft.about) if draft.how == "reply" else _whom(draft.to, desk)
        data: dict[str, Value] = {
            "how": draft.how,
            "to": frozenset({to} if to else ()),
            "words": len(draft.body.split()),
        }
        shown = self.shown(content, draft.about, desk) if draft.how == "reply" else draft.to
        fact = Fact("messages.sent", draft.about, data, shown=shown)
        if not to or (draft.how != "forward" and not draft.body.strip()):
            return Moved(state, (fact,))
        return Moved(replace(state, draft=Draft(), over="", sent=(*state.sent, draft)[-5:]), (fact,))

    def back(self, content: MessagesContent, state: MessagesState, desk: Desk) -> MessagesState | None:
        if state.over:
            return replace(state, over="")
        if state.draft.how:
            return replace(state, draft=Draft())
        if state.open:
            return replace(state, open="")
        return replace(state, trash=False) if state.trash else None

    def effect(
        self, content: MessagesContent, state: MessagesState, deed: str, target: str, again: bool, desk: Desk
    ) -> MessagesState:
        if (target in state.received and not again) or _sender(content, target) in state.blocked:
            return state
        rest = tuple(name for name in state.received if name != target)
        return replace(state, received=(*rest, target), read=state.read - {target})

    # What is on the screen --------------------------------------------------------------------

    def shown(self, content: MessagesContent, target: str, desk: Desk) -> str:
        sender = _sender(content, target)
        person = desk.setting.people.get(sender)
        return person.name if person else sender or target

    def news(self, content: MessagesContent, state: MessagesState, desk: Desk) -> int:
        return sum(1 for thread in _present(content, state, desk) if thread.id not in state.read | state.deleted)

    def labels(self, content: MessagesContent) -> Iterable[str]:
        yield from (label for label, _ in MENU.values())
        yield from HEADINGS.values()
        yield from ("⋮", "Envoyer", "Messages", "Messages supprimés", "Votre message", "À", "Revenir au message")

    def screen(self, content: MessagesContent, state: MessagesState, desk: Desk) -> MessagesScreen:
        thread = _thread(content, state.open)
        offers = tuple(self.actions(content, state, desk))
        mine = [draft for draft in state.sent if draft.about == state.open]
        return MessagesScreen(
            view="pane" if thread or state.draft.how else "list",
            over=state.over,
            trash=state.trash,
            rows=tuple(self._row(content, state, each, desk) for each in self._listed(content, state, desk)),
            id=state.open,
            who=self.shown(content, state.open, desk) if thread else "",
            blocked=thread is not None and thread.sender in state.blocked,
            bubble=_bubble(thread, desk) if thread else None,
            menu=tuple((act.name, *MENU[act.verb]) for act in offers if act.verb in MENU and state.over == "menu"),
            draft=state.draft,
            heading=HEADINGS.get(state.draft.how, ""),
            replies=tuple(draft.body for draft in mine if draft.how == "reply" and thread),
            forwards=tuple(draft.to for draft in mine if draft.how == "forward" and thread),
            default_act=next((act.name for act in offers if act.fields), ""),
            key="-".join(part for part in (state.draft.how, state.draft.about) if part),
        )

    def _listed(self, content: MessagesContent, state: MessagesState, desk: Desk) -> list[Thread]:
        return [t for t in _present(content, state, desk) if (t.id in state.deleted) == state.trash]

    def _row(self, content: MessagesContent, state: MessagesState, thread: Thread, desk: Desk) -> Row:
        who = self.shown(content, thread.id, desk)
        text = thread.body
        new, here = thread.id not in state.read, thread.id == state.open
        return Row(f"messages.open {thread.id}", who[:1].upper(), who, text, _when(thread, desk), new, here)


def _on_menu(state: MessagesState, thread: Thread) -> Iterator[Act]:
    if thread.id in state.deleted:
        yield Act("messages.restore")
        return
    yield Act("messages.forward")
    yield Act("messages.unblock" if thread.sender in state.blocked else "messages.block")
    yield Act("messages.delete")


def _fields(draft: Draft) -> tuple[tuple[str, str], ...]:
    """A forwarded text needs only a number, an answer only words."""
    fields = {"": (), "new": ("to", "body"), "reply": ("body",), "forward": ("to",)}[draft.how]
    return tuple((name, getattr(draft, name)) for name in fields)


def _thread(content: MessagesContent, name: str) -> Thread | None:
    return next((thread for thread in content.threads if thread.id == name), None)


def _sender(content: MessagesContent, name: str) -> str:
    thread = _thread(content, name)
    return thread.sender if thread else ""


def _present(content: MessagesContent, state: MessagesState, desk: Desk) -> list[Thread]:
    """Received ones first (they come now), then those whose day has come, newest first."""
    by_id = {thread.id: thread for thread in content.threads}
    received = [by_id[name] for name in reversed(state.received) if name in by_id]
    come = [t for t in content.threads if not t.later and t.id not in state.received]
    come = [t for t in come if dates.is_due(t.at or "0d 08:00", desk.day)]
    return received + sorted(come, key=lambda t: dates.moment(t.at or "0d 08:00", desk.today), reverse=True)


def _whom(typed: str, desk: Desk) -> str:
    """The person meant by a number or a name; a sender known by the number alone is that number (`33700`)."""
    plain = answers.plain(typed)
    digits = _digits(typed)
    for person in desk.setting.people.values():
        if plain and (plain == answers.plain(person.name) or (digits and digits == _digits(person.mobile))):
            return _number(person) or person.id
    return digits or plain


def _number(person: Person) -> str:
    return _digits(person.name) if person.mobile and _digits(person.name) == _digits(person.mobile) else ""


def _digits(text: str) -> str:
    plain = re.sub(r"[\s.\-]", "", text)
    return plain if plain.lstrip("+").isdecimal() else ""


def _bubble(thread: Thread, desk: Desk) -> Bubble:
    return Bubble(thread.body, thread.link, _when(thread, desk), thread.lang)


def _when(thread: Thread, desk: Desk) -> str:
    if not thread.at or thread.later:
        return "maintenant"
    day, hour = dates.moment(thread.at, desk.today)
    days = (desk.story_day - day).days
    if days <= 0:
        return hour
    return "hier" if days == 1 else f"{day:%d/%m}"
