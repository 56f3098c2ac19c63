"""The pretend mailbox: read, answer, forward, attach, file away, delete and take back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from pydantic import Field

from app.pure.simulator import answers, dates
from app.pure.simulator.act import Act, Fact, Moved, Value
from app.pure.simulator.apps.base import App, Content
from app.pure.simulator.desk import Desk, Document, Person
from app.pure.simulator.formats import FORMATS
from app.pure.simulator.start import Start

FOLDERS: Mapping[str, tuple[str, str]] = {
    "inbox": ("Réception", "inbox"),
    "drafts": ("Brouillons", "file-pen"),
    "sent": ("Envoyés", "send"),
    "spam": ("Indésirables", "octagon-alert"),
    "trash": ("Corbeille", "trash-2"),
}
HOW: Mapping[str, str] = {
    "reply": "Répondre",
    "reply-all": "Répondre à tous",
    "forward": "Transférer",
    "new": "Nouveau message",
}
_SAYS_ATTACHED = re.compile(r"pi[eè]ces?\s+jointes?|ci-joint", re.IGNORECASE)
_GREETS = re.compile(r"\s*(re)?(bonjour|bonsoir|salut|coucou|madame|monsieur|chère?|salam|hello)\b", re.IGNORECASE)
Deed = Literal["reply", "reply-all", "forward", "new"]


class Sender(Content):
    name: str
    address: str


class Folder(Content):
    id: str
    label: str


class Message(Content):
    """One e-mail. `later`: absent until a rule delivers it; `at: +7d 08:30` arrives when the story reaches that day."""

    id: str
    sender: str | Sender = Field(alias="from")
    subject: str
    at: str = ""
    body: str
    read: bool = False
    folder: str = "inbox"
    later: bool = False
    cc: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    link: str | None = None
    lang: str | None = None


class MailContent(Content):
    messages: tuple[Message, ...] = ()
    folders: tuple[Folder, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The message being written; `about` is the one it answers or forwards."""

    how: Deed
    about: str = ""
    to: str = ""
    cc: str = ""
    subject: str = ""
    body: str = ""
    attachments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MailState:
    folder: str = "inbox"
    open: str = ""
    draft: Draft | None = None
    panel: str = ""  # "folders", "attach", "no-file", "move": what lies over the screen
    refused: tuple[str, str] = ("", "")  # field and way, shown by the app itself
    read: frozenset[str] = frozenset()
    moved: tuple[tuple[str, str], ...] = ()
    delivered: tuple[str, ...] = ()
    sent: tuple[Draft, ...] = ()
    kept: tuple[Draft, ...] = ()
    bounced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: `act` opens it."""

    act: str
    initial: str
    who: str
    subject: str
    when: str
    new: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that is read."""

    id: str
    subject: str
    who: str
    address: str
    initial: str
    when: str
    body: str
    attachments: tuple[Document, ...]
    link: str | None
    lang: str | None
    actions: tuple[tuple[str, str, str], ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class MailScreen:
    key: str
    view: Literal["list", "pane", "folders"]
    folder: str
    folder_label: str
    folders: tuple[tuple[str, str, str, int, bool], ...]
    rows: tuple[Row, ...]
    message: Shown | None
    draft: Draft | None
    heading: str
    attached: tuple[Document, ...]
    quote: str
    panel: str
    documents: tuple[Document, ...]
    tools: tuple[tuple[str, str, str], ...]
    error: tuple[str, str]


class Mail(App):
    name = "mail"
    label = "Courriel"
    icon = "mail"
    content = MailContent
    state = MailState
    facts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "opened": (),
        "closed": (),
        "folder_opened": (),
        "started": ("how",),
        "attached": (),
        "detached": (),
        "asked_no_file": (),
        "sent": ("how", "to", "attachments", "words", "sentences", "subject", "greets"),
        "refused": ("field", "way"),
        "deleted": (),
        "moved": ("to",),
        "restored": (),
        "saved": (),
        "link_followed": (),
        "bounced": (),
    }
    effects = ("deliver",)
    picks = frozenset({"open", "attach", "detach", "save", "move", "delete", "restore"})
    parts = ("from", "subject", "body")

    def start(self, content: MailContent, desk: Desk) -> MailState:
        return MailState(read=frozenset(m.id for m in content.messages if m.read))

    def prepare(self, content: MailContent, state: MailState, start: Start, desk: Desk) -> MailState:
        app, _, target = (start.open or "").partition(".")
        if app != self.name or not target:
            return state
        if target in self._folders(content):
            return replace(state, folder=target, open="", panel="")
        return self._read(content, state, target)

    # What the screen offers -------------------------------------------------------------------

    def actions(self, content: MailContent, state: MailState, desk: Desk) -> Iterator[Act]:
        fields = _fields(state.draft)
        if state.panel == "no-file":
            yield Act("mail.keep-writing")
            yield Act("mail.send-anyway")
            return
        if state.panel == "attach":
            for document in desk.at_hand():
                yield Act("mail.attach", document.id)
            yield Act("mail.close-panel")
            return
        if state.draft:
            yield Act("mail.send", fields=fields)
            yield Act("mail.attach")
            for name in sorted(state.draft.attachments):
                yield Act("mail.detach", name)
            yield Act("mail.close")
        elif state.open:
            yield from self._on_message(content, state)
            yield Act("mail.close")
        yield from self._on_list(content, state, desk)
        if state.panel == "folders":
            yield Act("mail.close-menu")
        elif not state.draft and not state.open:
            yield Act("mail.menu")
        yield Act("mail.new")
        for folder in self._folders(content):
            yield Act("mail.folder", folder)

    def _on_message(self, content: MailContent, state: MailState) -> Iterator[Act]:
        message = self._message(content, state, state.open)
        if message is None:
            return
        if not _is_own(state.open):
            # as real mailboxes do, also where one person alone has written
            yield Act("mail.reply")
            yield Act("mail.reply-all")
            yield Act("mail.forward")
        for document in message.attachments:
            yield Act("mail.save", document)
        if message.link:
            yield Act("mail.follow", message.id)
        for folder in content.folders:
            if self._folder_of(content, state, message.id) != folder.id:
                yield Act("mail.move", f"{message.id}:{folder.id}", also=(message.id,))
        if self._folder_of(content, state, message.id) == "trash":
            yield Act("mail.restore", message.id)
        else:
            yield Act("mail.delete", message.id)

    def _on_list(self, content: MailContent, state: MailState, desk: Desk) -> Iterator[Act]:
        for message in self._listed(content, state, desk):
            if isinstance(message, Message):
                sender = message.sender if isinstance(message.sender, str) else message.sender.address
                yield Act("mail.open", message.id, also=(sender,))
        for own in self._own_ids(state):
            yield Act("mail.open", own)

    # What an act does -------------------------------------------------------------------------

    def carry(self, content: MailContent, state: MailState, fields: Mapping[str, str], desk: Desk) -> MailState:
        return self._typed(state, fields)

    def _typed(self, state: MailState, fields: Mapping[str, str]) -> MailState:
        if state.draft is None:
            return state
        draft = state.draft
        typed = replace(
            draft,
            to=fields.get("to", draft.to),
            cc=fields.get("cc", draft.cc),
            subject=fields.get("subject", draft.subject),
            body=fields.get("body", draft.body),
        )
        return replace(state, draft=typed)

    def act(self, content: MailContent, state: MailState, act: Act, desk: Desk) -> Moved:
        deed, target = act.deed, act.target
        state = replace(state, refused=("", ""))
        match deed:
            case "open":
                return self._open(content, state, target, desk)
            case "close":
                return self._close(content, state, desk)
            case "menu":
                return Moved(replace(state, panel="folders"))
            case "close-menu" | "close-panel" | "keep-writing":
                return Moved(replace(state, panel=""))
            case "folder":
                opened = replace(state, folder=target, open="", draft=None, panel="", kept=_with_draft(state))
                return Moved(opened, (Fact("mail.folder_opened", target, shown=self.shown(content, target, desk)),))
            case "reply" | "reply-all" | "forward" | "new":
                return self._begin(content, state, deed, desk)
            case "attach" if not target:
                return Moved(replace(state, panel="attach"))
            case "attach" | "detach":
                return self._attach(state, deed, target, desk)
            case "send" | "send-anyway":
                # judged as submitted: what may not be kept was not carried into the draft
                written = self._typed(state, dict(act.fields))
                return self._send(content, written, desk, sure=deed == "send-anyway")
            case "save":
                name = desk.setting.documents[target].name
                return Moved(state, (Fact("mail.saved", target, shown=name),), documents=desk.documents | {target})
            case "follow":
                return Moved(state, (Fact("mail.link_followed", target, shown=self.shown(content, target, desk)),))
            case "move":
                message, _, folder = target.partition(":")
                return self._file(content, state, message, folder, Fact("mail.moved", message, {"to": folder}), desk)
            case "delete":
                return self._file(content, state, target, "trash", Fact("mail.deleted", target), desk)
            case "restore":
                home = next((m.folder for m in content.messages if m.id == target), "inbox")
                return self._file(content, state, target, home, Fact("mail.restored", target), desk)
        return Moved(state)

    def _open(self, content: MailContent, state: MailState, target: str, desk: Desk) -> Moved:
        if target.startswith("draft-"):
            place = int(target.removeprefix("draft-"))
            kept = state.kept[:place] + state.kept[place + 1 :]
            return Moved(replace(state, draft=state.kept[place], kept=kept, open="", panel=""))
        fact = Fact("mail.opened", target, shown=self.shown(content, target, desk))
        return Moved(self._read(content, state, target), () if _is_own(target) else (fact,))

    def _read(self, content: MailContent, state: MailState, target: str) -> MailState:
        folder = state.folder if _is_own(target) else self._folder_of(content, state, target)
        kept = _with_draft(state)
        read = state.read if _is_own(target) else state.read | {target}
        return replace(state, open=target, folder=folder, read=read, draft=None, kept=kept, panel="")

    def _close(self, content: MailContent, state: MailState, desk: Desk) -> Moved:
        if state.draft:
            kept = _with_draft(state)
            return Moved(replace(state, draft=None, kept=kept, panel="", refused=("", "")))
        if state.open:
            fact = Fact("mail.closed", state.open, shown=self.shown(content, state.open, desk))
            return Moved(replace(state, open="", panel=""), (fact,))
        return Moved(replace(state, panel=""))

    def back(self, content: MailContent, state: MailState, desk: Desk) -> MailState | None:
        if state.panel:
            return replace(state, panel="")
        if state.draft or state.open:
            moved: MailState = self._close(content, state, desk).state
            return moved
        return None

    def _begin(self, content: MailContent, state: MailState, how: Deed, desk: Desk) -> Moved:
        about = "" if how == "new" else state.open
        message = self._message(content, state, about) if about else None
        draft = Draft(how, about)
        if message and how != "new":
            to, cc = "", ""
            if how in ("reply", "reply-all"):
                to = _address(message, desk)
            if how == "reply-all":
                cc = ", ".join(_mail_of(name, desk) for name in message.cc)
            prefix = "Tr" if how == "forward" else "Re"
            subject = message.subject if message.subject.startswith("Re :") else f"{prefix} : {message.subject}"
            attachments = frozenset(message.attachments) if how == "forward" else frozenset[str]()
            draft = Draft(how, about, to, cc, subject, "", attachments)
        fact = Fact("mail.started", about, {"how": how}, self.shown(content, about, desk) if about else HOW[how])
        return Moved(replace(state, draft=draft, kept=_with_draft(state), panel="", open=about), (fact,))

    def _attach(self, state: MailState, deed: str, target: str, desk: Desk) -> Moved:
        draft = state.draft
        if draft is None or target not in desk.setting.documents:
            return Moved(state)
        put = deed == "attach"
        attachments = draft.attachments | {target} if put else draft.attachments - {target}
        fact = Fact("mail.attached" if put else "mail.detached", target, shown=desk.setting.documents[target].name)
        return Moved(replace(state, draft=replace(draft, attachments=attachments), panel=""), (fact,))

    def _send(self, content: MailContent, state: MailState, desk: Desk, *, sure: bool) -> Moved:
        draft = state.draft
        if draft is None:
            return Moved(state)
        for name in ("to", "cc"):
            for address in _split(getattr(draft, name)) or ([""] if name == "to" else []):
                if way := FORMATS["email"].check(address, desk.today):
                    fact = Fact("mail.refused", name, {"field": name, "way": way}, shown=address)
                    return Moved(replace(state, refused=(name, way), panel=""), (fact,))
        if not sure and not draft.attachments and _SAYS_ATTACHED.search(draft.body):
            return Moved(replace(state, panel="no-file"), (Fact("mail.asked_no_file", draft.about),))
        people = frozenset(_who(address, desk) for address in _split(draft.to) + _split(draft.cc))
        data: dict[str, Value] = {
            "how": draft.how,
            "to": people,
            "attachments": draft.attachments,
            "words": len(draft.body.split()),
            "sentences": _sentences(draft.body),
            "subject": draft.subject.strip(),
            "greets": bool(_GREETS.match(draft.body)),
        }
        unknown = tuple(a for a in _split(draft.to) if not self._is_known(content, a, desk))
        gone = replace(state, draft=None, open="", panel="", sent=(*state.sent, draft), refused=("", ""))
        facts = [Fact("mail.sent", draft.about, data, shown=_names(draft.to, desk))]
        if unknown:
            gone = replace(gone, bounced=tuple(sorted({*state.bounced, *unknown})))
            facts.append(Fact("mail.bounced", shown=unknown[0]))
        return Moved(gone, tuple(facts))

    def _file(self, content: MailContent, state: MailState, message: str, folder: str, fact: Fact, desk: Desk) -> Moved:
        moved = dict(state.moved) | {message: folder}
        fact = replace(fact, shown=self.shown(content, message, desk))
        return Moved(replace(state, moved=tuple(sorted(moved.items())), open=""), (fact,))

    def effect(
        self, content: MailContent, state: MailState, deed: str, target: str, again: bool, desk: Desk
    ) -> MailState:
        if target in state.delivered and not again:
            return state
        rest = tuple(m for m in state.delivered if m != target)
        return replace(state, delivered=(*rest, target), read=state.read - {target})

    # What is on the screen --------------------------------------------------------------------

    def shown(self, content: MailContent, target: str, desk: Desk) -> str:
        if target in FOLDERS:
            return FOLDERS[target][0]
        for folder in content.folders:
            if folder.id == target:
                return folder.label
        message = next((m for m in content.messages if m.id == target), None)
        if message is None:
            return target
        return _name(message, desk)

    def news(self, content: MailContent, state: MailState, desk: Desk) -> int:
        return sum(1 for m in self._in(content, state, "inbox", desk) if m.id not in state.read)

    def labels(self, content: MailContent) -> Iterable[str]:
        yield from HOW.values()
        yield from (label for label, _ in FOLDERS.values())
        yield from (folder.label for folder in content.folders)
        yield from ("Nouveau", "Joindre", "Envoyer", "Enregistrer", "À", "Cc", "Objet", "Supprimer", "Remettre")
        yield from (m.subject for m in content.messages)

    def screen(self, content: MailContent, state: MailState, desk: Desk) -> MailScreen:
        view: Literal["list", "pane", "folders"] = "list"
        if state.panel == "folders":
            view = "folders"
        elif state.draft or state.open:
            view = "pane"
        draft = state.draft
        quoted = self._message(content, state, draft.about) if draft and draft.about else None
        return MailScreen(
            key=f"{draft.how}{len(state.sent)}{draft.about}" if draft else "",
            view=view,
            folder=state.folder,
            folder_label=self.shown(content, state.folder, desk),
            folders=tuple(self._folder_rows(content, state, desk)),
            rows=tuple(self._rows(content, state, desk)),
            message=None if draft or not state.open else self._shown(content, state, desk),
            draft=draft,
            heading=HOW[draft.how] if draft else "",
            attached=tuple(desk.setting.documents[d] for d in sorted(draft.attachments)) if draft else (),
            quote=quoted.body if quoted else "",
            panel=state.panel if state.panel != "folders" else "",
            documents=tuple(desk.at_hand()),
            tools=tuple(self._tools(content, state)),
            error=(state.refused[0], FORMATS["email"].ways[state.refused[1]]) if state.refused[1] else ("", ""),
        )

    def _folder_rows(
        self, content: MailContent, state: MailState, desk: Desk
    ) -> Iterator[tuple[str, str, str, int, bool]]:
        for folder in self._folders(content):
            icon = FOLDERS[folder][1] if folder in FOLDERS else "folder"
            count = len(state.kept) if folder == "drafts" else 0
            if folder in ("inbox", "spam"):
                count = sum(1 for m in self._in(content, state, folder, desk) if m.id not in state.read)
            yield folder, self.shown(content, folder, desk), icon, count, folder == state.folder

    def _tools(self, content: MailContent, state: MailState) -> Iterator[tuple[str, str, str]]:
        """What the bar above an opened message offers: file it, delete it, take it back."""
        for act in self._on_message(content, state):
            if act.deed == "move":
                folder = act.target.partition(":")[2]
                yield act.name, "folder-input", next(f.label for f in content.folders if f.id == folder)
            elif act.deed == "delete":
                yield act.name, "trash-2", "Supprimer"
            elif act.deed == "restore":
                yield act.name, "archive-restore", "Remettre"

    def _rows(self, content: MailContent, state: MailState, desk: Desk) -> Iterator[Row]:
        for own in self._own_ids(state):
            draft = self._own(state, own)
            who = _names(draft.to, desk) if draft else "Courriel"
            subject = (draft.subject or "(sans objet)") if draft else "Adresse introuvable"
            row = Row(f"mail.open {own}", who[:1].upper(), who, subject, "", False, state.open == own)
            yield row
        for m in self._listed(content, state, desk):
            who = _name(m, desk)
            new = m.id not in state.read
            yield Row(f"mail.open {m.id}", who[:1].upper(), who, m.subject, _when(m, desk), new, state.open == m.id)

    def _shown(self, content: MailContent, state: MailState, desk: Desk) -> Shown | None:
        message = self._message(content, state, state.open)
        if message is None:
            return None
        own = self._own(state, state.open)
        documents = desk.setting.documents
        attached = tuple(documents[d] for d in message.attachments if d in documents)
        names: tuple[tuple[str, str, str], ...] = ()
        if not _is_own(state.open):
            names = (
                ("mail.reply", "reply", "Répondre"),
                ("mail.reply-all", "reply-all", "Répondre à tous"),
                ("mail.forward", "forward", "Transférer"),
            )
        who = _names(own.to, desk) if own else _name(message, desk)
        return Shown(
            id=message.id,
            subject=message.subject,
            who=who,
            address=own.to if own else _address(message, desk),
            initial=who[:1].upper(),
            when=_when(message, desk),
            body=message.body,
            attachments=attached,
            link=message.link,
            lang=message.lang,
            actions=names,
            mine=own is not None,
        )

    # Looking things up ------------------------------------------------------------------------

    def _folders(self, content: MailContent) -> list[str]:
        return [*FOLDERS, *(folder.id for folder in content.folders)]

    def _folder_of(self, content: MailContent, state: MailState, message: str) -> str:
        moved = dict(state.moved).get(message)
        return moved or next((m.folder for m in content.messages if m.id == message), "inbox")

    def _in(self, content: MailContent, state: MailState, folder: str, desk: Desk) -> list[Message]:
        return [m for m in self._present(content, state, desk) if self._folder_of(content, state, m.id) == folder]

    def _listed(self, content: MailContent, state: MailState, desk: Desk) -> list[Message]:
        return self._in(content, state, state.folder, desk)

    def _present(self, content: MailContent, state: MailState, desk: Desk) -> list[Message]:
        """Delivered ones first (they come now), then those whose day has come, newest first."""
        by_id = {m.id: m for m in content.messages}
        delivered = [by_id[name] for name in reversed(state.delivered) if name in by_id]
        come = [m for m in content.messages if not m.later and dates.is_due(m.at or "0d 08:00", desk.day)]
        come.sort(key=lambda m: dates.moment(m.at or "0d 08:00", desk.today), reverse=True)
        return delivered + [m for m in come if m.id not in state.delivered]

    def _own_ids(self, state: MailState) -> list[str]:
        if state.folder == "sent":
            return [f"sent-{n}" for n in reversed(range(len(state.sent)))]
        if state.folder == "drafts":
            return [f"draft-{n}" for n in reversed(range(len(state.kept)))]
        if state.folder == "inbox":
            return [f"bounced-{n}" for n in reversed(range(len(state.bounced)))]
        return []

    def _own(self, state: MailState, name: str) -> Draft | None:
        kind, _, place = name.partition("-")
        drafts = {"sent": state.sent, "draft": state.kept}.get(kind, ())
        return drafts[int(place)] if place.isdecimal() and int(place) < len(drafts) else None

    def _message(self, content: MailContent, state: MailState, name: str) -> Message | None:
        if draft := self._own(state, name):
            files = tuple(sorted(draft.attachments))
            subject = draft.subject or "(sans objet)"
            return Message(id=name, sender="", subject=subject, body=draft.body, attachments=files)
        if name.startswith("bounced-"):
            address = state.bounced[int(name.removeprefix("bounced-"))]
            sender = Sender(name="Courriel", address="postier@courriel.example")
            text = f"Votre message n'est pas arrivé.\n\nCette adresse n'existe pas : {address}"
            return Message(id=name, sender=sender, subject="Adresse introuvable", body=text)
        return next((m for m in content.messages if m.id == name), None)

    def _is_known(self, content: MailContent, address: str, desk: Desk) -> bool:
        known = {p.mail.casefold() for p in desk.setting.people.values()}
        known |= {m.sender.address.casefold() for m in content.messages if isinstance(m.sender, Sender)}
        known |= {value.casefold() for line in desk.setting.card for value in line.values}
        return address.casefold() in known


