"""The report as it grows: headings, paragraphs, blanks to fill in, tables with captions, and the contents.

The body is written as one text and parsed once: cell by cell a table of 32 items takes longer than all else together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import serialize_for_reading
from docx.shared import Mm

from core.briefing.headlines import bands_of
from core.briefing.report import columns
from core.briefing.report.template import SMALL_LETTERS, TABLE_LETTERS, TWIPS, Template
from core.briefing.report_parts import REPORT_PARTS
from core.errors import Message
from core.figures.figure import Chart, FigurePanel, Words, in_words
from core.figures.in_unit import marks_in
from core.figures.palette import SCENARIO_BAND
from core.model.context import Language
from core.render.office import ChartLook, as_bars, put_into_word, spoken
from core.render.photo import Photo
from core.text import render, word
from core.text.amounts import usual
from core.text.file_text import printable
from core.text.marks import labelled, listed
from core.text.numbers import MISSING

_FIGURE = re.compile(
    r"[-+]?[\d,]+(\.\d+)?%?[^\d\s。，；：—]{0,8}|\d+年\d+月\d+日|—"
    r"|CNY [-−]?[\d,.]+( [a-z/]+)*|[-+−]?[\d,.]+ [a-z/]+|\d+ [A-Z][a-z]{2} \d{4}"
)
_LABEL = 10
"""Points of a chart's texts."""
_ASIDE, _BAR, _EDGE = 6, 9, 12
"""Millimetres: beside a chart, of a bar with its gap, and beside its bars."""
_BETWEEN, _HIGH = 3, 70
"""Millimetres: between photographs, and the highest one."""
_PICTURES = 1000
"""Above the numbers of charts: no two drawings of a document have the same one."""
_ROOM = Decimal("1.2")
"""Of the longest bar: where the axis of a chart ends."""


@dataclass(frozen=True)
class Blank:
    """Words that only people can write: marked, never invented."""

    what: Words


Part = Words | Blank


@dataclass(frozen=True)
class Cell:
    """A cell; `merge` restart begins one over several rows, continue goes on with it."""

    text: Part = ""
    style: str = ""
    """"": the table's."""
    align: str = ""
    """left, center or right; "" by what the text is."""
    merge: str = ""
    span: int = 1


