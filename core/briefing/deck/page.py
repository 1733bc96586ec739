"""One slide: its finding on top, what it rests on at the bottom, and room between them. Sizes in inches and points."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.util import Inches, Pt

from core.briefing.deck import drawing
from core.briefing.deck.drawing import Align, ParagraphLook
from core.briefing.deck.fitting import Cells, column_widths, height_of, row_heights, words_stay_whole
from core.briefing.deck.theme import FONTS, HIGH, WIDE
from core.briefing.qr import square_png
from core.errors import Message
from core.figures.palette import INK, LINE, QUIET, STRIP
from core.model.context import Language
from core.model.view_code import ViewCode
from core.render.office import dress, rgb
from core.render.photo import Photo
from core.text import render
from core.text.file_text import printable
from core.text.numbers import MISSING

MARGIN = 0.5
TITLE, TEXT, SMALL = 26, 16, 12
"""Points: a finding, what is said beside it, tables and the foot."""
LARGEST = 16
"""Of a table."""
_GAP = 0.18
"""Below a table."""
_BAND = 0.34
_SQUARE, _AT_FOOT = 0.5, 2.8
"""Inches: the QR code, and the words beside it."""
_FIGURE = re.compile(r"[-–—～+\d,.%]+(?: ?[^\d\s。，；：].*)?")
_DAY = re.compile(r"\d+年\d+月\d+日|\d+ [A-Z][a-z]+ \d+")


Rows = Sequence[Sequence[Message | str]]


@dataclass(frozen=True)
class Box:
    """A place on the slide, inches."""

    left: float
    top: float
    width: float
    height: float

    def columns(self, share: float, gap: float = 0.3) -> tuple[Box, Box]:
        """The left part, which takes that share, and the right one."""
        first = (self.width - gap) * share
        rest = self.width - gap - first
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gap, self.top, rest, self.height),
        )

    def rows(self, height: float, gap: float = 0.15) -> tuple[Box, Box]:
        """The upper part of that height, and the lower one."""
        upper = min(height, self.height)
        lower = max(self.height - upper - gap, 0.0)
        return (
            Box(self.left, self.top, self.width, upper),
            Box(self.left, self.top + self.height - lower, self.width, lower),
        )


class SlidePage:
    """A slide in the making."""

    def __init__(
        self,
        slides: Slides,
        language: Language,
        finding: Message | str,
        foot: Sequence[Message | str],
        bands: Sequence[str] = (),
        top: float = 0.3,
    ) -> None:
        self.language = language
        self.slide: Any = slides.slides.add_slide(slides.slide_layouts[0])
        self.finding = self.say(finding)
        if bands:
            self._band(" · ".join(self.say(band) for band in bands))
            top = max(top, _BAND + 0.14)
        high = height_of([self.finding], TITLE, WIDE - 2 * MARGIN, bold=True) + 0.06
        title = self.slide.shapes.title
        title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        title.left, title.top, title.width, title.height = _emu(Box(MARGIN, top, WIDE - 2 * MARGIN, high))
        self._fill(title.text_frame, [self.finding], TITLE, bold=True)
        said = [self.say(part) for part in foot]
        low = self._foot(said)
        start = top + high + 0.15
        self.body = Box(MARGIN, start, WIDE - 2 * MARGIN, low - start - 0.12)
        self.foot = said

    def say(self, message: Message | str) -> str:
        """Words in the slides' language, as XML can hold them."""
        return printable(render(message, self.language))

    def words(
        self,
        box: Box,
        texts: Sequence[Message | str],
        size: float = TEXT,
        *,
        bold: bool = False,
        colour: str = INK,
        centred: bool = False,
        spacing: float = 6,
    ) -> float:
        """Paragraphs from the top of a box, made smaller (to 12 points at least) until they fit.

        Returns the inches that they take by estimate.
        """
        said = [self.say(text) for text in texts]
        while size > SMALL and height_of(said, size, box.width, spacing, bold=bold) > box.height:
            size -= 1
        high = height_of(said, size, box.width, spacing, bold=bold)
        frame = self.slide.shapes.add_textbox(*_emu(Box(box.left, box.top, box.width, high))).text_frame
        self._fill(frame, said, size, bold=bold, colour=colour, centred=centred, spacing=spacing)
        return high

    def table(
        self,
        box: Box,
        headings: Sequence[Message | str],
        rows: Sequence[Sequence[Message | str]],
        name: str,
        size: float | None = None,
    ) -> tuple[bool, Box]:
        """A table of 12 points at least (or of `size`), as many rows as there is room for.

        Columns share the width by what stands in them; a column of figures stands right. Returns whether rows had to
        be left out, which is said below it, and the room that is left there.
        """
        cells = self._cells(headings, rows)
        size = size or self._size([cells], box.width, box.height)
        widths = column_widths(cells, size, box.width)
        heights = row_heights(cells, size, widths)
        shown = len(cells)
        while shown > 2 and sum(heights[:shown]) > box.height - (0.3 if shown < len(cells) else 0):
            shown -= 1
        left_out = len(cells) - shown
        self._grid(box, cells[:shown], widths, heights[:shown], size, name)
        used = sum(heights[:shown])
        if left_out:
            room = Box(box.left, box.top + used + 0.03, box.width, 0.3)
            self.words(room, [Message("其余{count}项见备注", {"count": left_out})], SMALL, colour=QUIET, spacing=0)
            used += 0.3
        return bool(left_out), Box(box.left, box.top + used + _GAP, box.width, max(box.height - used - _GAP, 0.0))

    def picture(self, box: Box, photo: Photo, name: str, alt: Message | str) -> float:
        """A photograph as large as the box has room for, from its top left. Returns the inches that it is high."""
        wide, high = photo.within(box.width, box.height)
        shape = self.slide.shapes.add_picture(io.BytesIO(photo.jpeg), *_emu(Box(box.left, box.top, wide, high)))
        shape.name = name
        shape._element.nvPicPr.cNvPr.set("descr", self.say(alt))
        return high

    def size_of(self, box: Box, tables: Sequence[tuple[Sequence[Message | str], Rows]]) -> tuple[float, bool]:
        """The size that lets tables stand below each other in a box, and whether they find room at that size."""
        every = [self._cells(headings, rows) for headings, rows in tables]
        room = box.height - _GAP * len(every)
        size = self._size(every, box.width, room)
        return size, self._high(every, box.width, size) <= room

    def _cells(self, headings: Sequence[Message | str], rows: Rows) -> list[tuple[str, ...]]:
        return [tuple(self.say(cell) for cell in row) for row in (headings, *rows)]

    def _size(self, tables: Sequence[Cells], room: float, height: float) -> float:
        return next(
            (
                size
                for size in range(LARGEST, SMALL, -1)
                if all(words_stay_whole(cells, size, room) for cells in tables)
                and self._high(tables, room, size) <= height
            ),
            SMALL,
        )

    def _high(self, tables: Sequence[Cells], room: float, size: float) -> float:
        return sum(sum(row_heights(cells, size, column_widths(cells, size, room))) for cells in tables)

    def notes(self, texts: Sequence[str]) -> None:
        """Put notes for the speaker, who is asked, under the slide."""
        frame = self.slide.notes_slide.notes_text_frame
        self._fill(frame, [printable(text) for text in texts], SMALL)
        dress(self.slide.notes_slide.element, FONTS)

    def close(self, name: str, position: int, count: int, view_code: ViewCode | None) -> None:
        """3 / 12 and the 查验码 at the foot; the last thing that is done to a slide. `name`: what it stays known by."""
        self.slide._element.cSld.set("name", name)
        right = WIDE - MARGIN - (_SQUARE + 0.1 if view_code else 0)
        low = HIGH - 0.17 - _SQUARE
        self._at_foot("page_number", f"{position} / {count}", Box(right - _AT_FOOT, low, _AT_FOOT, 0.24))
        if view_code is not None:
            said = self.say(Message("查验码：{code}", {"code": view_code.code}))
            self._at_foot("passport", said, Box(right - _AT_FOOT, low + 0.25, _AT_FOOT, 0.24))
            picture = io.BytesIO(square_png(view_code))
            square = self.slide.shapes.add_picture(picture, *_emu(Box(WIDE - MARGIN - _SQUARE, low, _SQUARE, _SQUARE)))
            square.name = "passport_square"
            square._element.nvPicPr.cNvPr.set("descr", said)
        dress(self.slide.element, FONTS)

    def _at_foot(self, name: str, text: str, box: Box) -> None:
        shape = self.slide.shapes.add_textbox(*_emu(box))
        shape.name = name
        self._fill(shape.text_frame, [text], SMALL, colour=QUIET, right=True)

    def _grid(
        self,
        box: Box,
        cells: Sequence[Sequence[str]],
        widths: Sequence[float],
        heights: Sequence[float],
        size: float,
        name: str,
    ) -> None:
        place = Box(box.left, box.top, sum(widths), sum(heights))
        frame = self.slide.shapes.add_table(1, 1, *_emu(place))
        frame.name = name
        columns = [[row[n] for row in cells[1:]] for n in range(len(cells[0]))]
        right = [n > 0 and _are_figures(column) for n, column in enumerate(columns)]
        old = frame._element.graphic.graphicData.tbl
        old.getparent().replace(old, drawing.table(cells, widths, heights, ParagraphLook(size, self._tag), right))

    def _band(self, words: str) -> None:
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(Box(0, 0, WIDE, _BAND)))
        shape.name = "band"
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(STRIP)
        shape.line.fill.background()
        _plain_style(shape)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._fill(shape.text_frame, [f"▨ {words}"], 14, colour=QUIET, inside=MARGIN)

    def _foot(self, said: Sequence[str]) -> float:
        """Writes the foot; returns where it begins."""
        room = WIDE - 2 * MARGIN - _AT_FOOT - _SQUARE - 0.3
        text = " · ".join(said)
        high = max(height_of([text], SMALL, room), _SQUARE)
        top = HIGH - 0.17 - high
        rule = self.slide.shapes.add_connector(
            1, Inches(MARGIN), Inches(top - 0.05), Inches(WIDE - MARGIN), Inches(top - 0.05)
        )
        rule.line.color.rgb, rule.line.width = rgb(LINE), Pt(0.75)
        _plain_style(rule)
        frame = self.slide.shapes.add_textbox(*_emu(Box(MARGIN, top, room, high))).text_frame
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        self._fill(frame, [text], SMALL, colour=QUIET)
        return top

    def _fill(
        self,
        frame: Any,
        texts: Sequence[str],
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        centred: bool = False,
        right: bool = False,
        spacing: float = 0,
        inside: float = 0.0,
    ) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = Inches(inside)
        frame.margin_top = frame.margin_bottom = 0
        align: Align = "ctr" if centred else "r" if right else "l"
        drawing.fill(frame._txBody, texts, ParagraphLook(size, self._tag, bold, colour, align, spacing))

    @property
    def _tag(self) -> str:
        return "zh-CN" if self.language == "zh_CN" else "en-US"


def _emu(box: Box) -> tuple[int, int, int, int]:
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def _plain_style(shape: Any) -> None:
    """Take away the theme's effects: a shadow under every rule."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _are_figures(column: Sequence[str]) -> bool:
    """Test that a column holds figures (with their units), days among them allowed."""
    figures = [text for text in column if not _DAY.fullmatch(text)]
    return bool(figures) and all(map(_FIGURE.fullmatch, figures)) and set(figures) != {MISSING}
