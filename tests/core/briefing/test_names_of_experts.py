"""No document names one who scores, unless that was asked for."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.briefing.anonymous import Experts
from core.model.context import Context, Language
from core.model.paper import PaperChoice
from core.render import typst
from core.service.base import open_store
from core.service.briefing import bound_sheets, evaluation, frames, old_deck, one_figure, slide_deck, view_codes
from core.service.briefing.content import evaluation_of
from core.service.manage import demo
from core.service.scoring import opening, score_panels, taking_over
from tests.core.service import people

SHIPPED, DEMO = people.PROJECT, demo.ID
NAMES = {SHIPPED: ("王工", "李工", "赵工"), DEMO: tuple(each.actor.name for each in demo.PEOPLE)}
KINDS = ("pptx", "docx", "xlsx", "pdf", "brief", "png", "one")


def several_score(path: Path) -> None:
    """Two give the same reason for the same item, a third another one."""
    open_store.build_at(path)
    for who, points, reason in (
        (people.WANG, "1", "依据不足"), (people.LI, "2", "依据不足"), (people.ZHAO, "1.5", "缺报告"),
    ):  # fmt: skip
        people.has_submitted(who, {"D11": points}, reason)
    opening.panel_sheet(people.WANG, SHIPPED, "r1")
    taking_over.take_over(people.WANG, SHIPPED, "r1")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    folder = tmp_path_factory.mktemp("names")
    found = {SHIPPED: folder / "shipped.duckdb", DEMO: folder / "demo.duckdb"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(found[SHIPPED]))
        open_store.close()
        several_score(found[SHIPPED])
        open_store.close()
        demo.make(found[DEMO])
        yield found
        open_store.close()


@pytest.fixture
def asker(request: pytest.FixtureRequest, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Context:
    """Someone who takes no part, and sees all that is submitted."""
    project, language = request.param
    monkeypatch.setenv("RENEWAL_STORE", str(stores[project]))
    open_store.close()
    return Context(people.WANG.actor if project == SHIPPED else demo.PEOPLE[0].actor, language)


def packed(content: bytes) -> str:
    """All the text of an office file, of the workbooks inside it too."""
    out = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            if name.endswith(".xlsx"):
                out.append(packed(inside))
            elif name.endswith((".xml", ".rels")):
                out.append(re.sub("<[^>]*>", "", inside.decode()) + inside.decode())
    return "\n".join(out)


def said(ctx: Context, project: str, kind: str, names: bool, monkeypatch: pytest.MonkeyPatch) -> str:
    drawn: list[str] = []
    draw = typst.draw

    def kept(template: str, data: dict[str, Any], form: typst.Kind, *_: Any) -> Any:
        drawn.append(json.dumps(data, ensure_ascii=False, default=str))
        return draw(template, data, form, 12)  # dots an inch: what is drawn says the names, not how sharp it is

    monkeypatch.setattr(typst, "draw", kept)
    if kind in ("docx", "xlsx"):
        make = {"docx": evaluation.report, "xlsx": evaluation.workbook}[kind]
        return packed(make(ctx, project, PaperChoice(names=names)).content)
    if kind == "pptx":
        return packed(slide_deck.deck(ctx, project, PaperChoice(checks=True, names=names)).content)
    if kind == "one":
        for each in frames.frames(ctx, project, PaperChoice(checks=True)):
            frames.picture(ctx, project, each.id, PaperChoice(checks=True, names=names))
        return "\n".join(drawn)
    of_frames = {"pdf": frames.frames_pdf, "brief": frames.brief_pdf, "png": frames.frames_png}[kind]
    of_frames(ctx, project, PaperChoice(checks=True, names=names))
    return "\n".join(drawn)


EVERY = [(project, language) for project in (SHIPPED, DEMO) for language in ("zh_CN", "en")]


IN_CHINESE = ("docx",)
"""Whatever the screen's language is."""
CASES = [(each, kind) for each in EVERY for kind in KINDS if each[1] == "zh_CN" or kind not in IN_CHINESE]


