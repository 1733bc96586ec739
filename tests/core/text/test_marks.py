"""Chinese carries full-width marks, and no space stands between figures and 汉字 (GB/T 15834), wherever it is shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core.text.marks import full_width, labelled, listed, without_width
from tests.core.text.extraction import ROOT
from tests.core.text.test_catalogue import entries
from tests.unchanged.kept import KEPT

HAN = r"[\u3400-\u9fff]"
HALF = re.compile(rf"(?<={HAN})[,;:?!()]|[,;:?!()](?={HAN})|(?<=[”》）])[,;:]")
RANGE = re.compile(r"[\d%}万栋户行]\s?[–~〜]\s?[\d{￥]")
"""A range of figures with another sign than ～; between days and months stands —."""
BETWEEN = re.compile(r"\}[,;:(] ?\{")
"""Between parameters, which may be Chinese."""
SPACE = re.compile(rf"{HAN} +[0-9A-Za-z{{]|[0-9A-Za-z%}}] +{HAN}")
ALLOWED = {
    r"(?:报告|季报) (?:[一二三四五六七八九标正{]|$)[^，；。]*|(?:资金|受益)明细表 [^，；。]*": "where a figure stands",
    r"用户@主机:端口/数据库": "the form of an address",
    r"“[\u3400-\u9fff]+ [\d.]+”": "an answer and its weight, as they are written",
    r"[–—-]{2}[a-z]+|(?:python -m core|make|pip)[\x20-\x7e]*[\x21-\x7e]": "commands and their options",
    r"(?:Ctrl\+|Alt\+)?(?:Enter|Esc|PgDn/→|PgUp/←|[A-Z]\d?|S|↑↓)(?= [\u3400-\u9fff])": "keys and what they do",
}
"""Patterns in which marks and spaces stay as they are, each with its reason."""
TEXT_FILES = (
    *ROOT.glob("pages/**/*.js"), *ROOT.glob("core/**/*.typ"), *ROOT.glob("deploy/**/*.html"),
    *ROOT.glob("deploy/**/*.js"),
)  # fmt: skip
READERS = ("core/ingest", "core/text/quantities.py", "core/checks/goals.py", "core/model/fields.py")
"""They hold words that texts are understood by, which nobody is shown; what they say is in the catalogue."""


def wrong(text: str, *patterns: re.Pattern[str]) -> list[str]:
    """What is wrong in a text, each with the letters around it."""
    for pattern in ALLOWED:
        text = re.sub(pattern, lambda found: "\0" * len(found[0]), text)
    found = [each for pattern in patterns or (HALF, SPACE, RANGE) for each in pattern.finditer(text)]
    return [text[max(0, each.start() - 8) : each.end() + 8] for each in found]


def all_wrong(texts: Iterable[str], *patterns: re.Pattern[str]) -> list[str]:
    return sorted({each for text in texts for each in wrong(text, *patterns)})


@pytest.mark.parametrize(
    "text",
    [
        "概算15,000万元,已支付", "合计:8,000", "共3户;另有", "已支付(万元)", "(一)概况", "是否继续?", "{a}为 {b}",
        "已评 3项", "共3 项", "“甲”,乙", "80.79–122.32%", "{low}–{high}", "总分50~90分", "第1行–4行",
    ],
)  # fmt: skip
def test_what_is_put_in_is_found(text: str) -> None:
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "概算15,000万元，已支付（12:30）；比为1:1", "请运行 python -m core accept。", "请用 --project 指明",
        "A(1), b; c: d", "半角逗号“,”", "2.00×(1-50.00%)=1.00", "80.79%～122.32%", "2023年6月—2025年12月",
    ],
)  # fmt: skip
def test_numbers_codes_commands_and_english_stay_half_width(text: str) -> None:
    assert wrong(text) == []


def test_the_catalogue() -> None:
    assert all_wrong(entries()) == []
    assert [text for text in entries() if BETWEEN.search(text)] == []


def is_pattern(node: ast.AST) -> bool:
    """Whether it is a call of `re`: what it holds is no text."""
    of = node.func if isinstance(node, ast.Call) else None
    return isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id == "re"


def literals(path: Path) -> Iterator[str]:
    """String literals of a module that are no docstrings; what is put into an f-string stands there as {}."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part != node
    }
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said |= {part for node in ast.walk(tree) if is_pattern(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node not in parts:
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts | said:
            yield node.value


def test_texts_in_the_code() -> None:
    files = [*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("deploy/**/*.py"), ROOT / "app.py"]
    shown = [file for file in files if not file.relative_to(ROOT).as_posix().startswith(READERS)]
    assert all_wrong(text for file in shown for text in literals(file)) == []


def test_scripts_pages_and_templates() -> None:
    texts = (file.read_text(encoding="utf-8") for file in TEXT_FILES)
    # What is no string in a script is a comment or a pattern that pasted text is understood by.
    assert all_wrong(said for text in texts for said in re.findall(r'"[^"\n]*"|`[^`\n]*`|>[^<>\n]*<', text)) == []


NO_TEXTS = re.compile(r"^(?:sheet\d+|scheme\..*)\.csv\.txt$")
"""Files of data, whose commas part cells."""
SYNTAX = re.compile(r' \| |"[:,]? ?|[\[\]]|^ +(?:cat|val|xVal|yVal) .*|series 0:|\S+: (?=\()')
"""What kept texts are put together with (tests/unchanged/taken.py, files.py): quotes, lists, series of a chart."""


def of_kept(text: str) -> Iterator[str]:
    """The parts of a kept text, without the brackets that they are put together with."""
    lines = text.replace(":gray[", "[").splitlines()  # Markdown's own colon: a colour
    for part in (part.strip().lstrip("(") for line in lines for part in SYNTAX.split(line)):
        yield part if "(" in part else part.rstrip(")")


@pytest.mark.parametrize("folder", sorted(KEPT.glob("*.zh_CN")), ids=lambda folder: folder.name)
def test_pages_frames_and_documents(folder: Path) -> None:
    files = [path for path in sorted(folder.glob("*.txt")) if not NO_TEXTS.match(path.name)]
    assert files
    assert all_wrong((part for path in files for part in of_kept(path.read_text(encoding="utf-8"))), HALF, RANGE) == []
    # Elsewhere rows of tables are kept with spaces between their cells.
    figures = [path for path in files if path.name.startswith("figure.")]
    assert figures
    assert all_wrong(part for path in figures for part in of_kept(path.read_text(encoding="utf-8"))) == []


def test_parts_are_joined_by_the_marks_of_the_language() -> None:
    assert labelled("已支付", "8,000", "zh_CN") == "已支付：8,000"
    assert labelled("Paid", "8,000", "en") == "Paid: 8,000"
    assert listed(["甲", "乙"], "zh_CN") == "甲；乙"
    assert listed(["a", "b"], "en") == "a; b"


def test_what_was_narrowed_is_widened_beside_chinese_alone() -> None:
    assert (
        full_width("93分,“优秀”;计划(2025年):12:30,8,000.00,a(1)")
        == "93分，“优秀”；计划（2025年）：12:30,8,000.00,a(1)"
    )
    assert without_width("已评 3 项（甲），乙") == without_width("已评3项(甲),乙")
