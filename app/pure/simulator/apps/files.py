"""The device's documents in folders: open, delete and take back. What is saved elsewhere turns up here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps.base import App, Content
from app.pure.simulator.desk import Desk, Document
from app.pure.simulator.start import Start

FOLDERS: Mapping[str, tuple[str, str]] = {
    "downloads": ("Téléchargements", "download"),
    "documents": ("Documents", "file-text"),
    "images": ("Images", "image"),
    "trash": ("Corbeille", "trash-2"),
}
PICTURES = ("jpg", "jpeg", "png")


class FilesContent(Content):
    """The documents belong to the world; `open` is the folder shown at first."""

    open: str = "downloads"


@dataclass(frozen=True, slots=True)
class FilesState:
    folder: str = "downloads"
    open: str = ""
    menu: str = ""
    trash: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list: `act` opens it, `menu` shows its other choices; in the bin they are there at once."""

    act: str
    menu: str
    document: Document
    choices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FilesScreen:
    folder: str
    places: tuple[tuple[str, str, str, bool], ...]
    lines: tuple[Line, ...]
    document: Document | None
    tools: tuple[tuple[str, str, str], ...]
    default_act: str = ""


class Files(App):
    name = "files"
    label = "Fichiers"
    icon = "folder"
    content = FilesContent
    state = FilesState
    facts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "opened": (),
        "closed": (),
        "folder_opened": (),
        "deleted": (),
        "restored": (),
    }
    effects = ("add",)
    picks = frozenset({"open", "menu", "delete", "restore"})

    def start(self, content: FilesContent, desk: Desk) -> FilesState:
        return FilesState(folder=content.open)

    def prepare(self, content: FilesContent, state: FilesState, start: Start, desk: Desk) -> FilesState:
        app, _, thing = (start.open or "").partition(".")
        if app != self.name or not thing:
            return state
        if thing in FOLDERS:
            return replace(state, folder=thing, open="", menu="")
        document = desk.setting.documents.get(thing)
        return replace(state, folder=_home(document), open=thing, menu="") if document else state

    def actions(self, content: FilesContent, state: FilesState, desk: Desk) -> Iterator[Act]:
        if document := desk.setting.documents.get(state.open):
            yield Act("files.close")
            yield from _choices(document, desk)
            return
        for folder in FOLDERS:
            if folder != state.folder:
                yield Act("files.folder", folder)
        for document in self._listed(state, desk):
            yield Act("files.open", document.id)
            if state.folder == "trash":
                yield from _choices(document, desk)
                continue
            yield Act("files.close-menu" if state.menu == document.id else "files.menu", document.id)
            if state.menu == document.id:
                yield from _choices(document, desk)

    def act(self, content: FilesContent, state: FilesState, act: Act, desk: Desk) -> Moved:
        target = act.target
        fact = Fact("", target, shown=self.shown(content, target, desk))
        match act.deed:
            case "folder":
                return Moved(replace(state, folder=target, menu=""), (replace(fact, kind="files.folder_opened"),))
            case "open":
                return Moved(replace(state, open=target, menu=""), (replace(fact, kind="files.opened"),))
            case "close":
                fact = Fact("files.closed", state.open, shown=self.shown(content, state.open, desk))
                return Moved(replace(state, open=""), (fact,))
            case "menu" | "close-menu":
                return Moved(replace(state, menu=target if act.deed == "menu" else ""))
            case "delete":
                gone = replace(state, trash=state.trash | {target}, open="", menu="")
                return Moved(gone, (replace(fact, kind="files.deleted"),), documents=desk.documents - {target})
            case "restore":
                back = replace(state, trash=state.trash - {target}, open="", menu="")
                return Moved(back, (replace(fact, kind="files.restored"),), documents=desk.documents | {target})
        return Moved(state)

    def back(self, content: FilesContent, state: FilesState, desk: Desk) -> FilesState | None:
        if state.menu:
            return replace(state, menu="")
        return replace(state, open="") if state.open else None

    def effect(
        self, content: FilesContent, state: FilesState, deed: str, target: str, again: bool, desk: Desk
    ) -> FilesState:
        """A document that comes is no longer in the bin; the world itself puts it on the device."""
        return replace(state, trash=state.trash - {target})

    def shown(self, content: FilesContent, target: str, desk: Desk) -> str:
        if target in FOLDERS:
            return FOLDERS[target][0]
        document = desk.setting.documents.get(target)
        return document.name if document else target

    def labels(self, content: FilesContent) -> Iterable[str]:
        yield from (label for label, _ in FOLDERS.values())
        yield from ("⋮", "Supprimer", "Remettre", "Fermer")

    def screen(self, content: FilesContent, state: FilesState, desk: Desk) -> FilesScreen:
        document = desk.setting.documents.get(state.open)
        return FilesScreen(
            folder=FOLDERS[state.folder][0],
            places=tuple((folder, *FOLDERS[folder], folder == state.folder) for folder in FOLDERS),
            lines=tuple(_line(state, each, desk) for each in self._listed(state, desk)),
            document=document,
            tools=tuple(_tools(document, desk)) if document else (),
        )

    def _listed(self, state: FilesState, desk: Desk) -> list[Document]:
        if state.folder == "trash":
            thrown = state.trash - desk.documents
            return [document for document in desk.setting.documents.values() if document.id in thrown]
        return [document for document in desk.at_hand() if _home(document) == state.folder]


def _home(document: Document) -> str:
    """Its folder; where the author says nothing, what arrives lies in the downloads and pictures with the pictures."""
    if document.folder != "documents":
        return document.folder if document.folder in FOLDERS else "documents"
    if document.later:
        return "downloads"
    return "images" if document.type in PICTURES else "documents"


def _choices(document: Document, desk: Desk) -> Iterator[Act]:
    yield Act("files.delete" if document.id in desk.documents else "files.restore", document.id)


def _tools(document: Document, desk: Desk) -> Iterator[tuple[str, str, str]]:
    for act in _choices(document, desk):
        icon, label = ("archive-restore", "Remettre") if act.deed == "restore" else ("trash-2", "Supprimer")
        yield act.name, icon, label


def _line(state: FilesState, document: Document, desk: Desk) -> Line:
    here = state.menu == document.id
    thrown = state.folder == "trash"
    menu = "" if thrown else f"files.{'close-menu' if here else 'menu'} {document.id}"
    choices = tuple(_tools(document, desk)) if here or thrown else ()
    return Line(f"files.open {document.id}", menu, document, choices)
