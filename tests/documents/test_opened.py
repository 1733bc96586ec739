"""Every document opened by LibreOffice, page by page: as text, as pictures, and computed anew."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches, Pt

from core.briefing.content import RoundScore
from core.briefing.slides import SLIDES
from core.errors import Message
from core.model.measure import Measure
from core.text import render
from core.text.amounts import Amount, cell
from core.text.numbers import measure as printed
from core.text.numbers import percent, points
from tests.documents.conftest import Made
from tests.documents.pages import (
    Sheet,
    convert,
    fonts,
    lost,
    outside,
    overlapping,
    pictures,
    sheets,
    tight,
    unreadable,
)

pytestmark = [pytest.mark.full, pytest.mark.timeout(240)]

DECKS = (
    "seed.zh_CN.pptx", "seed.en.pptx", "demo.zh_CN.pptx", "demo.en.pptx", "compared.zh_CN.pptx", "compared.en.pptx",
)  # fmt: skip
PAPERS = ("seed.docx", "demo.docx", "compared.docx", "seed.xlsx", "demo.xlsx", "compared.xlsx")
FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d{2}%?(?![\d.])")
ON_SLIDES = {
    "funds": (("estimate", None), ("remaining", "estimate"), ("paid_rate", "bond")),
    "pace": (("paid_per_month", None), ("needed_per_month", None), ("planned_value", None), ("short_at_finish", None)),
    "streets": (("allocated_rate", "household"),),
    "homes": (("households", None), ("area", None), ("planned_unit_cost", "household"), ("paid_unit_cost", "m2")),
}
"""Which measures stand on which slide: id and basis."""
IN_NOTES = ("planned_unit_cost", "paid_unit_cost")
"""Those that stand in the notes where delivery is reported."""
SNAPSHOTS = {Decimal(each) for each in (900, 2700, 4800, 7100, 1800, 2100, 2300)}
"""万元 paid in the demo at each snapshot, and between two of them."""
OF_STREETS = ("allocated_rate", "households", "area", "paid_unit_cost")
"""Those that stand there street by street too."""


def of(made: dict[str, Made], names: tuple[str, ...]) -> Iterator[tuple[str, Made]]:
    return ((name, made[name]) for name in names)


def slides_of(name: str) -> list[str]:
    """The slides of a deck: 改造前后 is reported of one project only, and one estimate is split by street."""
    only = {"compared": "compared", "progress": "demo"}
    return [each for each in SLIDES if name.startswith(only.get(each, ""))]


def whole(document: Made) -> str:
    return "".join(page.text for page in document.pages)


def test_each_document_becomes_its_pages(made: dict[str, Made]) -> None:
    for name, deck in of(made, DECKS):
        assert len(deck.pages) == len(slides_of(name)), name
        assert all(page.width / page.height == pytest.approx(16 / 9, abs=0.001) for page in deck.pages)
    for name, paper in of(made, PAPERS):
        sizes = {tuple(sorted((round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)))) for page in paper.pages}
        assert sizes <= {(210, 297), (297, 420)}, name
        assert (210, 297) in sizes, name
    # GB/T 9704: nothing stands in the margins but the running head, the page's number and what hangs over a line.
    for page in made["seed.docx"].pages:
        assert not [
            word for word in page.words if word.left < 27 / 25.4 * 72 or word.right > page.width - 20 / 25.4 * 72
        ]


def test_no_page_is_empty_and_each_looks_like_something(made: dict[str, Made], tmp_path: Path) -> None:
    for name, document in made.items():
        shown = pictures(document.pdf, tmp_path)
        assert len(shown) == len(document.pages), name
        for number, picture in enumerate(shown, 1):
            dark = sum(picture.histogram()[:160]) / (picture.width * picture.height)
            # Half of a deck's cover is a block of colour.
            assert 0.0005 < dark < (0.6 if number == 1 and name in DECKS else 0.4), (name, number, dark)
            assert len(document.pages[number - 1].text) > 20, (name, number)


def test_every_character_has_its_glyph(made: dict[str, Made]) -> None:
    for name, document in made.items():
        assert not [char for page in document.pages for char in unreadable(page)], name
        used = fonts(document.pdf)
        assert used, name
        assert all(embedded and readable for _, embedded, readable in used), (name, used)


def test_nothing_leaves_its_page_and_nothing_lies_on_anything(made: dict[str, Made]) -> None:
    for name, document in made.items():
        for number, page in enumerate(document.pages, 1):
            assert not outside(page, 4), (name, number)
            assert not overlapping(page), (name, number)


def test_slides_show_all_that_stands_in_them(made: dict[str, Made]) -> None:
    for name, document in of(made, DECKS):
        for number, (slide, page) in enumerate(zip(slides(document.file), document.pages, strict=True), 1):
            assert len(slide) > 2, (name, number)
            assert not lost(slide, page.text), (name, number)


def slides(file: Path) -> list[list[str]]:
    """Texts of each slide: boxes, cells, names and figures of charts."""
    found = []
    for slide in Presentation(str(file)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table:
                texts += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart and "dateAx" not in str(shape.chart.category_axis._element.tag):
                texts += [str(each) for each in shape.chart.plots[0].categories]
        found.append(texts)
    return found


def test_papers_show_all_that_stands_in_them(made: dict[str, Made]) -> None:
    for name in ("seed.docx", "demo.docx"):
        body = Document(str(made[name].file)).element.body
        paragraphs = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
        assert len(paragraphs) > 300
        everything = without_breaks(made[name])
        assert not lost(paragraphs, everything), name
    for name in ("seed.xlsx", "demo.xlsx"):
        book = load_workbook(made[name].file)
        cells = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "s"]
        assert len(cells) > 500
        assert not lost(cells, whole(made[name])), name


def without_breaks(document: Made) -> str:
    """The pages' text without what stands between two of them: running head and number."""
    head = tight(Document(str(document.file)).sections[0].header.paragraphs[0].text)
    return "".join(re.sub(r"—\d+—", "", page.text.replace(head, "", 1)) for page in document.pages)


