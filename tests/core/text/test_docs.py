"""What the documents for people name is there, in both languages: files, functions, tables, pages, commands, links."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import click
import pytest

from core.__main__ import cli
from core.service.base.sections import SECTIONS
from tests.core.lingang import CHECKED

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
CODED = re.findall(r"`([^`\n]+)`", ARCHITECTURE)
FILES = [text.partition(": ")[::2] for text in CODED if "/" in text.partition(": ")[0]]
"""File and, behind a colon, what it defines: `core/store/write.py: append_scores`."""

ENGLISH = {ROOT / "README.md": ROOT / "README.zh-CN.md"} | {
    file: file.with_name(file.name.replace(".en.md", ".md")) for file in sorted(DOCS.glob("*.en.md"))
}
"""English document -> its Chinese one."""
PAIRS = [pytest.param(english, chinese, id=english.name) for english, chinese in ENGLISH.items()]
ALL = [pytest.param(file, id=file.name) for file in (*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MOST_LINES = 150
MOST_WORDS = 25
"""Of an English sentence; code counts as one."""
MOST_CHARACTERS = 50
"""Of a Chinese sentence; code counts as one."""


def defined(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)}


def prose(file: Path) -> str:
    """The text without blocks of commands; code in a line becomes one word, a link its text."""
    text = FENCED.sub("", file.read_text("utf-8"))
    return re.sub(r"!?\[([^\]]*)\]\([^)\s]+\)", r"\1", re.sub(r"`[^`\n]+`", "x", text))


def sentences(file: Path) -> list[str]:
    """The sentences of each line, or of each of its cells."""
    cells = (cell for line in prose(file).splitlines() for cell in line.lstrip("#-0123456789. ").split("|"))
    return [part.strip() for cell in cells for part in re.split(r"(?<=[.?!])\s|(?<=[。？！])", cell) if part.strip()]


def commands(file: Path) -> list[str]:
    """The lines of the blocks of commands, without remarks."""
    lines = "".join(FENCED.findall(file.read_text("utf-8"))).replace("\\\n", " ").splitlines()
    return [line for each in lines if (line := " ".join(each.partition(" #")[0].split()))]


def links(file: Path) -> list[str]:
    """Where the document leads to."""
    return LINK.findall(file.read_text("utf-8"))


@pytest.mark.parametrize(("name", "what"), sorted(set(FILES)))
def test_a_file_that_the_architecture_names_is_there_with_what_it_says_of_it(name: str, what: str) -> None:
    assert (ROOT / name).exists(), f"docs/architecture.md names {name}, which is not there (moved? say where to)"
    if what:
        assert what in defined(ROOT / name), f"docs/architecture.md says that {name} defines {what}"


@pytest.mark.parametrize("name", ["batch_event", "view", "score_event"])
def test_a_table_that_the_architecture_names_is_one(name: str) -> None:
    assert name in CODED
    assert (ROOT / "core" / "store" / "sql" / f"create_{name}.sql").exists()


@pytest.mark.parametrize("file", [DOCS / "user-guide.md", DOCS / "user-guide.en.md"], ids=lambda file: file.name)
def test_the_user_guide_names_every_page_and_counts_the_checks_of_the_shipped_project(file: Path) -> None:
    rows = {cells[2].strip("` "): cells[3] for cells in map(split_row, file.read_text("utf-8").splitlines()) if cells}
    for page in SECTIONS:
        address = "/" if page == "overview" else f"/{page}"
        assert address in rows, f"{file.name} has no row of {address} in its table of pages"
    assert str(len(CHECKED)) in re.findall(r"\d+", rows["/checks"]), "the row of /checks says how many there are"


def split_row(line: str) -> list[str]:
    """The cells of a table's row, else nothing."""
    cells = line.split("|")
    return cells if len(cells) == 5 else []


