"""One slide: its finding on top, what it rests on at the bottom, and room between them. Sizes in inches and points."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from core.briefing.content import BriefingContent
from core.briefing.deck import drawing, layouts, marks
from core.briefing.deck.box import Box
from core.briefing.deck.drawing import Align, Looks, ParagraphLook
from core.briefing.deck.fitting import Cells, column_widths, height_of, row_heights, words_stay_whole, wrapped
from core.briefing.deck.layouts import Slides
from core.briefing.deck.places import CALLED, COVER_LINES, MARGIN, WIDE, Line, Role
from core.briefing.qr import square_png
from core.errors import Message
from core.figures.palette import CAUTION, CAUTION_PAPER, INK, PAPER, QUIET
from core.model.context import Language
from core.model.view_code import ViewCode
from core.render.office import rgb
from core.render.photo import Photo
from core.text import render
from core.text.amounts import as_drawn
from core.text.file_text import printable
from core.text.numbers import MISSING

TITLE, HEADING, TEXT, SMALL, LEAST = 24, 16, 14, 12, 10
"""Points: a finding; a heading; what is said beside it; tables, labels and kinds; the foot."""
LARGEST = 14
"""Of a table."""
_AIRY = 0.36
"""Inches that a row of a table with few rows may take more."""
_GAP = 0.18
"""Below a table."""
_SUBTITLE, _BODY = 0.5, 0.48
"""Inches: from the title's top to its subtitle, and from there to the body."""
_FOOT_WIDE, _FOOT_LINES = 8.6, 3
_SQUARE = 0.433
"""Inches of the QR code."""
_INSET = 0.1
"""Inches between the edge of a place of a template and its words."""
_LEAST_TITLE = 16
_FIGURE = re.compile(r"[-–—～+\d,.%]+(?: ?[^\d\s。，；：].*)?")
_DAY = re.compile(r"\d+年\d+月\d+日|\d+ [A-Z][a-z]+ \d+")


Rows = Sequence[Sequence[Message | str]]


@dataclass(frozen=True)
class Foot:
    """What the figures of a slide rest on."""

    source: Message | str
    day: Message
    basis: Message | str


