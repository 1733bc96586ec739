"""自评表 as files: a round of their own beside the review, what they say kept, columns of points as sheets."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import answer
from core.commands.answers import question_id
from core.model.context import Actor, Context
from core.model.panel_events import RoundKind
from core.service.base.file import File
from core.service.manage import scheme_files, scorecard_files, verifying
from core.service.manage.scorecard_plan import SELF_ROUND
from core.service.scoring import opening, rounds, scorecards, self_assessment
from tests.core.ingest.score_tables.test_self_assessment import FORM, ITEMS, PROJECT, as_csv
from tests.core.service.manage.test_score_preview import content

WANG = Context(Actor("browser-wang", "王工"))
LINGANG = "lingang-2023"
D = Decimal
SELF = File("自评表.csv", as_csv(FORM))
REVIEW_HEADING = ["一级指标", "二级指标", "三级指标", "分值", "得分"]

pytestmark = pytest.mark.usefixtures("store_path")


def kinds() -> dict[str, RoundKind]:
    return {view.id: view.round.kind for view in rounds.rounds(WANG, LINGANG)}


def test_a_self_assessment_opens_a_round_of_its_own_and_does_not_head_the_project() -> None:
    done = scorecard_files.import_scorecard(WANG, SELF, LINGANG)
    assert (done.sheet, done.sheets, kinds()) == (
        "r2/working", ("r2/working",), {"r1": RoundKind.INITIAL, "r2": RoundKind.SELF},
    )  # fmt: skip
    card = scorecards.scorecard(WANG, LINGANG, done.sheet)
    assert (card.tally.total, card.tally.grade, card.sheet.name) == (D("94.5"), "优", "自评表")
    head = rounds.round_or_leading(WANG, LINGANG)
    assert head is not None
    assert head.id == "r1"
    assert verifying.verify(WANG).problems == ()
    again = scorecard_files.import_scorecard(WANG, File("第二张.csv", as_csv(FORM)), LINGANG)
    assert (again.sheet, sorted(kinds())) == ("r2/import", ["r1", "r2"])


def test_its_targets_results_and_money_are_kept() -> None:
    done = scorecard_files.import_scorecard(WANG, SELF, LINGANG)
    found = self_assessment.self_assessment(WANG, LINGANG, done.sheet)
    assert [(item.name, item.words.target, item.words.actual, item.words.deviation) for item in found.items] == [
        ("预算执行率", "", "75%", ""), ("小区数", "≥28个", "28个", ""), ("合格率", "100%", "98%", "一处返工"),
        ("居住条件", "改善", "改善", ""), ("居民满意度", "≥90%", "85%", "回收少"),
    ]  # fmt: skip
    assert [(line.source, line.initial, line.budget, line.executed) for line in found.budget] == [
        ("年度资金总额", 90, 80, 60), ("本年财政拨款", 50, 45, 30), ("其他资金", 40, 35, 30),
    ]  # fmt: skip
    nothing = self_assessment.self_assessment(WANG, LINGANG, "r1/working")
    assert (nothing.items, nothing.budget) == ((), ())


def test_the_importer_may_put_it_into_the_round_that_is_scored() -> None:
    done = scorecard_files.import_scorecard(WANG, SELF, LINGANG, "r1")
    assert (done.sheet, sorted(kinds())) == ("r1/import", ["r1"])


def test_a_new_project_that_has_only_said_of_itself_is_headed_by_that() -> None:
    done = scorecard_files.import_scorecard(WANG, SELF)
    head = rounds.round_or_leading(WANG, done.project)
    assert head is not None
    assert (head.round.kind, head.result, scorecards.scorecard(WANG, done.project).project.name) == (
        RoundKind.SELF, "r1/working", PROJECT[2],
    )  # fmt: skip


def test_a_later_round_goes_on_by_the_scheme_of_the_review() -> None:
    scorecard_files.import_scorecard(WANG, SELF, LINGANG)
    opening.open_round(WANG, LINGANG, "终评", "final", "mean")
    assert scorecards.scorecard(WANG, LINGANG, "r3/working").sheet.scheme.id == "old-community-32"


def test_what_the_unit_and_the_review_say_of_an_item_is_compared_by_its_name() -> None:
    own = scorecard_files.import_scorecard(WANG, SELF, LINGANG)
    items = [["效益指标", "满意度", "居民满意度", "40", "20"], ["产出指标", "数量指标", "小区数", "40", "15"]]
    items += [["过程", "管理", "制度", "20", "20"]]
    review = File("复核.csv", as_csv([REVIEW_HEADING, *items]))
    other = scorecard_files.import_scorecard(WANG, review, LINGANG, "r1")
    found = scorecards.compare(WANG, LINGANG, own.sheet, other.sheet)
    assert [(row.name, row.left, row.right, row.gap) for row in found.differences] == [
        ("预算执行率", D("7.5"), None, None), ("小区数", 20, 15, -5), ("合格率", 28, None, None),
        ("居住条件", 30, None, None), ("居民满意度", 9, 20, 11), ("制度", None, 20, None),
    ]  # fmt: skip


def test_other_columns_of_points_become_sheets_of_their_own_where_that_is_wanted() -> None:
    file = File("两列.csv", content("复核得分", "自评得分"))
    assert scorecard_files.import_scorecard(WANG, file, LINGANG, "r1").sheets == ("r1/import",)
    seen = scorecard_files.preview_scorecard(WANG, file, LINGANG, "r1", others=True)
    assert seen.imported is not None
    assert seen.imported.sheets == ("r1/import-2", "r2/working")
    done = scorecard_files.import_scorecard(WANG, file, LINGANG, "r1", others=True)
    assert done.sheets == ("r1/import-2", "r2/working")
    totals = [scorecards.scorecard(WANG, LINGANG, sheet).tally.total for sheet in done.sheets]
    assert (totals, kinds()["r2"]) == ([83, 78], RoundKind.SELF)
    experts = File("专家.csv", content("专家1", "专家2"))
    both = scorecard_files.import_scorecard(WANG, experts, LINGANG, "r1", "专家2", others=True)
    assert [scorecards.scorecard(WANG, LINGANG, sheet).sheet.name for sheet in both.sheets] == ["专家", "专家1"]


def test_an_exported_scheme_is_given_to_a_project_as_it_is() -> None:
    file = scheme_files.export_scheme(WANG, "self-review")
    seen = scorecard_files.preview_scorecard(WANG, file, LINGANG, "r1")
    assert str(seen.questions[0].message) == "没有得分这一列，按指标体系读取：得到一张空白的评分表。对吗？"
    done = scorecard_files.import_scorecard(WANG, file, LINGANG, "r1")
    card = scorecards.scorecard(WANG, LINGANG, done.sheet)
    assert (done.new_scheme, done.scheme.id, card.sheet.scheme) == (False, "self-review", done.scheme)
    assert (card.tally.scored, len(card.items)) == (0, len(done.scheme.indicators))


@pytest.fixture
def two_columns(tmp_path: Path) -> Path:
    path = tmp_path / "two.csv"
    path.write_bytes(content("复核得分", "自评得分"))
    return path


def asked(path: Path) -> list[dict[str, str]]:
    reply = answer(["scorecard", "import", str(path), "--project", LINGANG, "--dry-run", "--json"])
    assert reply.code == 0
    found: list[dict[str, str]] = json.loads(reply.out)["questions"]
    return found


def test_each_question_of_a_scorecard_is_answered_by_its_id(two_columns: Path) -> None:
    (question,) = asked(two_columns)
    assert (question["cell"], question["answers"]) == ("E1", ["是", "否"])
    command = ["scorecard", "import", str(two_columns), "--project", LINGANG]
    before = len(scorecards.sheets(WANG, LINGANG))
    for given, said in (
        (f"{question['id']}=否", "已答“否”"),
        ("0000=是", "没有编号为“0000”的问题"),
        ("x", "--answer 应为"),
    ):
        reply = answer([*command, "--answer", given])
        assert (reply.code == 0, said in reply.err) == (False, True)
    assert len(scorecards.sheets(WANG, LINGANG)) == before
    assert answer([*command, "--answer", f"{question['id']}=是"]).code == 0
    assert len(scorecards.sheets(WANG, LINGANG)) == before + 1


def test_a_question_left_out_of_the_answers_keeps_the_file_out(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    heading = ["一级指标", "二级指标", "三级指标", "分值", "自评得分", "复核得分"]
    path.write_bytes(as_csv([heading, ["决策", "立项", "甲", "100", "90", "80"], ["合计", "", "", "100", "", "81"]]))
    seen = scorecard_files.preview_scorecard(WANG, path, LINGANG, points="F")
    first, second = (question_id(each) for each in seen.questions[:2])
    command = ["scorecard", "import", str(path), "--project", LINGANG, "--points", "F"]
    reply = answer([*command, "--answer", f"{first}=是"])
    assert (reply.code, f"还有一处没有答复（{second}）" in reply.err) == (1, True)
    assert answer([*command, *(part for each in (first, second) for part in ("--answer", f"{each}=yes"))]).code == 0


def test_a_scheme_is_asked_about_in_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "scheme.csv"
    path.write_bytes(as_csv([REVIEW_HEADING[:4], ["过程", "管理", "甲", "60"], ["产出", "数量", "乙", "40"]]))
    reply = answer(["scheme", "import", str(path), "--dry-run", "--json"])
    (question,) = json.loads(reply.out)["questions"]
    assert answer(["scheme", "import", str(path), "--answer", f"{question['id']}=否"]).code == 1
    assert "scheme" not in {each.id for each in scheme_files.schemes(WANG)}
    assert answer(["scheme", "import", str(path), "--answer", f"{question['id']}=是"]).code == 0
    assert "scheme" in {each.id for each in scheme_files.schemes(WANG)}


def test_of_several_forms_the_command_takes_the_one_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "two-forms.csv"
    second = [["项目名称", "", "另一项目"] if row is PROJECT else row for row in FORM]
    path.write_bytes(as_csv([*FORM, [], *second]))
    refused = answer(["scorecard", "import", str(path)])
    assert (refused.code, "请用--form指明其中一张" in refused.err) == (1, True)
    done = json.loads(answer(["scorecard", "import", str(path), "--form", "2", "--json"]).out)
    assert (done["forms"], done["sheets"]) == (["示例改造", "另一项目"], ["r1/working"])
    assert scorecards.scorecard(WANG, done["project"]).project.name == "另一项目"
    assert len(ITEMS) + 1 == len(scorecards.scorecard(WANG, done["project"]).items)


def test_the_round_of_self_assessment_can_be_named() -> None:
    file = File("一列.csv", content("得分", "得分率"))
    done = scorecard_files.import_scorecard(WANG, file, LINGANG, SELF_ROUND)
    assert (done.sheet, kinds()["r2"]) == ("r2/working", RoundKind.SELF)
