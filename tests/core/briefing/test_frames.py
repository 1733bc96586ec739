"""The frames of the shipped project: figures of FACTS, colours, bands, and what is left out."""

from __future__ import annotations

import ast
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.briefing.brief.brief import brief_pdf
from core.briefing.brief.brief import page as brief_page
from core.briefing.content import BriefingContent
from core.briefing.frames import draw
from core.briefing.frames.frame import Frame
from core.briefing.frames.frames import FRAMES
from core.briefing.frames.frames import frames as frames_of
from core.briefing.frames.lint import lint
from core.briefing.frames.names import FRAME_NAMES
from core.errors import UnknownName
from core.figures.figure import Bars, LineChart, Spans, Stack
from core.figures.palette import street_colours
from core.model.context import Actor, Context, Language
from core.model.paper import PaperChoice
from core.model.project import Facts, Funding
from core.model.view_code import ViewCode
from core.render import plotly, typst
from core.service.base import batches, open_store
from core.service.briefing import frames, view_codes
from core.service.briefing.content import content_of
from core.service.progress import money_and_households
from core.store import read
from tests.core.briefing.ugly import UGLY
from tests.core.lingang import CHECKED, FACTS, PLACES
from tests.core.quarters import march

PROJECT = "lingang-2023"
WANG = Actor("browser-wang", "王工")
ROOT = Path(__file__).resolve().parents[3]
SHIPPED = [name for name in frames.IDS if name not in ("trend", "compared")]
"""What the shipped project has to show: it has one snapshot, and nothing of before and after."""
REPORT = "2023年度申港、夏港区域老小区改造项目绩效评价报告"
SCORED = "初评“初评工作表”（还原稿·非原表，扣分分布为推测）"
CODE = ViewCode("ABCD-EFGH-IJKL", "https://renewal.example/?code=ABCD-EFGH-IJKL")


