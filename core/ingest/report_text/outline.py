"""A report's paragraphs in their parts: title, chapters, headings, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.ingest.files.document import Paragraph
from core.ingest.report_text.wording import numeral, plain, sentences

_LEVELS = (
    re.compile(r"^第?([一二三四五六七八九十]{1,3})(?:、|\.|章|部分)"),
    re.compile(r"^\(([一二三四五六七八九十]{1,3})\)"),
    re.compile(r"^(\d{1,2})(?:、|\.(?!\d))"),
    re.compile(r"^\((\d{1,2})\)"),
)
_SECTION = re.compile(r"^([一二三四五六七八九十]*)(\([一二三四五六七八九十]+\))?(\d+)?(\(\d+\))?")
_UNNUMBERED = re.compile(
    r"^(?:(?:项目|基本)(?:概况|情况)|(?:存在|发现)的?(?:主要|突出)?问题(?:[和及与].{1,6})?|主要问题|"
    r"(?:(?:有关|相关|工作|改进|对策|意见)[和与及]?)*建议|(?:绩效)?评价(?:结论|结果)|绩效目标)$"
)
"""Headings that stand without a number in files that have none at all."""
MOST_HEADING = 40
"""Letters; what is longer is a sentence."""
_MOST_TITLE = 60


def of_report(sections: Iterable[str]) -> str:
    """Name the sections of a report, for people: each once."""
    named = (section.removeprefix("报告 ") or "正文" for section in sections)
    return f"报告 {'、'.join(dict.fromkeys(named))}"


@dataclass(frozen=True)
class OutlineLine:
    """One paragraph."""

    text: str
    """Plain, without its number."""
    section: str
    heading: str
    """The nearest heading over it, or itself."""
    level: int
    """Of a heading: 1 一、 2 (一) 3 1、; 0: no heading."""
    numbered: int
    """Level of the number before it, heading or not, 4 (1) too; 0: none."""
    sentences: tuple[str, ...]

    @property
    def source(self) -> str:
        """The section, for people."""
        return of_report([self.section])


@dataclass(frozen=True)
class Outline:
    """All of a report."""

    title: tuple[str, ...]
    """Lines before the text, plain: appendix number, name, kind of document."""
    lines: tuple[OutlineLine, ...]
    restarts: tuple[str, ...]
    """Sections inside which 一、 begins again."""

    def sentences(self) -> Iterator[tuple[OutlineLine, str]]:
        """Each with the line that it stands in."""
        return ((line, sentence) for line in self.lines for sentence in line.sentences)


def _number(text: str) -> tuple[int, int, str]:
    """Level (0: none), ordinal and the text behind the number."""
    for level, pattern in enumerate(_LEVELS, start=1):
        found = pattern.match(text)
        if found:
            ordinal = int(found[1]) if found[1].isdecimal() else numeral(found[1])
            return level, ordinal, text[found.end() :]
    return 0, 0, text


def _depth(section: str) -> int:
    found = _SECTION.match(section.replace("（", "(").replace("）", ")"))
    return max((at for at in range(1, 5) if found and found[at]), default=0)


def _short(text: str) -> bool:
    return 0 < len(text.rstrip("。:")) <= MOST_HEADING and not re.search(r"[。;]", text.rstrip("。"))


def _heading(text: str) -> str:
    """The words of the heading that a numbered line begins with, "" when it is all text."""
    first = text.split("。", 1)[0].rstrip(":")
    return first if 0 < len(first) <= MOST_HEADING and ";" not in first else ""


class _Reader:
    """Goes through the paragraphs once and knows where it is."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.lines: list[OutlineLine] = []
        self.restarts: list[str] = []
        self.ordinal, self.nested = 0, 0
        self.heading, self.section, self.begun = "", "", False

    def read(self, paragraph: Paragraph) -> None:
        text = plain(paragraph.text)
        if not text:
            return
        numbered, ordinal, words = _number(text)
        new = paragraph.section != self.section
        if (
            not self.begun
            and not paragraph.section
            and not numbered
            and not _UNNUMBERED.match(text)
            and self._titled(text)
        ):
            return
        self.begun = True
        if not numbered and _UNNUMBERED.match(words):
            level, ordinal = _depth(paragraph.section) or 1, 0
        elif not numbered and new and _short(words) and not re.search(r"[。:]", words):
            level, ordinal = _depth(paragraph.section), self._ordinal(paragraph.section)
        else:
            level = numbered if numbered in (1, 2) or _short(words) else 0
        # (1) numbers what is said, not parts of the report.
        title = _heading(words) if 0 < level < 4 else ""
        # Inside a second row of 一、二、… the file's own section would name another chapter.
        stray = (level == 1 and self._again(ordinal)) or self._again(self._ordinal(paragraph.section), before=True)
        where = self.section if stray else paragraph.section
        if level == 1:
            self._chapter(ordinal, where)
        if title:
            self.heading = title
        of_heading = level if title else 0
        said = tuple(sentences(words))
        self.lines.append(OutlineLine(words, where, self.heading, of_heading, numbered, said))
        self.section = where

    def _titled(self, text: str) -> bool:
        if len(text) > _MOST_TITLE or "。" in text or len(self.title) >= 12:
            return False
        self.title.append(text)
        return True

    def _ordinal(self, section: str) -> int:
        found = _SECTION.match(section)
        return numeral(found[1]) if found and found[1] else 0

    def _again(self, ordinal: int, *, before: bool = False) -> bool:
        return 0 < ordinal < self.ordinal + (not before)

    def _chapter(self, ordinal: int, where: str) -> None:
        if not self._again(ordinal):
            self.ordinal, self.nested = max(ordinal, self.ordinal), 0
            return
        # A second row of 一、二、… inside a chapter: counted once, and the chapter goes on.
        if ordinal <= self.nested or not self.nested:
            self.restarts.append(where)
        self.nested = ordinal


def outline(paragraphs: Sequence[Paragraph]) -> Outline:
    """The paragraphs in their parts; blank ones are left out."""
    reader = _Reader()
    for paragraph in paragraphs:
        reader.read(paragraph)
    return Outline(tuple(reader.title), tuple(reader.lines), tuple(reader.restarts))
