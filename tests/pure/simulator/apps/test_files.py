"""The device's documents: where they lie, how they go to the bin and come back."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps.files import Files, FilesContent, FilesState
from app.pure.simulator.desk import Desk, Document, Person, Setting
from app.pure.simulator.start import Start

TODAY = date(2026, 11, 24)
DOCUMENTS = (
    Document(id="lease", name="bail.pdf", size_kb=410),
    Document(id="photo", name="titre.jpg", size_kb=3200),
    Document(id="scan", name="scan.pdf", folder="images"),
    Document(id="receipt", name="demande.pdf", later=True),
)
FILES = Files()


class Folder:
    """The files alone, without the world around them."""

    def __init__(self, start: Start | None = None) -> None:
        self.content = FilesContent()
        owner = Person(id="mariam", name="Mariam Diallo")
        setting = Setting(owner, {}, {d.id: d for d in DOCUMENTS}, ())
        self.desk = Desk(setting, TODAY, 0, frozenset(d.id for d in DOCUMENTS if not d.later))
        fresh = FILES.start(self.content, self.desk)
        self.state: FilesState = FILES.prepare(self.content, fresh, start or Start(), self.desk)

    @property
    def offers(self) -> dict[str, Act]:
        return {act.name: act for act in FILES.actions(self.content, self.state, self.desk)}

    @property
    def screen(self) -> Any:
        return FILES.screen(self.content, self.state, self.desk)

    @property
    def names(self) -> list[str]:
        return [line.document.name for line in self.screen.lines]

    def do(self, name: str) -> Moved:
        moved = FILES.act(self.content, self.state, self.offers[name], self.desk)
        self.state = moved.state
        if moved.documents is not None:
            self.desk = replace(self.desk, documents=moved.documents)
        return moved


def only(moved: Moved) -> Fact:
    (fact,) = moved.facts
    return fact


@pytest.mark.parametrize(
    ("folder", "names"),
    [("downloads", []), ("documents", ["bail.pdf"]), ("images", ["titre.jpg", "scan.pdf"]), ("trash", [])],
)
def test_each_document_lies_in_its_folder(folder: str, names: list[str]) -> None:
    assert Folder(Start(open=f"files.{folder}")).names == names


def test_what_was_saved_elsewhere_is_in_the_downloads() -> None:
    files = Folder()
    files.desk = replace(files.desk, documents=files.desk.documents | {"receipt"})
    assert files.names == ["demande.pdf"]


def test_a_document_is_opened_and_closed() -> None:
    files = Folder(Start(open="files.documents"))
    assert only(files.do("files.open lease")) == Fact("files.opened", "lease", shown="bail.pdf")
    assert files.screen.document == DOCUMENTS[0]
    assert only(files.do("files.close")) == Fact("files.closed", "lease", shown="bail.pdf")


def test_a_folder_is_opened() -> None:
    files = Folder()
    assert only(files.do("files.folder images")) == Fact("files.folder_opened", "images", shown="Images")
    assert "files.folder images" not in files.offers


def test_a_deleted_document_leaves_the_device_and_comes_back() -> None:
    files = Folder(Start(open="files.lease"))
    assert only(files.do("files.delete lease")).kind == "files.deleted"
    assert "lease" not in files.desk.documents
    files.do("files.folder trash")
    assert files.names == ["bail.pdf"]
    assert [label for _, _, label in files.screen.lines[0].choices] == ["Remettre"]
    assert only(files.do("files.restore lease")).kind == "files.restored"
    assert "lease" in files.desk.documents


def test_a_document_that_comes_again_is_no_longer_in_the_bin() -> None:
    files = Folder(Start(open="files.lease"))
    files.do("files.delete lease")
    files.state = FILES.effect(files.content, files.state, "add", "lease", False, files.desk)
    files.do("files.folder trash")
    assert files.names == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_random_acts_never_fail_and_nothing_is_lost(data: st.DataObject) -> None:
    files = Folder()
    for _ in range(data.draw(st.integers(1, 25))):
        files.do(data.draw(st.sampled_from(list(files.offers))))
        stored = json.dumps(TypeAdapter(FilesState).dump_python(files.state, mode="json"))
        assert TypeAdapter(FilesState).validate_python(json.loads(stored)) == files.state
        assert files.screen.folder
        assert files.desk.documents | files.state.trash >= {"lease", "photo", "scan"}
