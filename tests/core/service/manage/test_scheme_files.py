"""Scorecards and schemes in and out of a real store."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.briefing.spreadsheet import ScoreTable, guarded, scheme_csv, scheme_xlsx, scorecard_csv, scorecard_xlsx
from core.errors import InputError, Message, NameNeeded, NotAllowed, UnknownName
from core.ingest.score_tables.scorecard import read_scheme, read_scorecard
from core.model.context import Actor, Context
from core.model.scorecard import FINEST, STEPS, Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Sheet, Status
from core.scoring import Refused, Saved, items_of, tally
from core.service.base import open_store, project
from core.service.base.file import File
from core.service.evidence import data_checks
from core.service.manage import scheme_files, scorecard_files, versioned_files
from core.service.progress import money_and_households, overview
from core.service.scoring import opening, score_panels, scorecards, steps, taking_over
from core.store import read
from tests.core.ingest.filled import FIRST, row_of, workbook
from tests.core.lingang import FACTS
from tests.core.service.people import agreed
from tests.core.store.conftest import altered

D = Decimal
WANG = Context(Actor("browser-wang", "王工"))
LINGANG = "lingang-2023"
POINTS, WEIGHT = 6, 5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Linjiang 2024.xlsx"
    path.write_bytes(workbook())
    return path


def rows(store_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store."""
    open_store.close()
    with duckdb.connect(str(store_path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        return {name: sorted(connection.table(name).fetchall(), key=str) for name in names}


def test_a_scorecard_becomes_a_project(store_path: Path, file: Path) -> None:
    done = scorecard_files.import_scorecard(WANG, file)
    assert (done.project, done.sheet, done.new_scheme, done.notes) == ("linjiang-2024", "r1/working", True, ())
    card = scorecards.scorecard(WANG, done.project)
    assert card.project.name == "临港片区老旧小区改造项目"
    assert (card.tally.total, card.tally.grade, card.tally.confirmed) == (D("82.25"), "良", 28)
    rates = {name: (part.points, part.weight, part.rate) for name, part in card.tally.subtotals.items()}
    assert rates == {
        "决策": (D("15.00"), D(20), D("0.75")),
        "过程": (D("15.75"), D(20), D("0.7875")),
        "产出": (D("30.00"), D(35), D(30) / D(35)),
        "效益": (D("21.50"), D(25), D("0.86")),
    }
    assert (card.tally.margin_up, card.tally.margin_down) == (D("7.75"), D("2.25"))
    event = next(item.event for item in card.items if item.indicator.code == "A4")
    assert event is not None
    assert (event.points, event.status, event.reason) == (0, Status.CONFIRMED, "A4的扣分原因")
    assert (event.actor_name, event.revision) == ("王工", 1)
    assert altered(open_store.store(), done.project, done.sheet) is None
    open_store.close()
    assert scorecards.scorecard(WANG, done.project).tally.total == D("82.25")


@pytest.mark.usefixtures("store_path")
def test_a_project_without_money_shows_itself_empty(file: Path) -> None:
    name = scorecard_files.import_scorecard(WANG, file).project
    facts = project.facts(WANG, name)
    assert (facts.places, facts.spend, facts.baselines, str(facts.as_of)) == ((), (), (), "2024-12-31")
    assert all(measure.value is None for measure in project.measures(WANG, name))
    assert overview.overview(WANG, name).empty
    assert money_and_households.budget(WANG, name).empty
    assert money_and_households.beneficiaries(WANG, name).empty
    assert data_checks.checks(WANG, name) == ()
    assert score_panels.figures(WANG, name).rates.rows[0][0] == "决策"
    assert [p.id for p in project.projects(WANG)] == [LINGANG, name]


def test_a_second_import_has_an_id_of_its_own_and_the_same_scheme(store_path: Path, file: Path) -> None:
    first, second = scorecard_files.import_scorecard(WANG, file), scorecard_files.import_scorecard(WANG, file)
    assert (second.project, second.scheme, second.new_scheme) == ("linjiang-2024-2", first.scheme, False)
    chinese = scorecard_files.import_scorecard(WANG, File("评分表.xlsx", workbook()))
    assert chinese.project == "project"
    assert rows(store_path)["scheme"].count(("scheme:linjiang-2024@1", 1, "linjiang-2024", 1, first.scheme.name)) == 1


@pytest.mark.usefixtures("store_path")
def test_a_project_with_a_date_of_its_own_goes_before_a_file_without_one() -> None:
    undated = workbook({(2, 1): "单位：分"})
    name = scorecard_files.import_scorecard(WANG, File("a1.xlsx", undated)).project
    facts = project.facts(WANG, name)
    made = scorecards.scorecard(WANG, name).items[0].event
    assert made is not None
    assert facts.as_of == made.made_at.date()


def test_a_sheet_for_a_project_that_is_there(store_path: Path, file: Path) -> None:
    name = scorecard_files.import_scorecard(WANG, file).project
    changed = workbook({(row_of("B4"), POINTS): 2.5, (row_of("B4"), 7): None, (row_of("D6") + 2, POINTS): 84.75})
    done = scorecard_files.import_scorecard(WANG, File("终稿.xlsx", changed), name)
    assert (done.project, done.sheet, done.new_scheme) == (name, "r1/import", False)
    # The printed 小计 of the group still says 15.75; it is told, not adopted.
    assert [str(n.message) for n in done.notes] == ["小计印为15.75，各项相加是18.25；未采用印出的数。"]
    assert scorecards.scorecard(WANG, name, "r1/import").tally.total == D("84.75")
    assert scorecards.scorecard(WANG, name).tally.total == D("82.25")
    assert [sheet.name for sheet in scorecards.sheets(WANG, name)] == ["评分表", "终稿"]


@pytest.mark.usefixtures("store_path")
def test_another_weighting_is_a_new_version_that_keeps_the_rules() -> None:
    old = read.sheet(open_store.store(), LINGANG, "r1/working").scheme
    content = load_workbook(io.BytesIO(scorecard_files.export_scorecard(WANG, LINGANG).content))
    sheet = content.active
    at = {sheet.cell(row, 3).value: row for row in range(1, sheet.max_row + 1)}
    sheet.cell(at["A11"], WEIGHT).value = 3
    sheet.cell(at["D41"], WEIGHT).value = 6
    stream = io.BytesIO()
    content.save(stream)
    done = scorecard_files.import_scorecard(WANG, File("a.xlsx", stream.getvalue()), LINGANG)
    assert (done.scheme.id, done.scheme.version, done.new_scheme) == ("old-community-32", 2, True)
    a11, before = done.scheme.indicator("A11"), old.indicator("A11")
    assert a11 is not None
    assert before is not None
    assert (a11.weight, a11.kind, a11.params, a11.rule) == (3, before.kind, before.params, before.rule)
    assert read.sheet(open_store.store(), LINGANG, "r1/working").scheme == old
    assert [s.version for s in scheme_files.schemes(WANG) if s.id == "old-community-32"] == [1, 2]


BAD = {
    "weights": ({(FIRST, WEIGHT): 3, (FIRST, POINTS): 3}, ["E4:E34"]),
    "above": ({(FIRST, POINTS): 4.01}, ["F4"]),
    "code": ({(FIRST, 3): None}, ["C4"]),
    "text": ({(FIRST, POINTS): "四分半"}, ["F4"]),
    "duplicate": ({(FIRST, 3): "B1"}, [f"C{row_of('B1')}"]),
    "all": (
        {(4, POINTS): 9, (5, 3): None, (6, POINTS): "无", (7, 3): "A1", (8, WEIGHT): 3, (8, POINTS): 3},
        ["F4", "C5", "F6", "C7", "E4:E34"],
    ),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("into", [None, LINGANG])
def test_whatever_is_wrong_nothing_is_written(store_path: Path, case: str, into: str | None) -> None:
    changes, places = BAD[case]
    before = rows(store_path)
    with pytest.raises(InputError) as caught:
        scorecard_files.import_scorecard(WANG, File("a.xlsx", workbook(changes)), into)
    assert [p.cell for p in caught.value.problems] == places  # type: ignore[attr-defined]
    assert str(caught.value) == f"《a.xlsx》有{len(places)}处问题，整份文件未导入。请修改后重新导入。"
    assert rows(store_path) == before


def test_an_import_that_fails_half_way_leaves_nothing(
    store_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(store_path)
    same = uuid4().hex
    monkeypatch.setattr("core.scoring.undoing.secrets.token_hex", lambda _: same)
    with pytest.raises(Exception, match="另一处同时导入"):
        scorecard_files.import_scorecard(WANG, file)
    assert rows(store_path) == before


def test_who_imports_has_a_name_and_names_what_there_is(store_path: Path, file: Path, tmp_path: Path) -> None:
    before = rows(store_path)
    with pytest.raises(NameNeeded):
        scorecard_files.import_scorecard(Context(Actor("somebody")), file)
    with pytest.raises(NameNeeded):
        scheme_files.import_scheme(Context(Actor("somebody", " ")), file)
    with pytest.raises(UnknownName):
        scorecard_files.import_scorecard(WANG, file, "nowhere")
    with pytest.raises(UnknownName, match=r"现有.*old-community-32@1"):
        scheme_files.export_scheme(WANG, "none")
    for missing, said in ((tmp_path / "none.xlsx", "找不到这个文件"), (tmp_path, "无法读取这个文件")):
        with pytest.raises(InputError) as caught:
            scheme_files.import_scheme(WANG, missing)
        assert said in str(caught.value.problems[0].message)
    assert rows(store_path) == before


def test_nothing_comes_into_a_round_where_nobody_may_score(
    store_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(store_path)
    monkeypatch.setattr("core.service.manage.scorecard_files.may", lambda *_: Message("本轮已锁定。"))
    with pytest.raises(NotAllowed, match="已锁定"):
        scorecard_files.import_scorecard(WANG, file, LINGANG)
    assert rows(store_path) == before


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_shipped_scheme_comes_back_as_it_went(form: versioned_files.Form) -> None:
    for scheme in scheme_files.schemes(WANG):
        done = scheme_files.import_scheme(WANG, scheme_files.export_scheme(WANG, scheme.id, form=form))
        assert (done.scheme, done.new_scheme, done.notes) == (scheme, False, ())


@pytest.mark.usefixtures("store_path")
def test_a_changed_scheme_is_the_next_version_of_its_name() -> None:
    exported = scheme_files.export_scheme(WANG, "self-review")
    assert exported.name == "项目支出绩效自评指标体系_v1.xlsx"
    book = load_workbook(io.BytesIO(exported.content))
    book.active["D4"] = "全年预算执行率"
    stream = io.BytesIO()
    book.save(stream)
    done = scheme_files.import_scheme(WANG, File("any.xlsx", stream.getvalue()))
    assert (done.scheme.id, done.scheme.version, done.new_scheme) == ("self-review", 2, True)
    assert scheme_files.scheme_of(WANG, "self-review") == done.scheme
    assert scheme_files.scheme_of(WANG, "self-review", 1).indicators[0].l3 == "预算执行率"


@pytest.mark.usefixtures("store_path")
def test_the_grades_that_ship() -> None:
    # One province says 优秀 > 95, 良好 > 85, 合格 > 75: on totals of two decimals, from 95.01, 85.01, 75.01.
    grades = {g.id: [(each.name, str(each.floor)) for each in g.grades] for g in scheme_files.grade_schemes(WANG)}
    assert grades == {
        "mof": [("优", "90.00"), ("良", "80.00"), ("中", "60.00"), ("差", "0.00")],
        "old-community-95": [("优秀", "95.01"), ("良好", "85.01"), ("合格", "75.01"), ("不合格", "0.00")],
    }


@pytest.mark.usefixtures("store_path")
def test_the_printed_scorecard_adds_itself_up() -> None:
    content = scorecard_files.export_scorecard(WANG, LINGANG).content
    live, values = load_workbook(io.BytesIO(content)).active, load_workbook(io.BytesIO(content), data_only=True).active
    texts = {str(cell.value): cell for row in values.iter_rows() for cell in row if cell.value is not None}
    total = texts["合计"].row
    assert str(live.cell(total, POINTS).value).startswith("=SUM(F4:F10,")
    assert (values.cell(total, WEIGHT).value, values.cell(total, POINTS).value) == (100, 93)
    assert values.cell(total, 8).value == pytest.approx(0.93)
    assert (values.cell(11, 2).value, values.cell(11, POINTS).value) == ("小计", 15)
    assert [values.cell(total + 1, column).value for column in (1, WEIGHT, POINTS)] == ["折算得分", 100, "—"]
    assert (values.cell(total + 2, WEIGHT).value, str(live.cell(total + 2, WEIGHT).value)[:4]) == ("优", "=IF(")
    assert {"A4:A11", "B4:B6", "B11:D11"} <= {str(area) for area in live.merged_cells.ranges}
    assert [word in texts for word in ("评价人：", "复核人：", "主评人：", "日期：")] == [True] * 4
    assert any("报告结论93分还原" in text for text in texts)
    setup = live.page_setup
    # One page wide and one high is what the format means where it says nothing.
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        9,
        None,
        None,
    )
    assert (live.print_title_rows, live.freeze_panes) == ("$3:$3", "A4")


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sheet_comes_back_as_it_went(form: versioned_files.Form) -> None:
    done = scorecard_files.import_scorecard(WANG, scorecard_files.export_scorecard(WANG, LINGANG, form=form))
    assert (done.scheme.id, done.new_scheme, done.notes) == ("old-community-32", False, ())
    went, came = scorecards.scorecard(WANG, LINGANG), scorecards.scorecard(WANG, done.project)
    said = [
        [(i.points, i.event and i.event.reason, i.event and i.event.note) for i in card.items] for card in (went, came)
    ]
    assert said[0] == said[1]
    assert came.tally.grade == "优"
    if form == "xlsx":
        assert (came.project.name, project.facts(WANG, done.project).as_of) == (went.project.name, FACTS.as_of)


GRADES = GradeScheme("g", "等级", (Grade("优", D(90)), Grade("差", D(0))))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'=", "=HYPERLINK(1)", "http://x", "1", "0012"])


@st.composite
def scored(draw: st.DrawFn) -> ScoreTable:
    """A sheet with random names, weights, points and reasons."""
    count = draw(st.integers(1, 8))
    cuts = sorted(draw(st.lists(st.integers(1, 9999), min_size=count - 1, max_size=count - 1, unique=True)))
    weights = [D(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    groups = sorted(draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)))
    indicators, events = [], {}
    for n, (weight, group) in enumerate(zip(weights, groups, strict=True)):
        name = draw(STARTS) + draw(TEXT)
        code = f"C{n}"
        params = {"points": n + 1} if n % 2 else {}
        kind = "checklist" if params else "judgement"
        indicators.append(
            Indicator(code, f"组{group}", f"级{group}", f"{name}指标", weight, kind, params, name, "", name, "")
        )
        status = draw(st.sampled_from([*Status]))
        points = D(draw(st.integers(0, int(weight * 100)))) / 100 if status.scored else None
        reason = draw(STARTS) + draw(TEXT)
        events[code] = ScoreEvent(
            "p", "r1/x", code, 1, code, points, status, reason, name, "a", "甲", FACTS.as_of  # type: ignore[arg-type]
        )  # fmt: skip
    scheme = Scheme("s", 1, "=某体系", tuple(indicators), draw(st.sampled_from(STEPS)))
    items = items_of(scheme, events)
    sheet = Sheet("p", "r1/x", "+表", scheme, GRADES, reconstruction=False)
    return ScoreTable("=某项目评分表", "初评", sheet, items, FACTS.as_of, "@来源", tally(items, GRADES).grade, "")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scored(), st.sampled_from(["xlsx", "csv"]))
def test_any_sheet_comes_back_as_it_went(table: ScoreTable, form: str) -> None:
    content = scorecard_xlsx(table) if form == "xlsx" else scorecard_csv(table)
    found, problems = read_scorecard(f"a.{form}", content)
    assert [str(p.sentence()) for p in problems] == []
    assert found is not None
    assert [n for n in found.notes if "未采用" in n.message.text or "按得分计" in n.message.text] == []
    for item, row in zip(table.items, found.rows, strict=True):
        assert (item.indicator.code, item.indicator.l1, item.indicator.l3, item.indicator.weight) == (
            row.indicator.code, row.indicator.l1, row.indicator.l3, row.indicator.weight,
        )  # fmt: skip
        assert item.points == row.points
        assert row.status is (Status.CONFIRMED if item.status is Status.EXAMPLE else item.status)
        assert item.event is not None
        assert (item.event.reason, item.event.note) == (row.reason, row.note)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scored(), st.sampled_from(["xlsx", "csv"]))
def test_any_scheme_comes_back_as_it_went(table: ScoreTable, form: str) -> None:
    scheme = table.sheet.scheme
    found, problems = read_scheme(f"a.{form}", scheme_xlsx(scheme) if form == "xlsx" else scheme_csv(scheme))
    assert [str(p.sentence()) for p in problems] == []
    assert found is not None
    assert tuple(row.indicator for row in found.rows) == scheme.indicators
    assert found.step == (None if scheme.step == FINEST else scheme.step)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r1", "'=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
    indicator = Indicator("A1", text, text, text, D(100), "judgement", {}, text, "", "", "")
    scheme = Scheme("s", 1, text, (indicator,))
    items = items_of(scheme, {})
    table = ScoreTable(
        text, text, Sheet("p", "r1/x", text, scheme, GRADES, reconstruction=False), items, FACTS.as_of, text, None, ""
    )
    for content in (scorecard_xlsx(table), scheme_xlsx(scheme)):
        for row in load_workbook(io.BytesIO(content)).active.iter_rows():
            formulas = [str(cell.value) for cell in row if cell.data_type == "f"]
            assert all(formula.startswith(("=SUM(", "=IF(")) for formula in formulas)
            assert [cell.hyperlink for cell in row if cell.hyperlink] == []
    assert guarded("text") == "text"


def with_step(*steps: str) -> File:
    """The shipped scheme as a file, with these in a column 计分单位, one after the other."""
    shipped = scheme_files.export_scheme(WANG, "old-community-32", form="csv").content.decode("utf-8-sig")
    heading, *lines = shipped.splitlines()
    assert len(lines) == 32, "no line break within a cell"
    rows = [f"{line},{steps[n % len(steps)]}" for n, line in enumerate(lines)]
    return File("老旧小区.csv", "\r\n".join([f"{heading},计分单位", *rows]).encode("utf-8-sig"))


@pytest.mark.usefixtures("store_path")
class TestStep:
    def test_a_scheme_keeps_its_step_in_the_store_and_in_its_file(self) -> None:
        assert scheme_files.scheme_of(WANG, "old-community-32", 1).step == FINEST
        done = scheme_files.import_scheme(WANG, with_step("0.5"))
        assert (done.new_scheme, done.scheme.step) == (True, D("0.5"))
        stored = scheme_files.scheme_of(WANG, done.scheme.id, done.scheme.version)
        assert stored == done.scheme
        for form in ("xlsx", "csv"):
            again = scheme_files.import_scheme(WANG, scheme_files.export_scheme(WANG, stored.id, stored.version, form))
            assert (again.new_scheme, again.scheme) == (False, stored)
        # Without a step it is the shipped one, with another one more version.
        assert scheme_files.import_scheme(WANG, with_step("")).scheme.id == "old-community-32"
        third = scheme_files.import_scheme(WANG, with_step("1分"))
        assert (third.new_scheme, third.scheme.step) == (True, D(1))

    @pytest.mark.parametrize(
        ("steps", "told"),
        [
            (("0.2",), "计分单位应为0.01、0.1、0.5、1之一（分），读到“0.2”。"),
            (("0.5", "1"), "一套指标体系只有一个计分单位，这里有0.5、1。"),
        ],
    )
    def test_what_is_no_step_is_refused(self, steps: tuple[str, ...], told: str) -> None:
        before = scheme_files.schemes(WANG)
        with pytest.raises(InputError) as refused:
            scheme_files.import_scheme(WANG, with_step(*steps))
        assert told in str(refused.value.problems[0].sentence())
        assert scheme_files.schemes(WANG) == before

    def test_scores_of_a_round_by_it_stand_on_its_steps_and_the_panels_mean_need_not(self) -> None:
        halves = scheme_files.import_scheme(WANG, with_step("0.5")).scheme
        opening.open_round(WANG, LINGANG, "复评", "reevaluation", "mean", scheme=(halves.id, halves.version))
        for name, points in (("wang", "4.5"), ("li", "5"), ("zhao", "4.5")):
            who = Context(Actor(f"browser-{name}00", name))
            own = opening.my_sheet(who, LINGANG, "r2")
            assert own.scheme.step == D("0.5")
            for typed in ("4.3", points):
                edit = {
                    "edit_id": str(uuid4()),
                    "code": "C12",
                    "base": 0,
                    "points": typed,
                    "status": "confirmed",
                    "reason": "未完工",
                }
                (answer,) = scorecards.save(who, LINGANG, own.id, [edit]).values()
                assert isinstance(answer, Refused if typed == "4.3" else Saved)
                if isinstance(answer, Refused):
                    assert str(answer.message) == "按0.5分一档打分，您输入的是4.3，请填4或4.5；未计入，本项仍为未评。"
            agreed(steps.submit, who, LINGANG, own.id)
        # (4.5 + 5 + 4.5) / 3 = 4.67
        (taken,) = taking_over.take_over(WANG, LINGANG, "r2")
        assert (taken.code, taken.points) == ("C12", D("4.67"))
