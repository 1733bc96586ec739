"""One figure by itself: every figure of the pages finds room on a picture of 3:4 and makes one slide."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from pptx import Presentation

from core.briefing.deck import slide_pptx
from core.briefing.frames.one_figure import figure_frame, phone_png
from core.figures.figure import FigurePanel
from core.model.context import Actor, Context, Language
from core.service.briefing import one_figure, view_codes
from core.service.briefing.content import content_of
from core.service.progress import first_sight, money_and_households

PROJECT = "lingang-2023"
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")
pytestmark = pytest.mark.usefixtures("store_path")


def asked(language: Language = "zh_CN") -> Context:
    return Context(Actor("wang", "王工"), language)


def panels(ctx: Context) -> list[FigurePanel]:
    view = first_sight.first_sight(ctx, PROJECT)
    money = money_and_households.budget(ctx, PROJECT)
    homes = money_and_households.beneficiaries(ctx, PROJECT)
    return [view.streets.sent, *view.panels, *money.panels, *homes.panels]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_finds_room_on_a_picture_for_a_telephone(language: Language) -> None:
    ctx = asked(language)
    content = content_of(ctx, PROJECT)
    for panel in panels(ctx):
        drawn = phone_png(figure_frame(content, panel.figure))
        assert drawn.said.cut == {}, panel.id
        assert min(drawn.said.sizes[panel.id]) >= 17, panel.id
        assert struct.unpack(">II", drawn.pages[0][16:24]) == (1800, 2400)


def test_the_picture_says_its_project_its_day_its_finding_and_its_code() -> None:
    ctx = asked()
    panel = first_sight.first_sight(ctx, PROJECT).panels[0]
    view = view_codes.view_of(ctx, PROJECT, "figure_png", frame=panel.id)
    frame = figure_frame(content_of(ctx, PROJECT), panel.figure, view_codes.view_code(view))
    assert frame.project == "2023年度申港、夏港区域老小区改造项目"
    assert frame.as_of == "截至2024年12月31日"
    assert frame.title == "比按工期均匀支付少1,206万元"
    file = one_figure.phone_picture(ctx, PROJECT, panel)
    assert view_codes.opened(ctx, view.code).view.frame == "pace"
    assert file.name == "2023年度申港、夏港区域老小区改造项目_累计支付与计划工期_20241231.png"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_one_slide_with_its_finding_as_title(language: Language) -> None:
    ctx = asked(language)
    content = content_of(ctx, PROJECT)
    for panel in panels(ctx):
        (slide,) = Presentation(io.BytesIO(slide_pptx(content, panel))).slides
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text, panel.id
        names = {shape.name for shape in slide.shapes}
        assert f"{panel.id}_1" in names, names
        right = max(shape.left + shape.width for shape in slide.shapes)
        assert right <= 12192000, panel.id


def test_a_slide_says_the_day_of_its_figure() -> None:
    ctx = asked()
    panel = first_sight.first_sight(ctx, PROJECT).panels[0]
    shown = panel.in_documents
    older = replace(panel, stored=replace(shown, as_of=shown.as_of.replace(year=2023)))
    file = one_figure.slide(ctx, PROJECT, older)
    said = " ".join(
        shape.text_frame.text
        for shape in Presentation(io.BytesIO(file.content)).slides[0].shapes
        if shape.has_text_frame
    )
    assert "截至2023年12月31日" in said
    assert file.name.endswith("_20231231.pptx")