@pytest.mark.parametrize(
    ("asker", "kind"), CASES, indirect=["asker"], ids=["-".join((*each, kind)) for each, kind in CASES]
)
def test_no_document_names_who_scores(asker: Context, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project = SHIPPED if asker.actor == people.WANG.actor else DEMO
    text = said(asker, project, kind, False, monkeypatch)
    assert text  # there is something to find them in
    assert [name for name in NAMES[project] if name in text] == []


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx", "one"])
@pytest.mark.parametrize("asker", [(SHIPPED, "zh_CN")], indirect=True)
def test_they_are_named_where_that_was_asked_for(asker: Context, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = said(asker, SHIPPED, kind, True, monkeypatch)
    assert all(name in text for name in NAMES[SHIPPED])


@pytest.mark.parametrize("asker", [(SHIPPED, "zh_CN")], indirect=True)
def test_reasons_say_how_many_gave_them(asker: Context) -> None:
    found = evaluation_of(asker, SHIPPED)
    assert found.score is not None
    (item,) = (each for each in found.score.items if each.indicator.code == "D11")
    assert item.event is not None
    assert item.event.reason == "依据不足（2人）；缺报告"
    # 5 less 1, 2 and 1.5.
    assert item.event.note == "平均分（专家A4.00、专家B3.00、专家C3.50）"
    assert [each.name for each in found.experts] == ["专家A", "专家B", "专家C"]


@pytest.mark.parametrize("asker", [(DEMO, "zh_CN")], indirect=True)
def test_what_is_signed_names_them(asker: Context) -> None:
    text = packed(bound_sheets.bound_sheets(asker, DEMO, "r1").content)
    assert all(name in text for name in NAMES[DEMO])


@pytest.mark.parametrize("asker", [(DEMO, "zh_CN"), (DEMO, "en")], indirect=True)
def test_a_figure_sent_on_by_itself_names_nobody(asker: Context) -> None:
    panel = score_panels.figures(asker, DEMO, "r1/panel").deductions
    assert any(name in str(panel.rows) for name in NAMES[DEMO])  # as the page shows it
    text = packed(one_figure.slide(asker, DEMO, panel).content)
    assert [name for name in NAMES[DEMO] if name in text] == []


@pytest.mark.parametrize("asker", [(SHIPPED, "zh_CN"), (DEMO, "en")], indirect=True)
@pytest.mark.parametrize("names", [False, True])
def test_a_deck_is_held_against_one_that_names_as_many(asker: Context, names: bool) -> None:
    project = SHIPPED if asker.actor == people.WANG.actor else DEMO
    made = slide_deck.deck(asker, project, PaperChoice(names=names))
    found = old_deck.check(asker, made.content)
    assert (found.stale, found.by_hand) == ((), ())
    assert found.opened.view.names is names


@pytest.mark.parametrize("asker", [(SHIPPED, "zh_CN")], indirect=True)
def test_a_view_without_names_keeps_the_code_that_it_had_before_they_could_be_asked_for(asker: Context) -> None:
    view = view_codes.view_of(asker, SHIPPED, "pptx")
    assert "names" not in view.canonical
    assert '"names":true' in view_codes.view_of(asker, SHIPPED, "pptx", names=True).canonical


class TestExperts:
    ENGLISH: Language = "en"

    def of(self, *names: str, language: Language = "zh_CN") -> Experts:
        return Experts.of([(f"r1/{n}", name) for n, name in enumerate(names)], language)

    def test_a_name_of_one_character_is_no_part_of_a_word(self) -> None:
        found = self.of("安", "李")
        assert found.text("安全设施不足") == "安全设施不足"
        assert found.text("安：安全设施不足；李：安全设施不足") == "安全设施不足（2人）"
        assert found.text("平均分（安5.00、李4.00）") == "平均分（专家A5.00、专家B4.00）"
        assert found.text("李") == "专家B"

    def test_a_name_in_a_sentence_is_replaced_whole(self) -> None:
        found = self.of("Li", "Lina Wang", language=self.ENGLISH)
        assert found.text("Lighting: asked Lina Wang, then Li") == "Lighting: asked Expert B, then Expert A"

    def test_a_reason_of_several_parts_stays_one_reason(self) -> None:
        assert self.of("王工", "李工").text("王工：缺文件；缺图；李工：缺图") == "缺文件；缺图；缺图"

    def test_more_than_26(self) -> None:
        found = self.of(*(f"某{n:02}" for n in range(28)))
        assert [found.text(f"某{n}") for n in (25, 26, 27)] == ["专家Z", "专家AA", "专家AB"]

    def test_nobody_changes_nothing(self) -> None:
        assert self.of().text("王工：缺文件") == "王工：缺文件"