@pytest.fixture(scope="module")
def store(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("frames") / "renewal.duckdb"
    shutil.copy(built_store, path)
    before = os.environ.get("RENEWAL_STORE")
    os.environ["RENEWAL_STORE"] = str(path)
    open_store.close()
    yield path
    open_store.close()
    os.environ.pop("RENEWAL_STORE")
    if before is not None:
        os.environ["RENEWAL_STORE"] = before


def made(language: Language = "zh_CN", *, checks: bool = True) -> dict[str, Frame]:
    return {each.id: each for each in frames.frames(Context(WANG, language), PROJECT, PaperChoice(checks=checks))}


@pytest.fixture(scope="module")
def chinese(store: Path) -> dict[str, Frame]:
    return made()


def matter_of(monkeypatch: pytest.MonkeyPatch, *series: Facts, language: Language = "zh_CN") -> BriefingContent:
    """The content of facts typed by hand; sheets and checks stay those of the store."""
    monkeypatch.setattr(read, "facts", lambda *_: series[-1])
    monkeypatch.setattr(read, "series", lambda *_: series)
    return content_of(Context(WANG, language), PROJECT, checks=True)


def rows(frame: Frame, chart: int = 0) -> dict[str, tuple[str, ...]]:
    found = frame.charts[chart]
    assert isinstance(found, Bars)
    return {row.name: tuple(amount.text for amount in row.amounts) for row in found.rows}


def test_the_frames_are_the_pages_that_people_know_in_this_order(chinese: dict[str, Frame]) -> None:
    assert list(chinese) == SHIPPED
    assert list(made(checks=False)) == [name for name in SHIPPED if name != "checks"]


def test_each_frame_has_a_name_in_the_same_order() -> None:
    assert list(FRAME_NAMES) == list(FRAMES)


def test_a_frame_that_can_be_made_can_be_asked_for() -> None:
    calls = [
        node
        for file in (ROOT / "core" / "briefing" / "frames").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("make.frame", "make.nothing")
    ]
    ids = {each.args[0].value for each in calls if isinstance(each.args[0], ast.Constant)}
    assert ids == set(frames.IDS), "FRAMES of core/briefing/frames/frames.py names the frames that the address may name"


def test_every_frame_says_its_finding_unit_source_day_and_basis(chinese: dict[str, Frame]) -> None:
    for frame in chinese.values():
        assert frame.title
        assert not frame.title.endswith("。")
        assert frame.unit.startswith("单位：")
        assert frame.as_of == "截至2024年12月31日"
        # No wrong number, B9: reconstructed scores never carry the report as their source.
        of_scores = frame.id in frames.OF_SCORES
        assert frame.source == (f"数据来源：{SCORED}" if of_scores else f"数据来源：{REPORT}")
        assert frame.basis.startswith("口径：")


def test_overview_has_its_figures_and_payment_against_time(chinese: dict[str, Frame]) -> None:
    frame = chinese["overview"]
    assert frame.title == "支付进度滞后工期8.0个百分点，付清比计划晚约5个月"
    assert frame.sentences[0] == "已支付8,000.00万元，占概算53.33%；工期已过61.38%，支付慢8.04个百分点"
    said = {"累计支付": "8,000.00万元", "工期已过": "61.38%", "计划受益": "26,310户", "报告得分": "93分·优"}
    assert said.items() <= {each.label: each.value for each in frame.figures}.items()
    (chart,) = frame.charts
    assert isinstance(chart, LineChart)
    assert {"已支付8,000.00", "按工期应支付9,206.35", "概算15,000.00", "约2026年5月付完"} == {
        label.text for label in chart.labels
    }
    assert {"进度", "资金", "街镇"} <= {sentence.partition("：")[0] for sentence in frame.sentences}


def test_budget_shows_the_one_estimate_and_its_parts(chinese: dict[str, Frame]) -> None:
    chart = chinese["budget"].charts[0]
    assert isinstance(chart, Stack)
    assert [(part.name, part.amount.text, part.share.text) for part in (*chart.parts, chart.whole)] == [
        ("璜土镇", "2,164.00", "14.43%"),
        ("夏港街道", "2,627.00", "17.51%"),
        ("申港街道", "1,900.00", "12.67%"),
        ("利港街道", "1,309.00", "8.73%"),
        ("未支付", "7,000.00", "46.67%"),
        ("合计", "15,000.00", "100.00%"),
    ]
    assert rows(chinese["budget"], 1) == {
        "占到位资金": ("100.00%",), "占专项债计划": ("66.67%",), "占概算": ("53.33%",), "占财政预算计划": ("0.00%",),
    }  # fmt: skip
    assert chinese["budget"].bands == ("测算值·非批复数",)


def test_funding_and_pace_have_their_figures(chinese: dict[str, Frame]) -> None:
    assert chinese["funding"].title == "财政预算资金3,000万元尚未支付"
    assert rows(chinese["funding"]) == {"专项债": ("12,000.00", "8,000.00"), "财政预算资金": ("3,000.00", "0.00")}
    pace = chinese["pace"]
    assert pace.title == "比按工期均匀支付少1,206万元；今后每月需支付此前的1.39倍"
    assert [each.value for each in pace.figures] == ["9,206.35万元", "8,000.00万元", "1,947.37万元", "约2026年5月"]
    assert rows(pace, 1) == {"此前月均支付": ("421.05",), "今后需达月均": ("583.33",)}
    assert pace.bands == ()


# No wrong number, B8
@pytest.mark.usefixtures("store")
def test_page_and_frames_say_one_forecast_and_join_only_payments_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said_of(*series: Facts) -> tuple[Frame, str]:
        found = matter_of(monkeypatch, *series)
        frame = next(each for each in frames_of(found) if each.id == "pace")
        page = next(p for p in money_and_households.budget(Context(WANG), PROJECT).panels if p.id == "pace")
        return frame, " ".join(note.text for note in plotly.drawn(page).layout.annotations).replace("<br>", "")

    def paid_line(frame: Frame) -> tuple[tuple[object, object], ...]:
        chart = frame.charts[0]
        assert isinstance(chart, LineChart)
        return next(line.points for line in chart.lines if line.dots)

    one, page = said_of(FACTS)
    assert [each.value for each in one.figures][-1] == "约2026年5月"
    assert "约2026年5月付完" in page
    assert paid_line(one) == ((date(2024, 12, 31), 8000),)
    two, page = said_of(FACTS, march(FACTS))
    assert [each.value for each in two.figures][-1] == "约2026年2月至2026年5月"
    assert "约2026年2月至2026年5月付完" in page
    assert paid_line(two) == ((date(2024, 12, 31), 8000), (date(2025, 3, 31), 9500))
    assert "测算值·非批复数" in two.bands
    headline = str(matter_of(monkeypatch, FACTS, march(FACTS)).trend_headline)
    assert "约2026年2月至2026年5月付完" in headline


def test_streets_are_intervals_over_four_keys_striped_and_banded(chinese: dict[str, Frame]) -> None:
    frame = chinese["streets"]
    chart = frame.charts[0]
    assert isinstance(chart, Spans)
    assert {row.name: (row.low.text, row.high.text) for row in chart.rows} == {
        "璜土镇": ("80.79%", "122.32%"),
        "夏港街道": ("51.53%", "54.85%"),
        "申港街道": ("39.41%", "54.40%"),
        "利港街道": ("28.21%", "48.87%"),
    }
    assert all(amount.assumed for amount in frame.amounts)
    assert frame.bands == ("测算值·非批复数",)
    assert frame.title == "4种分摊口径下，璜土镇测算执行率都最高"


def test_homes_and_unit_costs_are_sorted_with_their_streets_colours(chinese: dict[str, Frame]) -> None:
    assert list(rows(chinese["beneficiaries"])) == ["夏港街道", "利港街道", "申港街道", "璜土镇"]
    assert rows(chinese["unit_costs"]) == {
        "璜土镇": ("4,787.61",), "夏港街道": ("3,127.38",), "申港街道": ("2,904.31",), "利港街道": ("1,911.51",),
    }  # fmt: skip
    assert [each.value for each in chinese["unit_costs"].figures] == ["5,701.25", "45.36", "19.23", "535.71"]
    colours = street_colours(PLACES)
    of_streets = [amount for frame in chinese.values() for amount in frame.amounts if amount.place]
    assert len(of_streets) > 20
    assert all(amount.colour == colours[amount.place or ""] for amount in of_streets)


def test_scores_are_a_reconstruction_and_a_draft(chinese: dict[str, Frame]) -> None:
    assert [each.value for each in chinese["scorecard"].figures] == ["93.00分", "优", "0/32项"]
    assert chinese["deductions"].title == "6项扣分，共扣7.00分"
    for name in frames.OF_SCORES:
        assert chinese[name].bands == ("还原稿·非原表", "草稿")


def test_checks_are_counted_and_contradictions_come_first(chinese: dict[str, Frame]) -> None:
    frame = chinese["checks"]
    assert sum(int(each.value) for each in frame.figures) == len(frame.tables[0].rows) == len(CHECKED)
    assert [row[1] for row in frame.tables[0].rows][: int(frame.figures[0].value)] == ["不一致"] * 4


def test_two_snapshots_give_a_trend_with_a_band(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {each.id: each for each in frames_of(matter_of(monkeypatch, FACTS, march(FACTS)))}
    curve = found["trend"].charts[0]
    assert isinstance(curve, LineChart)
    # 9,500 by 31 March 2025: what quarters.py has typed.
    assert "2025年3月：9,500.00" in [label.text for label in curve.labels]
    assert found["trend"].bands == ("测算值·非批复数",)


def test_in_english_nothing_of_ours_is_chinese(store: Path) -> None:
    for frame in made("en", checks=False).values():
        texts = (frame.name, frame.title, frame.unit, frame.as_of, frame.source, frame.basis, *frame.bands)
        figures = [text for each in frame.figures for text in (each.label, each.value, each.caveat)]
        charts = [chart.title for chart in frame.charts]
        said = " ".join((*texts, *figures, *charts, *frame.sentences))
        assert not [letter for letter in said if "\u4e00" <= letter <= "\u9fff"], frame.id


def test_in_english_amounts_count_in_one_unit(store: Path) -> None:
    """8,000 (CNY 10k) are CNY 80.00 million, in figures, on the axis of lines and in tables."""
    english = made("en")
    (chart,) = english["overview"].charts
    assert isinstance(chart, LineChart)
    assert chart.title == "Paid to date and planned duration (CNY million)"
    assert max(value for line in chart.lines for _, value in line.points) <= chart.top < 160
    assert english["funding"].unit == "Unit: CNY million"
    assert "CNY 80.00 million" in {each.value for each in english["pace"].figures}
    for name in ("overview", "budget", "funding", "pace", "streets"):
        assert "10k" not in repr(english[name]), name


def test_our_own_frames_pass_the_lint_in_both_languages(store: Path) -> None:
    for language in ("zh_CN", "en"):
        found = [replace(each, view_code=CODE) for each in made(language).values()]
        assert lint(found, draw.drawn(found, "pdf").said) == ()


@pytest.mark.parametrize("name", UGLY)
def test_ugly_projects_are_drawn_whole(name: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = frames_of(matter_of(monkeypatch, UGLY[name]), CODE)
    assert found
    assert lint(found, draw.drawn(found, "pdf").said) == ()


def test_without_any_data_one_frame_says_what_to_do(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(matter_of(monkeypatch, UGLY["nothing"]), score=None, checks=None, remedies=())
    (frame,) = frames_of(known)
    assert (frame.id, frame.empty) == ("overview", True)
    assert frame.sentences == ("还没有资金或受益数据；请先导入资金明细表和受益明细表。",)


def test_a_picture_is_3200_by_1800_and_carries_a_code_that_is_found_again(store: Path) -> None:
    shown = frames.picture(Context(WANG), PROJECT, "budget")
    assert shown.png.name == "2023年度申港、夏港区域老小区改造项目_资金使用_20241231.png"
    assert struct.unpack(">II", shown.png.content[16:24]) == (3200, 1800)
    assert shown.frame.view_code is not None
    assert view_codes.find(Context(WANG), shown.frame.view_code.code).view.frame == "budget"
    assert shown.svg.startswith("<svg")
    # Nothing is fetched from anywhere when the picture is shown.
    assert "<image" not in shown.svg


def test_an_unknown_frame_is_named(store: Path) -> None:
    with pytest.raises(UnknownName, match="没有图框“moon”。可用：overview、"):
        frames.picture(Context(WANG), PROJECT, "moon")


def test_a_picture_changes_with_the_data_and_its_code_with_it(store_path: Path) -> None:
    ctx = Context(WANG)
    before = frames.picture(ctx, PROJECT, "overview")
    batches.correct(ctx, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    after = frames.picture(ctx, PROJECT, "overview")
    assert "7,999.50" in after.frame.sentences[0]
    assert before.frame.view_code != after.frame.view_code
    old = view_codes.find(Context(WANG), before.frame.view_code.code if before.frame.view_code else "").view
    assert frames.picture(replace(ctx, version=old.version), PROJECT, "overview").png == before.png


def test_no_template_asks_for_the_day(store: Path) -> None:
    templates = list(typst.ROOT.rglob("*.typ"))
    assert len(templates) >= 5
    assert [path.name for path in templates if "datetime" in path.read_text(encoding="utf-8")] == []


@pytest.mark.full
def test_pictures_are_the_same_in_every_process_folder_language_and_zone(store: Path, tmp_path: Path) -> None:
    open_store.close()
    for name, zone in (("a", "Asia/Shanghai"), ("b", "America/New_York")):
        folder = tmp_path / f"{name}-home"
        folder.mkdir()
        words = {"a": "zh_CN.UTF-8", "b": "C"}[name]
        env = os.environ | {"TZ": zone, "LANG": words, "LC_ALL": words, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-m", "core", "export", "png", "--checks", "--out", str(tmp_path / name)],
            cwd=folder, env=env, check=True, timeout=120, capture_output=True,
        )  # fmt: skip
    first, second = (sorted((tmp_path / name).iterdir()) for name in ("a", "b"))
    assert [path.name for path in first] == [path.name for path in second]
    assert len(first) == len(SHIPPED)
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def text_of(pdf: bytes, tmp_path: Path) -> list[str]:
    """The pages' texts, as poppler reads them (Debian: apt install poppler-utils)."""
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return said.stdout.rstrip("\f").split("\f")


@pytest.mark.full
def test_the_pdf_s_text_can_be_selected_and_has_the_measures(store: Path, tmp_path: Path) -> None:
    made_file = frames.frames_pdf(Context(WANG), PROJECT, PaperChoice(checks=True))
    pages = text_of(made_file.content, tmp_path)
    assert len(pages) == len(SHIPPED)
    (code,) = {view_codes.tidy(page.split()[-1]) for page in pages}
    assert view_codes.find(Context(WANG), code).view.kind == "pdf"
    for page, frame in zip(pages, made().values(), strict=True):
        plain = "".join(page.split())
        for amount in frame.amounts:
            assert amount.text.removesuffix("%") in plain, (frame.id, amount)
        for figure in frame.figures:
            assert "".join(figure.value.split()) in plain, (frame.id, figure)


@pytest.mark.full
@pytest.mark.parametrize("name", ["as shipped", *UGLY])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_brief_is_one_page_of_a4(
    name: str, language: Language, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = read.facts(open_store.store(), PROJECT) if name == "as shipped" else UGLY[name]
    pdf = brief_pdf(matter_of(monkeypatch, facts, language=language), CODE)
    (page,) = text_of(pdf, tmp_path)
    assert CODE.code in page
    info = subprocess.run(["pdfinfo", str(tmp_path / "made.pdf")], capture_output=True, text=True, check=True).stdout
    assert "595.276 x 841.89 pts (A4)" in info


@pytest.mark.parametrize("name", ["one fewer", "one more"])
def test_another_number_of_key_figures_finds_room(name: str, store: Path) -> None:
    known = content_of(Context(WANG), PROJECT)
    keys = known.keys[1:] if name == "one fewer" else (*known.keys, replace(known.keys[-1], id="another"))
    assert draw.drawn(frames_of(replace(known, keys=keys)), "svg").said.cut == {}


def test_a_name_that_looks_like_markup_is_drawn_as_it_stands(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = frames_of(matter_of(monkeypatch, UGLY["markup"]))[0]
    assert first.project == "#let x = $1$ *a* _b_ @c <d> \\e"
    assert draw.pdf([first]).startswith(b"%PDF")


KINDS = (
    ("bond", "专项债", 6000),
    ("budget", "财政预算资金", 3000),
    ("中央补助", "中央补助", 2500),
    ("省级补助", "省级补助", 2000),
    ("社会资本", "社会资本", 1000),
    ("居民自筹", "居民自筹", 500),
)
"""Source, name, planned in 万元."""


@pytest.mark.parametrize("count", range(1, len(KINDS) + 1))
def test_many_sources_of_money_still_make_frames_that_may_leave(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    funding = tuple(
        Funding(source, name, Decimal(planned), Decimal(100), None, Decimal(planned) / 15000, "报告 一")
        for source, name, planned in KINDS[:count]
    )
    found = frames_of(matter_of(monkeypatch, replace(FACTS, funding=funding)), CODE)
    assert lint(found, draw.drawn(found, "pdf").said) == ()
    (frame,) = (each for each in found if each.id == "funding")
    largest = [name for _, name, _ in KINDS[:count]][:3]
    assert [each.label for each in frame.figures] == [*(f"{name}已支付" for name in largest), "未支付"]
    assert [row[0] for row in frame.tables[0].rows][:count] == [name for _, name, _ in KINDS[:count]]


@pytest.mark.parametrize("count", [1, 3, 6])
def test_a_brief_lists_the_largest_sources_and_says_how_many_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    funding = tuple(
        Funding(source, name, Decimal(planned), Decimal(100), None, Decimal(planned) / 15000, "报告 一")
        for source, name, planned in KINDS[:count]
    )
    shown: Any = brief_page(matter_of(monkeypatch, replace(FACTS, funding=funding)), CODE)
    (sources,) = (each for each in shown["charts"] if each["kind"] == "nested")
    assert [row["name"] for row in sources["rows"]] == [name for _, name, _ in KINDS[:count]][:3]
    said = "单位：万元" if count <= 3 else "单位：万元 图中列出3个，另有3个未列出"
    assert sources["note"] == said
    assert typst.draw("briefing/brief/brief.typ", shown, "svg").said.cut == {}


@pytest.mark.parametrize("name", UGLY)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_of_a_brief_is_cut_whatever_a_project_says(
    name: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = brief_page(matter_of(monkeypatch, UGLY[name], language=language), CODE)
    assert typst.draw("briefing/brief/brief.typ", shown, "svg").said.cut == {}