def test_the_slides_figures_are_those_of_the_measures(made: dict[str, Made]) -> None:
    for name, document in of(made, DECKS):
        page = dict(zip(slides_of(name), document.pages, strict=True))
        for slide, wanted in ON_SLIDES.items():
            text = page[slide].text
            for key, basis in wanted:
                if key in IN_NOTES and name.startswith("demo"):
                    continue
                found = [m for m in document.measures if m.id == key and (basis is None or m.basis == basis)]
                shown = [m for m in found if m.place is None or key in OF_STREETS]
                assert shown, (name, key)
                ways = (lambda m: [printed(m)], lambda m: [million(m)], lambda m: [in_column(m)])
                assert not [m for m in shown if all(lost(say(m), text) for say in ways)], (name, slide)
        tally = document.tally
        score = page["scorecard"].text
        assert points(tally.total) in score
        assert percent(tally.rate) in score
        for part in tally.subtotals.values():
            assert points(part.points) in score
            assert percent(part.rate) in score
        assert points(tally.total) in page["margin"].text, name
        lead = page["overview"].text
        known = {m.id: m.number for m in document.measures if m.place is None and m.basis in (None, "estimate")}
        paid = render(Message("{paid}", {"paid": Amount(known["paid"])}), document.language)
        assert not lost([paid, percent(known["paid_rate"], 1), percent(known["time_elapsed"], 1)], lead), name
        assert points(tally.total) in lead, name
        assert not lost([paid], page["funds"].text), name


def million(m: Measure) -> str:
    """An amount as English sentences and tables of measures print it."""
    return (
        render(Message("{amount}", {"amount": Amount(m.number, "exact")}), "en")
        if m.unit in ("万元", "万元/月")
        else "—"
    )