@pytest.mark.parametrize("file", ALL)
def test_a_link_leads_to_a_file_that_is_there(file: Path) -> None:
    for target in links(file):
        name = target.partition("#")[0]
        assert not name or (file.parent / name).is_file(), f"{file.name}: {target}"


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_headings_links_pictures_and_commands(english: Path, chinese: Path) -> None:
    def shape(file: Path) -> list[object]:
        text = file.read_text("utf-8")
        others = {"README.zh-CN.md": "README.md"}
        led = [each.replace(".en.md", ".md").replace("overview-en", "overview") for each in links(file)]
        return [
            re.findall(r"^(#+) ", FENCED.sub("", text), re.MULTILINE),
            [others.get(os.path.basename(each), os.path.basename(each)) for each in led],
            len(re.findall(r"^(?:-|\d+\.|\|) ", text, re.MULTILINE)),
            commands(file),
        ]

    assert shape(english) == shape(chinese)


@pytest.mark.parametrize("file", [ROOT / "README.md", ROOT / "README.zh-CN.md"], ids=lambda file: file.name)
def test_a_readme_is_short_and_says_in_words_what_its_four_pictures_show(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= MOST_LINES
    assert [len(alt) > 15 for alt, _ in PICTURE.findall(file.read_text("utf-8"))] == [True] * 4


@pytest.mark.parametrize("file", ENGLISH, ids=lambda file: file.name)
def test_an_english_sentence_is_short(file: Path) -> None:
    assert [each for each in sentences(file) if len(each.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("file", ENGLISH.values(), ids=lambda file: file.name)
def test_a_chinese_sentence_is_short_and_has_full_width_marks(file: Path) -> None:
    assert [each for each in sentences(file) if len(each.replace(" ", "")) > MOST_CHARACTERS] == []
    # GB/T 15834; a figure and the character beside it have no space between them.
    marks = r".{0,9}(?:[一-鿿][,;:!?()]|[,;:!?()][一-鿿]|[一-鿿] \d|\d [一-鿿]).{0,9}"
    assert re.findall(marks, prose(file)) == []


@pytest.mark.parametrize("file", ALL)
def test_a_command_that_a_document_names_is_one_with_the_options_it_names(file: Path) -> None:
    text = FENCED.sub("", file.read_text("utf-8"))
    named = [*commands(file), *re.findall(r"`(.+?)`", text)]
    for line in [line for line in named if "python -m core " in line]:
        command: click.Command = cli
        words = line.partition("python -m core ")[2].split()
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            assert words[0] in command.commands, f"{file.name}: {line}"
            command = command.commands[words.pop(0)]
        known = {option for each in command.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, f"{file.name}: {line}"


@pytest.mark.parametrize("file", [DOCS / "command-line.md", DOCS / "command-line.en.md"], ids=lambda file: file.name)
def test_the_command_line_s_document_has_every_command_and_every_target_of_make(file: Path) -> None:
    def leaves(command: click.Command, name: str) -> list[str]:
        below = command.commands if isinstance(command, click.Group) else {}
        return [leaf for key, each in below.items() if not each.hidden for leaf in leaves(each, f"{name} {key}")] or [
            name
        ]

    text = file.read_text("utf-8")
    assert [name for name in leaves(cli, "python -m core") if f"{name} " not in text.replace("\n", " ")] == []
    described = re.findall(r"'make ([a-z-]+)", (ROOT / "Makefile").read_text("utf-8"))
    assert [target for target in described if f"| `make {target}` |" not in text] == []


@pytest.mark.parametrize("file", [DOCS / "deploy.md", DOCS / "deploy.en.md"], ids=lambda file: file.name)
def test_the_settings_of_a_server_are_in_its_document(file: Path) -> None:
    settings = re.findall(r"^#?(RENEWAL_[A-Z_]+)=", (ROOT / "deploy" / "renewal.env").read_text("utf-8"), re.MULTILINE)
    assert [name for name in settings if f"| `{name}` |" not in file.read_text("utf-8")] == []


@pytest.mark.parametrize("file", [DOCS / "faults.md", DOCS / "faults.en.md"], ids=lambda file: file.name)
def test_the_tests_that_the_document_on_faults_names_are_there(file: Path) -> None:
    there = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(re.findall(r"`(test_\w+)`", file.read_text("utf-8"))) - there == set()
