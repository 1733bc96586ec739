"""The demo store: a second project that shows everything, and says 演示数据 wherever it is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import answer
from core.errors import RenewalError, StoreError
from core.model.context import Actor, Context
from core.model.panel_events import SheetState
from core.render import plotly
from core.service.base import open_store, project
from core.service.briefing import frames
from core.service.evidence import data_checks, findings
from core.service.manage import demo, portfolio
from core.service.manage.portfolio import PortfolioAsked
from core.service.progress import money_and_households, overview
from core.service.scoring import rounds
from core.store import read, snapshots
from deploy import demo as command
from tests.core.by_id import by_id

CTX = Context(Actor("browser-wang", "王工"))
D = Decimal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demo.make(path)
    return path


@pytest.fixture
def opened(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RENEWAL_STORE", str(made))
    open_store.close()
    yield
    open_store.close()


def test_it_is_one_whole_file_and_nothing_else_is_left(made: Path) -> None:
    assert [path.name for path in made.parent.iterdir()] == ["demo.duckdb"]


@pytest.mark.usefixtures("opened")
class TestTheDemo:
    def test_the_invented_project_stands_beside_the_sample(self) -> None:
        assert [p.id for p in project.projects(CTX)] == [demo.ID, "lingang-2023"]

    def test_four_snapshots_a_half_year_apart_with_their_detail(self) -> None:
        series = read.series(open_store.store(), demo.ID)
        assert [sum(line.paid for line in each.spend) for each in series] == [900, 2700, 4800, 7100]
        for each in series:
            assert sum(f.paid for f in each.funding) == sum(line.paid for line in each.spend)
            sums = {found.place: found for found in read.community_sums(open_store.store(), each)}
            for spent, scope in zip(each.spend, each.renovation, strict=True):
                detail = sums[spent.place]
                assert (detail.communities, detail.paid) == (scope.communities, spent.paid)
                assert (detail.buildings, detail.households, detail.area) == (
                    scope.buildings,
                    scope.households,
                    scope.area,
                )
        assert len(snapshots.snapshots(open_store.store(), demo.ID)) == 4

    def test_four_evaluators_have_submitted_and_the_panel_has_a_sheet(self) -> None:
        view = rounds.round_of(CTX, demo.ID, "r1")
        own = [sheet for sheet in view.sheets if sheet.owner_name]
        assert [sheet.state for sheet in own] == [SheetState.SUBMITTED] * 4
        assert all(sheet.scored == sheet.items for sheet in own)
        assert view.panel is not None
        assert view.panel.scored == view.panel.items

    def test_its_score_is_one_wherever_it_heads(self) -> None:
        """No wrong number, A6: 4.50, 4.00, 5.00 and 3.50 off, item by item 0.50+0.87+1.87+1.00: 95.76."""
        card = by_id(overview.overview(CTX, demo.ID).cards)["score"]
        assert str(card.caveat) == "初评·评审组评分表合计95.76，已确认32/32"
        figures = {each.label: each for each in by_id(frames.frames(CTX, demo.ID))["scorecard"].figures}
        assert (figures["得分"].value, figures["得分"].caveat) == ("95.76分", "初评 · 评审组评分表")

    def test_findings_stand_in_every_state_and_one_is_late(self) -> None:
        view = findings.findings(CTX, demo.ID)
        assert {each.state for each in view.items} == {"open", "working", "done", "reviewed"}
        assert view.progress.overdue == 1
        assert len({each.point.kind for each in view.items}) == 2

    def test_every_picture_says_that_it_is_a_demonstration(self) -> None:
        pages = (
            overview.overview(CTX, demo.ID),
            money_and_households.budget(CTX, demo.ID),
            money_and_households.beneficiaries(CTX, demo.ID),
        )
        panels = [panel for page in pages for panel in page.panels]
        panels.append(portfolio.portfolio(CTX, PortfolioAsked()).panel)  # type: ignore[arg-type]
        assert len(panels) > 8
        for each in panels:
            assert "演示数据" in json.dumps(
                plotly.drawn(each).to_dict()["layout"]["annotations"], default=str, ensure_ascii=False
            ), each.id

    def test_there_is_something_to_check(self) -> None:
        assert {found.status for found in data_checks.checks(CTX, demo.ID)} >= {"P", "W", "E"}

    def test_the_sample_is_as_shipped(self) -> None:
        assert "演示" not in project.facts(CTX, "lingang-2023").project.name
        shipped = findings.findings(CTX, "lingang-2023").items
        assert [(each.state, each.owner, each.due, each.point.actor) for each in shipped] == [
            ("open", "", None, "system")
        ] * 6


def test_what_is_there_is_never_replaced(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = made.read_bytes()
    with pytest.raises(StoreError, match="已经存在，未改动"):
        demo.make(made)
    assert command.main(made) == 0
    assert "未改动" in capsys.readouterr().out
    assert made.read_bytes() == before


def test_the_command_writes_it_and_leaves_the_surroundings_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "nothing there"))
    path = tmp_path / "demo.duckdb"
    assert command.main(path) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["demo.duckdb"]
    assert f"RENEWAL_STORE={path} make run" in capsys.readouterr().out


def test_what_goes_wrong_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RenewalError(demo.Message("磁盘已满"))

    monkeypatch.setattr(demo, "_score", fail)
    assert command.main(tmp_path / "demo.duckdb") == 1
    assert capsys.readouterr().err == "磁盘已满\n"
    assert list(tmp_path.iterdir()) == []


class TestEmpty:
    @pytest.fixture
    def default(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        path = tmp_path / "renewal.duckdb"
        monkeypatch.setattr(open_store, "DEFAULT", path)
        monkeypatch.delenv("RENEWAL_STORE", raising=False)
        open_store.close()
        yield path
        open_store.close()

    def test_a_store_without_the_sample_has_the_schemes_and_no_project(self, default: Path) -> None:
        assert "已建立数据文件" in answer(["init", "--empty"]).out
        assert default.exists()
        assert project.projects(CTX) == ()
        assert {scheme.id for scheme in read.schemes(open_store.store())} >= {"old-community-32", "general-2020"}
        assert portfolio.portfolio(CTX, PortfolioAsked()).lines == ()

    def test_what_is_there_stays(self, default: Path) -> None:
        answer(["init", "--empty"])
        open_store.close()
        assert "数据文件已存在，未改动" in answer(["init"]).out
        assert project.projects(CTX) == ()

    def test_a_project_can_come_into_it(self, default: Path) -> None:
        answer(["init", "--empty"])
        snapshots.add(open_store.store(), demo.facts(0), CTX.actor, communities=demo.communities(0))
        assert [p.id for p in project.projects(CTX)] == [demo.ID]
        assert overview.overview(CTX, demo.ID).cards

    def test_without_empty_the_sample_is_there(self, default: Path) -> None:
        answer(["init"])
        assert [p.id for p in project.projects(CTX)] == ["lingang-2023"]


def test_checks_as_json_have_their_answers(store_path: Path) -> None:
    data_checks.answer(CTX, "lingang-2023", "14", "第二个数是完工数")
    found = json.loads(answer(["checks", "--json"]).out)
    assert {each["id"]: each["answer"] and each["answer"]["text"] for each in found if each["id"] in ("13", "14")} == {
        "13": None,
        "14": "第二个数是完工数",
    }


def test_its_communities_keep_their_cells_apart_from_what_is_told_of_them() -> None:
    for number in range(len(demo.DAYS)):
        for each in demo.communities(number):
            assert (each.built, each.renewal, each.said) == (None, None, None)
            assert each.name in json.loads(each.raw).values()
