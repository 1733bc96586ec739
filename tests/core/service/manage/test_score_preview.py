"""No wrong number, C14: what a score table or a scheme would bring is seen before anything is written."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import answer
from core.errors import InputError, NameNeeded
from core.model.context import Actor, Context
from core.service.base import open_store
from core.service.base.file import File
from core.service.manage import scheme_files, scorecard_files
from core.service.scoring import scorecards
from core.store import read
from tests.core.ingest.score_tables.test_points_columns import NAMES, WEIGHTS, table

WANG = Context(Actor("browser-wang", "王工"))
LATER, OTHER = (8, 15, 35, 25), (7, 14, 33, 24)


def content(*titles: str) -> bytes:
    """Four items with 83 points under the first heading and 78 under the second."""
    return "\n".join(",".join(row) for row in table(list(zip(titles, (LATER, OTHER), strict=True)))).encode()


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "two-experts.csv"
    path.write_bytes(content("专家1", "专家2"))
    return path


def counts() -> tuple[int, int, int]:
    store = open_store.store()
    projects = read.projects(store)
    return len(projects), len(read.schemes(store)), sum(len(read.sheets(store, each.id)) for each in projects)


@pytest.mark.usefixtures("store_path")
class TestPreview:
    def test_it_says_what_would_come_and_writes_nothing(self) -> None:
        before = counts()
        file = File("two-stages.csv", content("复核得分", "自评得分"))
        seen = scorecard_files.preview_scorecard(WANG, file)
        assert counts() == before
        assert seen.imported is not None
        assert (seen.imported.project, seen.imported.sheet, seen.problems) == ("two-stages", "r1/working", ())
        assert (seen.scored, seen.total, [each.title for each in seen.columns]) == (4, 83, ["复核得分", "自评得分"])
        assert [row.indicator.l3 for row in seen.rows] == list(NAMES)
        done = scorecard_files.import_scorecard(WANG, file)
        assert (done.project, done.sheet, done.notes) == ("two-stages", "r1/working", seen.questions)
        assert scorecards.scorecard(WANG, done.project).tally.total == Decimal(83)

    def test_what_has_to_be_asked_is_not_imported_until_it_is_said(self, asked: Path) -> None:
        seen = scorecard_files.preview_scorecard(WANG, asked)
        assert (seen.imported, seen.read, [each.letter for each in seen.columns]) == (None, None, ["E", "F"])
        with pytest.raises(InputError) as caught:
            scorecard_files.import_scorecard(WANG, asked)
        assert caught.value.problems == seen.problems
        done = scorecard_files.import_scorecard(WANG, asked, points="专家2")
        assert scorecards.scorecard(WANG, done.project).tally.total == Decimal(78)

    def test_a_scheme_leaves_the_points_alone(self, asked: Path) -> None:
        before = counts()
        seen = scheme_files.preview_scheme(WANG, asked)
        assert counts() == before
        assert seen.imported is not None
        assert (seen.imported.scheme.id, seen.imported.new_scheme) == ("two-experts", True)
        assert [row.indicator.weight for row in seen.rows] == list(WEIGHTS)
        scheme_files.import_scheme(WANG, asked)
        again = scheme_files.preview_scheme(WANG, asked).imported
        assert again is not None
        assert not again.new_scheme

    def test_whoever_has_no_name_sees_none(self, asked: Path) -> None:
        nobody = Context(Actor("browser-nobody"))
        with pytest.raises(NameNeeded):
            scorecard_files.preview_scorecard(nobody, asked)
        with pytest.raises(NameNeeded):
            scheme_files.preview_scheme(nobody, asked)


@pytest.mark.usefixtures("store_path")
class TestCommand:
    def test_a_dry_run_says_what_would_come(self, tmp_path: Path) -> None:
        file = tmp_path / "two-stages.csv"
        file.write_bytes(content("复核得分", "自评得分"))
        before = counts()
        for command, sheet, project in (("scorecard", "r1/working", "two-stages"), ("scheme", None, None)):
            reply = answer([command, "import", str(file), "--dry-run", "--json"])
            said = json.loads(reply.out)
            assert (reply.code, said["project"], said["sheet"]) == (0, project, sheet)
            assert (said["scheme"], said["version"], said["new_scheme"], said["problems"]) == (
                "two-stages",
                1,
                True,
                [],
            )
        assert counts() == before
        reply = answer(["scorecard", "import", str(file), "--dry-run", "--json"])
        said = json.loads(reply.out)
        assert (said["points"], said["columns"]) == ("复核得分", ["复核得分", "自评得分"])
        (question,) = said["questions"]
        assert (question["sheet"], question["cell"]) == ("", "E1")
        assert question["message"] == "有2列得分。按“复核得分（E列）”计分，未读取：自评得分（F列）。对吗？"
        plain = answer(["scorecard", "import", str(file), "--dry-run"])
        assert plain.out == "project: two-stages\nsheet: r1/working\n"
        assert "未读取：自评得分" in plain.err
        assert counts() == before
        done = answer(["scorecard", "import", str(file), "--json"])
        assert json.loads(done.out)["project"] == "two-stages"
        assert counts() == (before[0] + 1, before[1] + 1, before[2] + 1)

    def test_the_column_is_chosen_by_heading_or_letter(self, asked: Path) -> None:
        before = counts()
        for more in ([], ["--dry-run"]):
            reply = answer(["scorecard", "import", str(asked), *more])
            assert (reply.code, reply.out) == (1, "")
            assert "有2列得分：专家1（E列）、专家2（F列），看不出以哪一列为准。" in reply.err
            assert "--points F" in reply.err
        reply = answer(["scorecard", "import", str(asked), "--json"])
        assert (reply.code, len(json.loads(reply.out)["problems"])) == (1, 1)
        assert counts() == before
        for points, total in (("专家1", "83.00"), ("F", "78.00")):
            reply = answer(["scorecard", "import", str(asked), "--points", points, "--json"])
            project = json.loads(reply.out)["project"]
            card = json.loads(answer(["scorecard", "--project", project, "--json"]).out)
            assert (reply.code, card["total"]) == (0, total)

    def test_problems_come_as_json_too(self, tmp_path: Path) -> None:
        file = tmp_path / "bad.csv"
        file.write_text("一级指标,二级指标,三级指标,分值\n决策,立项,依据,40\n过程,资金,执行,50\n", encoding="utf-8")
        reply = answer(["scheme", "import", str(file), "--json"])
        said = json.loads(reply.out)
        assert (reply.code, said["scheme"], len(said["problems"]), said["problems"][0]["cell"]) == (1, None, 1, "D2:D3")
