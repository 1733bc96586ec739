"""What all frames share: the project's words, colours and foot, and how a measure becomes an amount of a chart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from core.briefing.frames.frame import SMALLEST, Amount, Chart, Figure, Frame, Row, Table
from core.briefing.matter import Matter
from core.charts.frame import MONEY, SCENARIO_BAND, street_colours, width
from core.errors import Message
from core.model.measure import Measure
from core.model.passport import Passport
from core.text import render, word
from core.text.numbers import by_unit

_MOST_TITLE, _MOST_NAME, _MOST_TEXT, _MOST_CELL = 150, 40, 110, 200
"""Characters of a text before it is abridged: what somebody has typed can be of any length."""
_SHORT = 280
"""Pixels of a name, at its smallest, that still stands on one line beside bars."""
_RUN = 14
"""Letters of a word after which it may be broken: a longer one would run out of its column."""

_LONG = re.compile(rf"[!-~\u00a1-\u024f]{{{_RUN + 8},}}")


class Maker:
    """Makes the frames of one matter."""

    def __init__(self, matter: Matter, passport: Passport | None = None) -> None:
        self.matter, self.passport = matter, passport
        self.facts, self.figures = matter.facts, matter.figures
        self.colours = street_colours(matter.facts.places)
        self.short = all(width(self.place(place), SMALLEST) <= _SHORT for place in matter.facts.places)
        """Whether the streets' names are short, as those of streets mostly are."""

    def say(self, message: Message | str, most: int = 10_000) -> str:
        """Words in the frames' language on one line, abridged beyond so many characters."""
        text = " ".join(_printable(render(message, self.matter.language)).split())
        return breakable(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")

    def place(self, name: str | None, otherwise: str = word("全项目")) -> str:
        """A street's name; the whole project's word where it is none."""
        return self.say(name if name is not None else otherwise, _MOST_NAME)

    def name(self, message: Message | str) -> str:
        """The name of an item, a source, a sheet."""
        return self.say(message, _MOST_NAME)

    def cell(self, message: Message | str) -> str:
        """A cell of a table."""
        return self.say(message, _MOST_CELL)

    def amount(self, measure: Measure, colour: str = MONEY, *, shown: str = "") -> Amount:
        """A measure as a bar: in its street's colour where it has a street, striped where it is assumed."""
        return self.value(measure.number, measure.unit, colour, place=measure.place, assumed=measure.is_estimate,
                          shown=shown)  # fmt: skip

    def value(
        self,
        value: Decimal | None,
        unit: str,
        colour: str = MONEY,
        *,
        place: str | None = None,
        assumed: bool = False,
        shown: str = "",
    ) -> Amount:
        """An exact value as a bar."""
        own = colour if place is None else self.colours[place]
        return Amount(value, by_unit(value, unit), unit, own, place, assumed, shown)

    def most_bars(self, charts: int = 1) -> int:
        """Streets that each of so many charts has room for; the exported tables have all."""
        return 12 if self.short else 6 if charts == 1 else 3

    def by_place(self, measures: Iterable[Measure], charts: int = 1) -> tuple[Row, ...]:
        """A bar a street, the longest first; what is unknown last."""
        ordered = sorted(measures, key=lambda m: (m.number is None, -(m.number or Decimal(0))))
        return tuple(Row(self.place(m.place), (self.amount(m),)) for m in ordered[: self.most_bars(charts)])

    def left_out(self, charts: int = 1) -> str:
        """The note of a chart that has not room for all streets; "" where it has."""
        shown, every = self.most_bars(charts), len(self.facts.places)
        if every <= shown:
            return ""
        return self.say(Message("图中列出{shown}个,另有{left}个未列出", {"shown": shown, "left": every - shown}))

    def figure(self, label: Message | str, value: Message | str, caveat: Message | str = "") -> Figure:
        """A figure to be read from afar."""
        return Figure(self.say(label, 40), self.say(value, 40), self.say(caveat, 80))

    def table(
        self,
        headings: Sequence[Message | str],
        rows: Iterable[Sequence[Message | str]],
        title: Message | str = "",
        *,
        last: bool = False,
    ) -> Table:
        """A table in words; `last`: its last row is the sum."""
        return Table(
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
        figures: Iterable[Figure] = (),
        charts: Iterable[Chart] = (),
        tables: Iterable[Table] = (),
        sentences: Iterable[Message | str | None] = (),
        due: Sequence[str] = (),
        split: float = 0.56,
    ) -> Frame:
        """A frame with its foot and bands; `due`: bands that its words ask for beside those of its bars."""
        drawn = tuple(charts)
        made = Frame(
            id=name,
            name=self.say(called),
            language=self.matter.language,
            project=self.say(self.facts.project.name, _MOST_TEXT),
            title=self.say(title, _MOST_TITLE).rstrip("。."),
            unit=self.say(Message("单位:{unit}", {"unit": unit}) if unit else Message("单位:见各数")),
            as_of=self.say(Message("截至{day}", {"day": self.facts.as_of})),
            source=self.say(Message("数据来源:{source}", {"source": self.facts.project.source}), _MOST_TITLE),
            basis=self.say(Message("口径:{basis}", {"basis": basis}), 220),
            figures=tuple(figures),
            charts=drawn,
            tables=tuple(tables),
            sentences=tuple(self.say(each, 260) for each in sentences if each),
            due=tuple(self.say(band) for band in due),
            colours=self.colours,
            passport=self.passport,
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
