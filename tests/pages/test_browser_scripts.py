"""Components are plain files put together without a build step: complete, no name twice, every word given."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pages.shared import board, browser, handed_over, report_grid, rows, score_grid, who
from pages.shared.browser import EDITOR, script
from pages.shared.report_grid.words import words as report_words
from pages.shared.score_grid.words import words

SHARED = Path(browser.__file__).parents[1]
GRID = ("grid.html", *EDITOR, *score_grid._OWN)
ASKED = re.compile(r"words\.(\w+)\b(?!\()|data-(?:word|name)=\"(\w+)\"")


def test_a_name_declared_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("const el = 1;\n  const inside = 2;\n", encoding="utf-8")
    (tmp_path / "two.js").write_text("class Two {}\n  const inside = 3;\n", encoding="utf-8")
    assert script(tmp_path, "one.js", "two.js").count("inside") == 2
    with pytest.raises(ValueError, match=r"^el: declared twice in dom\.js, one\.js$"):
        script(tmp_path, "dom.js", "one.js")


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        ("score_grid", (*GRID, "grid.css")),
        ("report_grid", ("grid.html", *report_grid._FILES)),
        ("browser", (*EDITOR, *handed_over._FILES, "answers.js", "clipboard.js", "paste_panel.js", "common.css")),
        ("rows", rows._FILES),
        ("handed_over", handed_over._FILES),
    ],
)
def test_every_script_of_a_folder_is_used(folder: str, files: tuple[str, ...]) -> None:
    assert {path.name for path in (SHARED / folder).iterdir() if path.suffix in (".js", ".css", ".html")} <= {*files}


@pytest.mark.parametrize(
    ("folder", "files", "given"),
    [
        ("score_grid", GRID, words),
        ("board", ("board.html", *board._FILES), board._words),
        ("who", who._FILES, who._words),
        ("report_grid", ("grid.html", *report_grid._OWN), report_words),
    ],
)
def test_the_words_that_scripts_ask_for_are_given(
    folder: str, files: tuple[str, ...], given: Callable[[], dict[str, str]]
) -> None:
    text = script(SHARED / folder, *(name for name in files if not name.endswith(".css")))
    assert {of_script or of_page for of_script, of_page in ASKED.findall(text)} <= {*given()}