def _is_own(name: str) -> bool:
    return name.startswith(("sent-", "draft-", "bounced-"))


def _fields(draft: Draft | None) -> tuple[tuple[str, str], ...]:
    if draft is None:
        return ()
    copies = (("cc", draft.cc),) if draft.how in ("new", "reply-all") else ()
    return (("to", draft.to), *copies, ("subject", draft.subject), ("body", draft.body))


def _with_draft(state: MailState) -> tuple[Draft, ...]:
    """A half-written message left behind waits in the drafts; an untouched one is dropped."""
    draft = state.draft
    if draft is None or not (draft.body.strip() or draft.attachments or (draft.how == "new" and draft.to.strip())):
        return state.kept
    return state.kept if draft in state.kept else (*state.kept, draft)[-5:]


def _split(addresses: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", addresses) if part.strip()]


def _sentences(body: str) -> int:
    return len([part for part in re.split(r"[.!?…\n]+", body) if re.search(r"\w", part)])


def _who(address: str, desk: Desk) -> str:
    person = desk.setting.by_mail.get(address.casefold())
    return person.id if person else answers.plain(address)


def _names(addresses: str, desk: Desk) -> str:
    people: list[Person | None] = [desk.setting.by_mail.get(a.casefold()) for a in _split(addresses)]
    return ", ".join(p.name if p else a for p, a in zip(people, _split(addresses), strict=True)) or "(à personne)"


def _mail_of(name: str, desk: Desk) -> str:
    person = desk.setting.people.get(name)
    return person.mail if person else name


def _address(message: Message, desk: Desk) -> str:
    return message.sender.address if isinstance(message.sender, Sender) else _mail_of(message.sender, desk)


def _name(message: Message, desk: Desk) -> str:
    if isinstance(message.sender, Sender):
        return message.sender.name
    person = desk.setting.people.get(message.sender)
    return person.name if person else message.sender


def _when(message: Message, desk: Desk) -> str:
    if not message.at:
        return "maintenant"
    day, hour = dates.moment(message.at, desk.today)
    days = (desk.story_day - day).days
    if days <= 0:
        return hour
    return "hier" if days == 1 else f"{day.day:02}/{day.month:02}"