def in_column(m: Measure) -> str:
    """An amount as the columns of English slides print it."""
    return render(cell(m.number), "en", "million") if m.unit in ("万元", "万元/月") else "—"


def test_the_report_says_whether_the_estimate_was_split(made: dict[str, Made]) -> None:
    assert "概算只批到项目,未分解到街镇" in whole(made["seed.docx"])
    assert "概算已分解到街镇" in whole(made["demo.docx"])
    assert "未分解到街镇" not in whole(made["demo.docx"])


def test_no_page_has_a_figure_that_the_measures_have_not(made: dict[str, Made]) -> None:
    """The other way round: what looks like money, points or a rate is a measure's, or one of its operands'."""
    for name, document in made.items():
        book = load_workbook(made[f"{name.split('.')[0]}.xlsx"].file, data_only=True)
        allowed = {Decimal(0), Decimal(100)}
        for m in document.measures:
            allowed |= {abs(each) for each in (m.number, m.numerator, m.denominator) if each is not None}
        allowed |= compared(document.score) | behind(document.measures)
        allowed |= SNAPSHOTS if name.startswith("demo") else set()
        # The workbook holds the measures at every planned time, and the scores of everybody.
        for sheet in book:
            allowed |= {abs(Decimal(repr(c.value))) for row in sheet for c in row if isinstance(c.value, int | float)}
        # As it is, as a share of a hundred, and 万元 as millions.
        shown = {f"{each * times:,.2f}" for each in allowed for times in (1, 100, Decimal("0.01"))}
        known = {points(each) for each in allowed} | {points(each * 100) for each in allowed} | shown
        told = said(book) | {each.rstrip("%") for each in FIGURE.findall(document.told)}
        known |= told | {f"{Decimal(each.replace(',', '')) / 100:,.2f}" for each in told if FIGURE.fullmatch(each)}
        for number, page in enumerate(document.pages, 1):
            strange = {each for each in figures(page) if each.rstrip("%") not in known}
            assert not strange, (name, number, strange)


def behind(measures: Iterable[Measure]) -> set[Decimal]:
    """How far each street's payment is behind the time that is gone."""
    gone = next(m.number for m in measures if m.id == "time_elapsed")
    assert gone is not None
    return {abs(gone - m.number) for m in measures if m.id == "allocated_rate" and m.number is not None}


def compared(score: RoundScore) -> set[Decimal]:
    """What the slide of differences and margin sets side by side."""
    moves = [move for flip in score.flips for move in flip.moves]
    found = [each for pair in score.pairs for each in (pair.left, pair.right) if each is not None]
    found += [each for row in score.agenda for each in (row.item.low, row.item.high) if each is not None]
    found += [each for move in moves for each in (move.before, move.after, abs(move.before - move.after))]
    return set(found)


def said(book: Any) -> set[str]:
    """Figures inside the sentences of the workbook: formulas with their operands, reasons, notes."""
    texts = [str(c.value) for sheet in book for row in sheet for c in row if isinstance(c.value, str)]
    return {each.rstrip("%") for text in texts for each in FIGURE.findall(text)}


def figures(page: Sheet) -> list[str]:
    """What looks like money, points or a rate. Word by word: cells beside each other are not one figure."""
    return [each for word in page.words for each in FIGURE.findall(word.text)]


