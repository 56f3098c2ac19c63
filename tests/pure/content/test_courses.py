"""The courses as they are served: a saved file shows at once, a wrong one never."""

import os
from pathlib import Path

from app.pure.content.courses import Courses
from app.pure.content.loader import stamps
from tests.pure.content.shelf import LESSON, MODULE, PICTURES, lay


def save(courses: Path, text: str, tick: int) -> None:
    (courses / LESSON).write_text(text, encoding="utf-8")
    os.utime(courses / LESSON, ns=(tick, tick))


def test_nothing_is_read_again_while_no_file_changes(tmp_path: Path) -> None:
    courses = Courses(lay(tmp_path), pictures=PICTURES)
    assert courses.refresh() and courses.problems == []
    library = courses.library
    assert not courses.refresh() and courses.library is library


def test_a_saved_file_is_served_and_a_wrong_one_is_only_told(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    courses = Courses(folder)
    courses.refresh()
    save(folder, MODULE.replace("minutes: 10", "minutes: 11"), 1)
    assert courses.refresh() and courses.library.modules["ma-lecon"].minutes == 11
    save(folder, MODULE.replace("minutes: 10", "minutes: ten"), 2)
    assert not courses.refresh()
    assert courses.library.modules["ma-lecon"].minutes == 11, "the last good one stays"
    assert [problem.where for problem in courses.errors] == ["minutes"]
    save(folder, MODULE.replace("minutes: 10", "minutes: 12"), 3)
    assert courses.refresh() and courses.errors == [] and courses.library.modules["ma-lecon"].minutes == 12


def test_a_warning_keeps_nobody_from_being_served(tmp_path: Path) -> None:
    courses = Courses(lay(tmp_path, ("recall: [who, open-lea]", "recall: [who]")))
    assert courses.refresh()
    assert courses.errors == [] and [problem.severity for problem in courses.problems] == ["warning"]


def test_a_picture_that_nobody_drew_is_an_error_where_the_pictures_are_known(tmp_path: Path) -> None:
    folder = lay(tmp_path, ("picture: mail-reply", "picture: unicorn"))
    known, unknown = Courses(folder, pictures=PICTURES), Courses(folder)
    known.refresh()
    unknown.refresh()
    assert [problem.where for problem in known.errors] == ["picture"] and unknown.errors == []


def test_a_file_that_is_added_or_taken_away_is_noticed(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    before = stamps(folder)
    (folder / "paths" / "more.yaml").write_text("id: more\n")
    (folder / "paths" / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    assert stamps(folder).keys() - before.keys() == {str(folder / "paths" / "more.yaml")}
