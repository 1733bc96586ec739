"""Shared by all frames: the project's words, colours and foot, and a figure's marks put into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.briefing.content import BriefingContent
from core.briefing.frames.frame import SMALLEST, Frame, FrameFigure, FrameTable
from core.briefing.headlines import changed_bands
from core.errors import Message
from core.figures.figure import Bars, Chart, LineChart, Spans, Words, highest_first, in_words
from core.figures.in_unit import marks_in, named_in
from core.figures.palette import SCENARIO_BAND, street_colours
from core.model.context import AmountUnit
from core.model.view_code import ViewCode
from core.render.time_axis import with_months
from core.render.words import width
from core.text import render, word
from core.text.amounts import as_drawn, usual

_MOST_TITLE, _MOST_NAME, _MOST_TEXT, _MOST_CELL = 200, 40, 110, 200
"""Characters of a text before it is abridged: what somebody has typed can be of any length."""
_SHORT = 280
"""Pixels of a name, at its smallest, that still stands on one line beside bars."""
_RUN = 14
"""Letters of a word after which it may be broken: a longer one would run out of its column."""

_LONG = re.compile(rf"[!-~\u00a1-\u024f]{{{_RUN + 8},}}")

_Drawn = TypeVar("_Drawn", bound=Chart)


class FrameBuilder:
    """Makes the frames of one content."""

    def __init__(
        self, content: BriefingContent, view_code: ViewCode | None = None, unit: AmountUnit | None = None
    ) -> None:
        self.content, self.view_code = content, view_code
        self.facts, self.figures = content.facts, content.figures
        self.unit = unit or usual(content.language)
        """In which all amounts are printed."""
        self.colours = street_colours(content.facts.places)
        self.short = all(width(self.place(place), SMALLEST) <= _SHORT for place in content.facts.places)
        """The streets' names are short, as those of streets mostly are."""

    def say(self, message: Message | str, most: int = 10_000) -> str:
        """Words in the frames' language on one line, abridged beyond so many characters."""
        text = " ".join(_printable(render(message, self.content.language, self.unit)).split())
        return breakable(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")

    def place(self, name: str | None, otherwise: str = word("全项目")) -> str:
        """A street's name; the whole project's word where it is none."""
        return self.say(name if name is not None else otherwise, _MOST_NAME)

    def name(self, message: Message | str) -> str:
        """The name of an item, a source, a sheet."""
        return self.say(message, _MOST_NAME)

    def cell(self, message: Message | str) -> str:
        """A cell of a table."""
        return self.say(as_drawn(message), _MOST_CELL)

    def most_bars(self, charts: int = 1) -> int:
        """Streets that each of so many charts has room for; the exported tables have all."""
        return 12 if self.short else 6 if charts == 1 else 3

    def chart(
        self, marks: _Drawn, title: Words = "", charts: int = 1, behind: int = 20, *, money: bool = True
    ) -> _Drawn:
        """A figure's marks in words: as many streets as each of so many charts has room for.

        `title`: in place of its own; `behind`: days of an axis of time after the last one; `money`: the axis of lines
        is one of money.
        """

        def say(words: Words, field: str) -> str:
            return self.name(words) if field in ("name", "series") else self.say(words)

        made = in_words(marks_in(marks, self.content.language, self.unit, money=money), say)
        if title:
            made = replace(made, title=self.say(title))
        if isinstance(made, LineChart):
            return with_months(made, self.say, behind)
        most = self.most_bars(charts)
        if isinstance(made, Spans) and len(made.rows) > most:
            made = replace(made, rows=tuple(highest_first(made.rows)[:most]), note=self.left_out(charts))
        elif isinstance(made, Bars) and len(made.rows) > most and made.rows[0].amounts[0].place is not None:
            made = replace(made, rows=made.rows[:most], note=self.left_out(charts))
        return made

    def left_out(self, charts: int = 1) -> str:
        """The note of a chart that has not room for all streets; "" where it has."""
        shown, every = self.most_bars(charts), len(self.facts.places)
        if every <= shown:
            return ""
        return self.say(Message("图中列出{shown}个，另有{left}个未列出", {"shown": shown, "left": every - shown}))

    def figure(self, label: Message | str, value: Message | str, caveat: Message | str = "") -> FrameFigure:
        """A figure to be read from afar."""
        return FrameFigure(self.say(label, 40), self.say(as_drawn(value), 40), self.say(caveat, 80))

    def table(
        self,
        headings: Sequence[Message | str],
        rows: Iterable[Sequence[Message | str]],
        title: Message | str = "",
        *,
        last: bool = False,
    ) -> FrameTable:
        """A table in words; `last`: its last row is the sum."""
        return FrameTable(
            tuple(self.say(each, _MOST_NAME) for each in headings),
            tuple(tuple(self.cell(cell) for cell in row) for row in rows),
            self.say(title, _MOST_TEXT),
            last,
        )

    def frame(
        self,
        name: str,
        called: str,
        title: Message | str,
        unit: str,
        basis: Message | str,
        *,
        figures: Iterable[FrameFigure] = (),
        charts: Iterable[Chart] = (),
        tables: Iterable[FrameTable] = (),
        sentences: Iterable[Message | str | None] = (),
        due: Sequence[str] = (),
        split: float = 0.56,
        source: Message | str = "",
        of_today: bool = False,
    ) -> Frame:
        """A frame with its foot and bands; `due`: bands that its words ask for beside those of its bars.

        `source`: where its figures come from, where that is not the document of the project. `of_today`: a lock holds
        nothing of it, so that nothing of it can have changed since.
        """
        drawn = tuple(charts)
        due = tuple(dict.fromkeys((*due, *(() if of_today else changed_bands(self.content.score)))))
        made = Frame(
            id=name,
            name=self.say(called),
            language=self.content.language,
            project=self.say(self.facts.project.name, _MOST_TEXT),
            title=self.say(title, _MOST_TITLE).rstrip("。."),
            unit=self.say(
                Message("单位：{unit}", {"unit": named_in(unit, self.content.language, self.unit)})
                if unit
                else Message("单位：见各数")
            ),
            as_of=self.say(Message("截至{day}", {"day": self.facts.as_of})),
            source=self.say(
                Message("数据来源：{source}", {"source": source or self.facts.project.source}), _MOST_TITLE
            ),
            basis=self.say(Message("口径：{basis}", {"basis": basis}), 220),
            figures=tuple(figures),
            charts=drawn,
            tables=tuple(tables),
            sentences=tuple(self.say(each, 260) for each in sentences if each),
            due=tuple(self.say(band) for band in due),
            colours=self.colours,
            view_code=self.view_code,
            confidentiality=self.say(self.content.confidentiality),
            watermark=self.say(self.content.watermark),
            split=split,
        )
        striped = any(amount.assumed for amount in made.amounts)
        bands = dict.fromkeys((*due, *([SCENARIO_BAND] if striped else [])))
        return replace(made, bands=tuple(self.say(band) for band in bands))

    def nothing(self, name: str, called: str, title: Message, unit: str, basis: Message, what_to_do: Message) -> Frame:
        """The frame of something that there is no data of."""
        return replace(self.frame(name, called, title, unit, basis, sentences=[what_to_do]), empty=True)


def breakable(text: str) -> str:
    """The text, with a place to break in each word that is too long to stand anywhere."""
    return _LONG.sub(lambda run: "\u200b".join(run[0][at : at + _RUN] for at in range(0, len(run[0]), _RUN)), text)


def _printable(text: str) -> str:
    """Without control characters and halves of letters, which no font draws."""
    return "".join(" " if char in "\n\r\t" else char for char in text
                   if char in "\n\r\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cn"))  # fmt: skip