def test_the_workbook_computed_anew_comes_to_the_same(made: dict[str, Made], profile: Path, tmp_path: Path) -> None:
    """The values that the formulas carry are taken out first, so that whatever is there was computed."""
    bare = []
    for name in ("seed.xlsx", "demo.xlsx"):
        bare.append(tmp_path / name)
        bare[-1].write_bytes(without_values(made[name].file.read_bytes()))
    changed = tmp_path / "changed.xlsx"
    changed.write_bytes(one_point_less(bare[0]))
    again = convert(profile, [*bare, changed], "xlsx", tmp_path / "again")
    for name, file in zip(("seed.xlsx", "demo.xlsx"), again, strict=False):
        before = load_workbook(made[name].file, data_only=True)
        after = load_workbook(file, data_only=True)
        live = load_workbook(made[name].file)
        formulas = [(s.title, c.coordinate) for s in live for row in s for c in row if c.data_type == "f"]
        assert len(formulas) > 80
        for sheet, place in formulas:
            was, now = before[sheet][place].value, after[sheet][place].value
            wanted = pytest.approx(was, abs=1e-9) if isinstance(was, int | float) else was
            assert now == wanted, (name, sheet, place)
        tally = made[name].tally
        assert sums(after["评分表"])["合计"] == [pytest.approx(float(tally.total))]
        assert sums(after["评分表"])["小计"] == [pytest.approx(float(p.points)) for p in tally.subtotals.values()]
    # FACTS 5: the shipped sheet adds up to 93.00. And a total that did not follow its items would be seen.
    assert sums(load_workbook(again[0], data_only=True)["评分表"])["合计"] == [93.0]
    assert sums(load_workbook(again[2], data_only=True)["评分表"])["合计"] == [92.0]


def sums(sheet: Any) -> dict[str, list[float]]:
    """得分 of the rows that add up, by what they are called."""
    found: dict[str, list[float]] = {}
    for row in sheet.iter_rows(values_only=True):
        for label in ("小计", "合计"):
            if label in row[:2]:
                found.setdefault(label, []).append(row[5])
    return found


def without_values(content: bytes) -> bytes:
    """A workbook whose formulas carry no value."""

    def emptied(name: str, text: bytes) -> bytes:
        return re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text) if name.startswith("xl/worksheets/sheet") else text

    return rewritten(content, emptied)


def one_point_less(file: Path) -> bytes:
    """The workbook with a point less for its first item (A11, full marks 2)."""

    def lowered(name: str, text: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return text
        less, count = re.subn(rb'(<c r="F4"[^>]*><v>)2(</v>)', rb"\g<1>1\2", text)
        assert count == 1
        return less

    return rewritten(file.read_bytes(), lowered)


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_a_crooked_slide_is_seen(profile: Path, tmp_path: Path) -> None:
    """The checks above can fail: two texts on each other, one beyond the edge, one that no font can draw."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for left, top, text in ((1, 1, "压在下面的文字"), (1, 1.1, "压在上面的文字"), (8.7, 4, "出了右边界的长长一行文字")):
        frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(4), Inches(0.5)).text_frame
        frame.word_wrap = False
        frame.text = text
        frame.paragraphs[0].runs[0].font.size = Pt(24)
    slide.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(1)).text_frame.text = "没有字形\ue123\u0378的字"
    slide.shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(1)).text_frame.text = "12,345.67万元"
    deck.save(str(tmp_path / "crooked.pptx"))
    (page,) = sheets(convert(profile, [tmp_path / "crooked.pptx"], "pdf", tmp_path / "pdf")[0])
    assert overlapping(page)
    assert outside(page)
    assert unreadable(page) or lost(["没有字形\ue123\u0378的字"], page.text)
    assert lost(["没有写在页上的字"], page.text)
    assert figures(page) == ["12,345.67"]


def test_a_row_that_is_too_low_is_seen(profile: Path, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "low.xlsx")) as book:
        sheet = book.add_worksheet()
        wrapped = book.add_format({"text_wrap": True, "valign": "vcenter"})
        for row in range(3):
            sheet.set_row(row, 15)
            sheet.write_string(row, 0, f"第{row}行的文字太长,一格里放不下,要折成好几行才行" * 2, wrapped)
    (page,) = sheets(convert(profile, [tmp_path / "low.xlsx"], "pdf", tmp_path / "pdf")[0])
    assert overlapping(page) or lost(["第1行的文字太长,一格里放不下,要折成好几行才行" * 2], page.text)