class Page:
    """A slide in the making, of one of the template's layouts."""

    finding = ""
    """What it says in a line."""
    foot: Sequence[str] = ()
    """What it rests on, as the notes repeat it."""

    def __init__(self, slides: Slides, language: Language, role: Role, bands: Sequence[str]) -> None:
        self.language, self._words = language, 0
        self.slides, self.places, self.role = slides, slides.places[role], role
        self.slide: Any = layouts.add(slides, role)
        if bands:
            self._band(" · ".join(self.say(band) for band in bands))

    def say(self, message: Message | str) -> str:
        """Words in the slides' language, as XML can hold them."""
        return printable(render(message, self.language, self.slides.unit))

    def words(
        self,
        box: Box,
        texts: Sequence[Message | str],
        size: float = TEXT,
        *,
        bold: bool = False,
        colour: str = INK,
        centred: bool = False,
        right: bool = False,
        spacing: float = 6,
    ) -> float:
        """Paragraphs from the top of a box, made smaller (to 12 points at least) until they fit.

        Returns the inches that they take by estimate.
        """
        said = [self.say(text) for text in texts]
        while size > SMALL and height_of(said, size, box.width, spacing, bold=bold) > box.height:
            size -= 1
        high = height_of(said, size, box.width, spacing, bold=bold)
        shape = self.slide.shapes.add_textbox(*_emu(Box(box.left, box.top, box.width, high)))
        self._words += 1
        shape.name = f"words_{self._words}"
        frame = shape.text_frame
        self._fill(frame, said, size, bold=bold, colour=colour, centred=centred, right=right, spacing=spacing)
        return high

    def table(
        self,
        box: Box,
        headings: Sequence[Message | str],
        rows: Sequence[Sequence[Message | str]],
        name: str,
        size: float | None = None,
        *,
        airy: bool = False,
        most: int | None = None,
    ) -> tuple[bool, Box]:
        """A table of 12 points at least (or of `size`), as many rows as there is room for, `most` at most.

        Columns share the width by what stands in them; a column of figures stands right; `airy`: the rows share what
        room is left. Returns whether rows had to
        be left out, which is said below it, and the room that is left there.
        """
        cells = self.cells(headings, rows if most is None else rows[:most])
        size = size or self._size([cells], box.width, box.height)
        widths = column_widths(cells, size, box.width)
        heights = row_heights(cells, size, widths)
        shown = len(cells)
        while shown > 2 and sum(heights[:shown]) > box.height - (0.3 if shown <= len(rows) else 0):
            shown -= 1
        left_out = len(rows) + 1 - shown
        if airy:
            spare = box.height - sum(heights[:shown]) - (0.3 if left_out else 0)
            more = min(spare / shown, _AIRY)
            heights = [heights[0], *(high + max(more, 0.0) for high in heights[1:])]
        self.grid(box, cells[:shown], widths, heights[:shown], size, name)
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
        every = [self.cells(headings, rows) for headings, rows in tables]
        room = box.height - _GAP * len(every)
        size = self._size(every, box.width, room)
        return size, self._high(every, box.width, size) <= room

    def cells(self, headings: Sequence[Message | str], rows: Rows) -> list[tuple[str, ...]]:
        """The words of a table, the headings first."""
        return [tuple(self.say(as_drawn(cell)) for cell in row) for row in (headings, *rows)]

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

    def close(self, name: str, position: int, content: BriefingContent) -> None:
        """The page's number and the 查验码 at the foot, and whose paper it is; the last thing that is done to a slide.
        `name`: what it stays known by.
        """
        self.slide._element.cSld.set("name", name)
        layouts.number(self.slide, position)
        self._put_code(content.view_code)
        if content.confidentiality:
            shape = self.slide.shapes.add_textbox(*_emu(marks.line_box(self.places)))
            shape.name = "confidentiality"
            self._paper(shape)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            said, colour = [self.say(content.confidentiality)], PAPER if self._on_dark else INK
            self._fill(shape.text_frame, said, marks.LINE, bold=True, colour=colour, right=True)
        if content.watermark:
            marks.put_watermark(self.slide, self.say(content.watermark), self._tag)

    @property
    def _on_dark(self) -> bool:
        """Whether the top of the slide is a field of colour of our own."""
        return self.places.ours and self.role == "cover"

    def _put_code(self, view_code: ViewCode | None) -> None:
        if view_code is not None:
            said = self.say(Message("查验码：{code}", {"code": view_code.code}))
            code, foot = self.places.code, self.places.foot
            shape = self.slide.shapes.add_textbox(*_emu(Box(code - 2.3, foot + 0.29, 2.3, 0.2)))
            shape.name = "passport"
            self._paper(shape)
            self._fill(shape.text_frame, [said], LEAST, colour=QUIET, right=True)
            picture = io.BytesIO(square_png(view_code))
            place = Box(code + 0.1, foot + 0.08, _SQUARE, _SQUARE)
            square = self.slide.shapes.add_picture(picture, *_emu(place))
            square.name = "passport_square"
            square._element.nvPicPr.cNvPr.set("descr", said)

    def grid(
        self,
        box: Box,
        cells: Sequence[Sequence[str]],
        widths: Sequence[float],
        heights: Sequence[float],
        size: float,
        name: str,
        apart: Looks = MappingProxyType({}),
    ) -> None:
        """Draw a table of these widths and heights (inches); a column of figures stands right."""
        place = Box(box.left, box.top, sum(widths), sum(heights))
        frame = self.slide.shapes.add_table(1, 1, *_emu(place))
        frame.name = name
        frame._element.nvGraphicFramePr.cNvPr.set("descr", self.finding)
        columns = [[row[n] for row in cells[1:]] for n in range(len(cells[0]))]
        right = [n > 0 and _are_figures(column) for n, column in enumerate(columns)]
        old = frame._element.graphic.graphicData.tbl
        old.getparent().replace(
            old, drawing.table(cells, widths, heights, ParagraphLook(size, self._tag), right, apart)
        )

    def _band(self, words: str) -> None:
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(self.places.band))
        shape.name = "band"
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(CAUTION_PAPER)
        shape.line.fill.background()
        _plain_style(shape)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._fill(shape.text_frame, [words], LEAST, colour=CAUTION, inside=MARGIN)

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

    def high(self, texts: Sequence[Message | str], size: float, wide: float, *, bold: bool = False) -> float:
        """Inches that paragraphs take in that width."""
        return height_of([self.say(text) for text in texts], size, wide, bold=bold)

    def block(self, box: Box, fill: str, edge: str = "", kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> None:
        """Draw a plain rectangle, or another shape, which holds no words."""
        shape = self.slide.shapes.add_shape(kind, *_emu(box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
        if edge:
            shape.line.color.rgb, shape.line.width = rgb(edge), Pt(1.5)
        else:
            shape.line.fill.background()
        _plain_style(shape)

    def rule(self, box: Box, colour: str, wide: float = 0.75) -> None:
        """Draw a line across a box that has no width or no height."""
        ends = (box.left, box.top, box.left + box.width, box.top + box.height)
        line = self.slide.shapes.add_connector(1, *map(Inches, ends))
        line.line.color.rgb, line.line.width = rgb(colour), Pt(wide)
        _plain_style(line)

    def title(self, text: str, size: float, colour: str = INK) -> None:
        """Write the title into the layout's place, smaller where it would take two lines."""
        title = self.slide.shapes.title
        if self.places.title is not None:
            layouts.move(title, self.places.title)
        room = self._box(title).width - (0 if self.places.ours else 2 * _INSET)
        least = TITLE if self.places.ours else _LEAST_TITLE
        while size > least and len(wrapped(text, size, room, bold=True)) > 1:
            size -= 1
        if self.places.ours:
            self._fill(title.text_frame, [text], size, bold=True, colour=colour)
        else:
            self._fill_own(title, [text], [size])

    def put(self, line: Line, texts: Sequence[str], size: float, colour: str = QUIET) -> None:
        """Write into the layout's own place, smaller where it has no room; it goes where there is nothing to say."""
        place = layouts.place(self.slide, CALLED[line])
        if not any(texts):
            layouts.take_away(place)
            return
        own = place.is_placeholder and not self.places.ours
        inset = 2 * _INSET if own else 0
        fits = self._fitting(place, texts, size, inset)
        small = line == "footer" and self.places.small_footer
        if own and (small or height_of(texts, fits, self._box(place).width - inset) > self._box(place).height):
            layouts.move(place, self.places.boxes[line])
            fits = self._fitting(place, texts, size, inset)
            if not small:
                self.slides.say(_TOO_SMALL[line])
            # Its own colour may be that of words on a strip where it has been.
            self._fill(place.text_frame, texts, fits, colour=colour, right=line == "day")
            self._paper(place)
        elif own:
            self._fill_own(place, texts, [fits])
        else:
            right = line == "day" or (line == "kind" and not self.places.ours)
            self._fill(place.text_frame, texts, fits, colour=colour, right=right)

    def put_lines(self, lines: Sequence[tuple[str, float]]) -> None:
        """Write lines of these sizes into the one place that a cover has below its title, all smaller where needed."""
        place = layouts.place(self.slide, COVER_LINES)
        wide, high = self._box(place).width - 2 * _INSET, self._box(place).height - _INSET
        box = self.places.boxes["document"]
        if box.height + 0.01 < self._box(place).height:
            layouts.move(place, box)
            high = box.height - _INSET
        share = 1.0
        while share > 0.5 and sum(height_of([text], size * share, wide) for text, size in lines) > high:
            share -= 0.05
        sizes = [max(round(size * share), LEAST) for _, size in lines]
        if place.is_placeholder:
            self._fill_own(place, [text for text, _ in lines], sizes)
        else:
            self._fill(place.text_frame, [text for text, _ in lines], min(sizes), colour=INK)

    def _paper(self, shape: Any) -> None:
        """Put paper behind what stands where the template has a picture or a colour of its own."""
        if self.places.covered:
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(PAPER)

    def _box(self, shape: Any) -> Box:
        return layouts.box_of(self.slides, self.role, shape)

    def _fitting(self, place: Any, texts: Sequence[str], size: float, inset: float) -> float:
        wide, high = self._box(place).width - inset, self._box(place).height
        while size > LEAST and height_of(texts, size, wide) > max(high, height_of([""], size, wide)):
            size -= 1
        return size

    def _fill_own(self, place: Any, texts: Sequence[str], sizes: Sequence[float]) -> None:
        """Write into a place of a template in its own font, colour and weight; `sizes`: one for all, or one each."""
        place.text_frame.word_wrap = True
        looks = [ParagraphLook(size, self._tag, align=None, own=True) for size in sizes]
        drawing.fill_each(place.text_frame._txBody, texts, looks * len(texts) if len(looks) == 1 else looks)


_TOO_SMALL: Mapping[Line, Message] = {
    "footer": Message("模板的页脚占位符放不下来源和口径，移到页脚上方。"),
    "day": Message("模板的日期占位符放不下日期，移到页脚上方。"),
    "below": Message("模板的副标题占位符放不下标题下的一行，字缩小。"),
}


def is_one_line(title: str) -> bool:
    """Test that a title stands on one line of our own layout, at the size of titles."""
    return len(wrapped(title, TITLE, WIDE - 2 * MARGIN, bold=True)) == 1


class SlidePage(Page):
    """A slide with its kind, its finding, a line below it (unit, order), and the foot."""

    def __init__(
        self,
        slides: Slides,
        language: Language,
        kind: Message | str,
        finding: Message | str,
        foot: Foot,
        bands: Sequence[str] = (),
        below: Message | str = "",
    ) -> None:
        super().__init__(slides, language, "content", bands)
        self.finding = self.say(finding).rstrip("。.")
        self.put("kind", [self.say(kind)], SMALL)
        said, room = self.say(below), self.places.room
        if self.places.ours:
            start = self._start()
        else:
            self.title(self.finding, TITLE)
            start = room.top
        self.put("below", [said], TEXT)
        if self.places.ours:
            start += _BODY if said else 0.1
        self.body = Box(room.left, start, room.width, room.top + room.height - start)
        self.foot = self._foot(foot)

    def _start(self) -> float:
        """Write the finding; returns where the line below it stands, which gives way to a finding of two lines."""
        high = self._title()
        start = self._box(self.slide.shapes.title).top + max(high, _SUBTITLE)
        place = layouts.place(self.slide, CALLED["below"])
        if start > self._box(place).top + 0.01:
            layouts.move(place, Box(MARGIN, start, WIDE - 2 * MARGIN, 0.27))
        return start

    def _title(self) -> float:
        """Write the finding; returns the inches that it takes."""
        title: Any = self.slide.shapes.title
        high = height_of([self.finding], TITLE, WIDE - 2 * MARGIN, bold=True)
        if not is_one_line(self.finding):
            title.left, title.top, title.width, title.height = title.left, title.top, title.width, Inches(high)
        self._fill(title.text_frame, [self.finding], TITLE, bold=True)
        return high

    def _foot(self, foot: Foot) -> list[str]:
        """Writes the foot; returns what it says."""
        source = self.say(Message("数据来源：{source}", {"source": foot.source}))
        basis, day = self.say(Message("口径：{basis}", {"basis": foot.basis})), self.say(foot.day)
        lines = [source, basis]
        wide = _FOOT_WIDE if self.places.ours else self.places.boxes["footer"].width - 2 * _INSET
        if sum(len(wrapped(each, LEAST, wide)) for each in lines) > _FOOT_LINES:
            lines = [source, self.say(Message("口径见备注"))]
        self.put("footer", lines, LEAST)
        self.put("day", [day], LEAST)
        return [source, day, basis]


def _emu(box: Box) -> tuple[int, int, int, int]:
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def _plain_style(shape: Any) -> None:
    """Take away the theme's effects: a shadow under every rule."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _are_figures(column: Sequence[str]) -> bool:
    """Test that a column holds figures (with their units), days among them allowed."""
    figures = [text for text in column if not _DAY.fullmatch(text)]
    return bool(figures) and all(map(_FIGURE.fullmatch, figures)) and set(figures) != {MISSING}