class ReportPage:
    """The body from top to bottom, in one language."""

    def __init__(
        self, template: Template, language: Language, source: str, until: date, breaks: Collection[str] = ()
    ) -> None:
        self._breaks = breaks
        self._template, self._document, self.language = template, template.document, language
        self._source, self._until = source, until
        self._xml: list[str] = []
        self._width = template.width()
        self._numbers = template.numbers()
        self._contents: list[tuple[int, str, str]] = []
        """Level, text and bookmark of each heading."""
        self._blanks: dict[tuple[str, str], None] = {}
        self._tables = self._charts = self._pictures = 0

    def say(self, words: Words | date) -> str:
        """Words in the report's language, amounts in its usual unit."""
        return render(words, self.language, usual(self.language))

    def heading(self, level: int, text: Words) -> None:
        """A heading, numbered as the template has it: by ours 1 一、, 2 （一）."""
        self._head(f"Heading{level}", level, text)

    def chapter(self, part: str) -> None:
        """The heading of a chapter of `REPORT_PARTS`."""
        self._head("Heading1", 1, REPORT_PARTS[part], anew=part in self._breaks)

    def annex(self, part: str) -> None:
        """The heading of a numbered annex of `REPORT_PARTS`; the first stands on top of the pages turned sideways."""
        self._head("Annex", 1, REPORT_PARTS[part], anew=part in self._breaks)

    def _head(self, style: str, level: int, words: Words, *, anew: bool = False) -> None:
        label, text = self._numbers.next(self._template.style(style)), self.say(words)
        name = f"_Toc{len(self._contents) + 1:06d}"
        self._contents.append((level, label + text, name))
        number = len(self._contents)
        # The contents have their page to themselves.
        turned = "<w:pageBreakBefore/>" if number == 1 or anew else ""
        self._xml.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{turned}</w:pPr><w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            f'{run(text)}<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    @property
    def blanks(self) -> tuple[tuple[str, str], ...]:
        """Under which heading each blank stands that was written so far, and what it asks for."""
        return tuple(self._blanks)

    def _note_blanks(self, parts: Iterable[Part]) -> None:
        under = self._contents[-1][1] if self._contents else self.say(word("封面"))
        self._blanks |= {(under, self.say(part.what)): None for part in parts if isinstance(part, Blank)}

    def para(self, *parts: Part, style: str = "BodyText") -> None:
        """A paragraph of text and blanks."""
        self._note_blanks(parts)
        self._xml.append(self._paragraph(parts, style))

    def ask(self, label: Words, what: Words = "", style: str = "BodyText") -> None:
        """A label with what people are to write behind it; "" for what the label says."""
        self.para(labelled(self.say(label), "", self.language), Blank(what or label), style=style)

    def listed(self, number: int, *parts: Part) -> None:
        """A paragraph of a numbered list."""
        self._note_blanks(parts)
        numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        self._xml.append(self._paragraph(parts, "ListNumber", numbered))

    def grid(self, found: FigurePanel | None, *, source: Words = "", remark: Words = "") -> None:
        """The table behind a chart, as the page has it; nothing where the page has none, or no figure of it is known.
        `source`, `remark`: as in `table`.
        """
        if found is None or all(self.say(cell) == MISSING for row in found.rows for cell in row[1:]):
            return
        marked = self.say(SCENARIO_BAND) in found.title or not bands_of([found])
        with_band = Message("{title}（含{band}）", {"title": found.title, "band": SCENARIO_BAND})
        title = found.title if marked else with_band
        self.table(title, found.headings, found.rows, source=source, remark=remark)

    def chart(self, marks: Chart, series: Words, *, title: Words = "", source: Words = "") -> None:
        """A chart of Word's own with its caption and source below (the project's document unless named).

        `series`: what its figures are, with the unit; `title`: in place of its own. Nothing where none of its figures
        is known.
        """
        shown = marks_in(as_bars(marks, series), self.language, usual(self.language), money=True)
        bars = in_words(shown, lambda words, _: self.say(words))
        known = [value for row in bars.rows if (value := row.amounts[0].value) is not None]
        if not known:
            return
        self._charts += 1
        # The axis ends behind the longest bar, where its figure stands.
        top = float(max(known) * _ROOM) if max(known) > 0 else None
        look = ChartLook(self._template.fonts, _LABEL, _LABEL, _LABEL, top=top)
        self._one_source(source)
        put = put_into_word(self._document, bars, look, self._charts)
        called = self.say(title or bars.title)
        name = quoteattr(printable(called))
        alt = quoteattr(printable(labelled(self.say(series), spoken(bars, self.language), self.language)))
        self._xml.append(
            '<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0"'
            f' distR="0"><wp:extent cx="{Mm(self._wide)}" cy="{Mm(_EDGE + _BAR * len(bars.rows))}"/>'
            f'<wp:docPr id="{self._charts}" name={name} descr={alt}/><wp:cNvGraphicFramePr/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{put}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
        )
        self._caption(_CHART, self._charts, Message("{title}（{unit}）", {"title": called, "unit": series}))
        self._xml.append(self._note(self._sourced(source)))

    @property
    def _wide(self) -> int:
        """Millimetres of a chart, or of the photographs beside each other."""
        return round(self._width / TWIPS) - _ASIDE

    def picture(self, png: bytes, wide: float, alt: str) -> None:
        """A square picture in the middle, so many millimetres wide."""
        self._drawn(self._inline(png, wide, wide, alt))

    def photos(self, shown: Sequence[tuple[Photo, str]]) -> None:
        """Photographs beside each other, with what each shows in the caption below."""
        room = self._wide / len(shown) - _BETWEEN
        self._drawn(
            '<w:r><w:t xml:space="preserve"> </w:t></w:r>'.join(
                self._inline(photo.jpeg, *photo.within(room, _HIGH), said) for photo, said in shown
            )
        )
        self._charts += 1
        self._caption(_CHART, self._charts, listed((said for _, said in shown), self.language))

    def _drawn(self, runs: str) -> None:
        self._xml.append(f'<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr>{runs}</w:p>')

    def _inline(self, picture: bytes, wide: float, high: float, alt: str) -> str:
        """A picture of so many millimetres as a run."""
        inline = self._document.part.new_pic_inline(io.BytesIO(picture), Mm(wide), Mm(high))
        self._pictures += 1
        inline.docPr.id = _PICTURES + self._pictures
        inline.docPr.set("descr", printable(alt))
        return f"<w:r><w:drawing>{serialize_for_reading(inline)}</w:drawing></w:r>"

    def _caption(self, kind: str, number: int, title: Words) -> None:
        before, after = self.say(Message(kind, {"number": _HERE})).split(_HERE)
        counted = field(rf" SEQ {before.strip()} \* ARABIC ", str(number))
        style = f'<w:pPr><w:pStyle w:val="Caption"/>{_KEEP}</w:pPr>'
        self._xml.append(f"<w:p>{style}{run(before)}{counted}{run(f'{after} {self.say(title)}')}</w:p>")

    def table(
        self,
        title: Words,
        headings: Sequence[Words],
        rows: Sequence[Sequence[Words | Cell]],
        *,
        unit: Words = "",
        shares: Sequence[float] = (),
        sourced: bool = True,
        source: Words = "",
        remark: Words = "",
        small: bool = False,
    ) -> None:
        """A table with its caption, its heading repeated on every page, unit above, source and as-of day below.

        A short one is not broken over pages; of tables and charts that follow each other the last one names the source
        that they have in common. A `small` one takes up much of a page: its rows are lower, and its last
        ones stay with what is below it. `source`: where that is not the project's document; `remark` follows it.
        """
        self._tables += 1
        self._note_blanks(each.text if isinstance(each, Cell) else each for row in rows for each in row)
        if sourced:
            self._one_source(source)
        self._caption(_TABLE, self._tables, title)
        if unit:
            self._xml.append(self._paragraph((Message("单位：{unit}", {"unit": unit}),), "TableUnit"))
        self._xml.append(self._grid(headings, rows, shares, small=small))
        # Also where nothing is to be said: two tables without a paragraph between them grow together.
        below = self._sourced(source) if sourced else ""
        both = Message("{source}。{remark}", {"source": below, "remark": remark})
        self._xml.append(self._note(both if below and remark else below or remark, _KEEP if small else ""))

    def _grid(
        self,
        headings: Sequence[Words],
        rows: Sequence[Sequence[Words | Cell]],
        shares: Sequence[float],
        *,
        small: bool,
    ) -> str:
        """The table itself."""
        size = SMALL_LETTERS if small else TABLE_LETTERS
        texts = self._columns(headings, rows)
        bold = self._template.bold_heads
        widths = columns.widths(shares or [1.0] * len(headings), texts, size / 2, self._width, bold=bold)
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        head = self._row([Cell(text, "TableHead", "center") for text in headings], widths, head=True)
        last = len(rows) - 1
        style = "TableSmall" if small else "TableText"
        together = last < _TOGETHER and all(len(text) <= _ONE_LINE for column in texts for text in column)
        body = "".join(
            self._row(row, widths, style, keep=together or (small and n > last - _LAST)) for n, row in enumerate(rows)
        )
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f"{_MARGINS}{_LOOK}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
        )

    def _note(self, said: Words, before: str = "") -> str:
        return self._paragraph((said,), "TableNote", before)

    def _one_source(self, source: Words) -> None:
        """Take the line of the source away from under the figure before where nothing stands between it and this one,
        which has that source too.
        """
        if self._xml and self._xml[-1] == self._note(self._sourced(source)):
            self._xml[-1] = self._note("")

    def _columns(self, headings: Sequence[Words], rows: Sequence[Sequence[Words | Cell]]) -> list[list[str]]:
        """What stands in each column; cells over several columns and blanks find room anyway."""
        found = [[self.say(each)] for each in headings]
        for row in rows:
            column = 0
            for each in row:
                cell = each if isinstance(each, Cell) else Cell(each)
                if cell.span == 1 and not isinstance(cell.text, Blank):
                    found[column].append(self.say(cell.text))
                column += cell.span
        return found

    def _sourced(self, source: Words) -> Message:
        return Message("数据来源：{source}；截至{day}", {"source": source or self._source, "day": self._until})

    def contents(self) -> None:
        """Keep a place for the table of contents, written last, when all headings are known."""
        self._xml.append(_CONTENTS)

    def turn(self) -> None:
        """End the upright part; the first page of it, the cover, has a head and a foot of its own, or none."""
        self._xml.append(_SECTION)
        self._width = self._template.width(turned=True)

    def write(self) -> None:
        """Put everything into the document, the pages after `turn` sideways."""
        text = "".join(self._xml).replace(_CONTENTS, self._listing())
        made = self._template.element(f"<w:body {nsdecls('w', 'wp', 'a', 'c', 'r')}>{text}</w:body>")
        upright, sideways = self._template.upright(), self._template.sideways()
        for mark in made.xpath(".//w:sectPr"):
            mark.getparent().replace(mark, upright)
        body = self._document.element.body
        for child in list(body):
            body.remove(child)
        body.extend(list(made))
        body.append(sideways)
        self._template.colour_charts()

    def _listing(self) -> str:
        """The contents. Pages only a layout knows, and a wrong one is worse than none: the office program puts them in
        when it brings the contents up to date, which the field asks for as the file is opened.
        """
        opening = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        last = len(self._contents) - 1
        lines = [self._paragraph((word("目录"),), "ContentsHeading", "<w:pageBreakBefore/>")]
        for number, (level, text, name) in enumerate(self._contents):
            lines.append(
                f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{opening if number == 0 else ""}'
                f'<w:hyperlink w:anchor="{name}">{run(text)}</w:hyperlink>{closing if number == last else ""}</w:p>'
            )
        return "".join(lines)

    def _paragraph(self, parts: Sequence[Part], style: str, before: str = "", after: str = "") -> str:
        """`before` and `after`: more properties, where the format wants them: numbering first, alignment last."""
        runs = "".join(self._run(part) for part in parts if part)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{after}</w:pPr>{runs}</w:p>'

    def _run(self, part: Part) -> str:
        if isinstance(part, Blank):
            said = self.say(Message("【待填写：{what}】", {"what": part.what}))
            return run(said, '<w:highlight w:val="yellow"/>')
        return run(self.say(part))

    def _row(
        self, cells: Sequence[Words | Cell], widths: Sequence[int], style: str = "TableText", *, head: bool = False,
        keep: bool = False,
    ) -> str:  # fmt: skip
        out, column = [], 0
        for each in cells:
            cell = each if isinstance(each, Cell) else Cell(each)
            cell = replace(cell, style=cell.style or style)
            out.append(self._cell(cell, sum(widths[column : column + cell.span]), keep=keep))
            column += cell.span
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(out)}</w:tr>"

    def _cell(self, cell: Cell, width: int, *, keep: bool) -> str:
        figure = not isinstance(cell.text, Blank) and _FIGURE.fullmatch(self.say(cell.text))
        align = cell.align or ("right" if figure else "left")
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        aligned = f'<w:jc w:val="{align}"/>'
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f"{self._paragraph((cell.text,), cell.style, _KEEP if keep else '', aligned)}</w:tc>"
        )


_KEEP = "<w:keepNext/>"
_TOGETHER, _LAST, _ONE_LINE = 8, 3, 80
"""So many rows stay on one page if no cell has more characters; of a `small` table so many at its end."""
_MARGINS = (
    f'<w:tblCellMar><w:left w:w="{columns.MARGIN}" w:type="dxa"/><w:right w:w="{columns.MARGIN}" w:type="dxa"/>'
    "</w:tblCellMar>"
)
"""Of each cell, whatever the style says: the widths of columns are reckoned with them."""
_LOOK = '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
"""Which rows and columns of a table its style may set off."""
_CONTENTS = "<!--contents-->"
_CHART, _TABLE, _HERE = word("图{number}"), word("表{number}"), "\0"
"""Captions, and what stands in one for the field that counts."""
_SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"


def field(instruction: str, shown: str) -> str:
    """A field (SEQ, PAGE) with what it shows until it is updated."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def run(text: str, properties: str = "") -> str:
    """Text as a run; a line break stays one."""
    lines = escape(printable(text)).split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"
