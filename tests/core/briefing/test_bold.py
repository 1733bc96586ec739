"""Bold in frames, phone picture and brief is a font of its own, and a character that it lacks is drawn in Regular."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.briefing.brief import brief
from core.briefing.frames import draw, one_figure
from core.briefing.frames.frame import Frame
from core.model.context import Context, Language
from core.model.paper import PaperChoice
from core.render import typst
from core.service.briefing import frames
from core.service.briefing.content import content_of
from tests.core.service.people import PROJECT, WANG

RARE = ("䶮", "㐂")
"""U+4DAE and U+3402: Regular has them, Bold does not."""
WORDS = '#import "/render/words.typ": *\n#set text(font: data.font, lang: data.lang, features: data.features)\n'


@pytest.fixture(autouse=True)
def _store(built_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_STORE", str(built_store))


def inside(pdf: bytes) -> bytes:
    """Objects and streams of a PDF, inflated."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    found = [pdf]
    for each in streams:
        try:
            found.append(zlib.decompress(each))
        except zlib.error:
            found.append(each)
    return b"\n".join(found)


def fonts(pdf: bytes) -> set[str]:
    """Fonts that are embedded in part: their names stand behind six letters and a plus."""
    named = re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", inside(pdf))
    return {name.decode().removesuffix("-Identity-H") for name in named}


def drawn(words: str, language: Language = "zh_CN") -> bytes:
    """A PDF of these Typst words and nothing else."""
    source = (WORDS + words).encode()
    inputs = typst.inputs(typst.locale(language))
    made = typst._compiler().compile(input=source, format="pdf", sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return made


def first() -> Frame:
    return frames.frames(Context(WANG.actor), PROJECT, PaperChoice())[0]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_frames_and_brief_embed_regular_and_bold_in_part_and_stroke_no_letter(language: Language) -> None:
    ctx = Context(WANG.actor, language)
    for made in (frames.frames_pdf(ctx, PROJECT, PaperChoice()), frames.brief_pdf(ctx, PROJECT, PaperChoice())):
        assert fonts(made.content) == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
        assert not re.search(rb"(?<![\d.])[12]\s+Tr\b", inside(made.content))
        assert b"/StructTreeRoot" in inside(made.content)


def test_bold_words_use_bold_alone_and_rare_characters_regular() -> None:
    assert fonts(drawn('#words(20, "街镇，（8,000.00万元）～①→㎡≥÷", bold: true)')) == {"NotoSansSC-Bold"}
    assert fonts(drawn('#words(20, "街镇")')) == {"NotoSansSC-Regular"}
    for char in RARE:
        assert fonts(drawn(f'#words(20, "{char}", bold: true)')) == {"NotoSansSC-Regular"}


def test_a_heading_makes_words_bold_only_where_they_say_so() -> None:
    assert fonts(drawn('#show heading: plain-headings\n#heads(2, words(20, "街镇"))')) == {"NotoSansSC-Regular"}


def frame_svg(title: str) -> bytes:
    return draw.drawn([replace(first(), title=title)], "svg").pages[0]


def phone_png(title: str) -> bytes:
    return one_figure.phone_png(replace(first(), title=title)).pages[0]


def brief_svg(title: str) -> bytes:
    page = brief.page(content_of(Context(WANG.actor), PROJECT))
    return typst.draw(brief.TEMPLATE, {**page, "headline": title}, "svg").pages[0]


@pytest.mark.parametrize("draws", [frame_svg, phone_png, brief_svg])
def test_rare_characters_of_a_title_are_no_box(draws: Callable[[str], bytes]) -> None:
    """Two of them would be two equal boxes."""
    assert draws(RARE[0]) != draws(RARE[1])


@pytest.mark.parametrize(("language", "wanted"), [("zh_CN", "> 95"), ("en", "< 90")])
def test_quotation_marks_are_narrow_in_english_in_bold_too(language: Language, wanted: str) -> None:
    drawn(f'#context assert(wide(words(20, "街“镇”街", bold: true)) {wanted} * u)', language)
