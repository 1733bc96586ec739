from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from core.errors import UnknownName
from core.model.context import SYSTEM, Version
from core.model.project import Baseline, BudgetGroup
from core.model.scorecard import Grade, Status
from core.store import read, snapshots
from core.store.database import Store
from tests.core.quarters import march
from tests.core.store.conftest import PROJECT, WORKING, altered

PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")
D = Decimal


def test_facts_1_comes_back_exactly(store: Store) -> None:
    facts = read.facts(store, PROJECT)
    assert facts.places == PLACES
    assert facts.as_of == date(2024, 12, 31)
    # Compared as text: money has no zeros of its column's scale, and 8000 is not 8E+3.
    assert [(s.place, str(s.invested), str(s.paid)) for s in facts.spend] == [
        ("璜土镇", "2164", "2164"),
        ("夏港街道", "2627", "2627"),
        ("申港街道", "1900", "1900"),
        ("利港街道", "1309", "1309"),
    ]
    assert [
        (r.place, r.communities, r.communities_second, r.buildings, r.households, str(r.area)) for r in facts.renovation
    ] == [
        ("璜土镇", 5, 5, 128, 4520, "39"),
        ("夏港街道", 9, 9, 254, 8400, "112.38"),
        ("申港街道", 9, 9, 193, 6542, "77"),
        ("利港街道", 5, 5, 205, 6848, "102.29"),
    ]
    assert facts.budget_groups == (
        BudgetGroup("estimate", D(15000), PLACES, "报告 一（一）5 资金明细表 概算金额列（一个单元格覆盖四行）"),
    )
    assert [
        (f.source, f.name, str(f.planned), str(f.paid), f.arrived, str(f.planned_share)) for f in facts.funding
    ] == [
        ("bond", "专项债", "12000", "8000", None, "0.8"),
        ("budget", "财政预算资金", "3000", "0", None, "0.2"),
    ]


def test_the_raw_cells_stand_beside_the_values(store: Store) -> None:
    facts = read.facts(store, PROJECT)
    assert [line.serial_raw for line in facts.spend] == ["1", "2", "3", "2"]
    assert [line.serial_raw for line in facts.renovation] == ["1", "2", "3", "2"]
    assert [line.estimate_raw for line in facts.spend] == ["15,000.00", "", "", ""]
    assert [line.paid_raw for line in facts.spend] == ["2,164.00 ", "2,627.00", "1,900.00", "1,309.00"]
    assert facts.spend[0].invested_raw == "2,164.00 "
    first = facts.renovation[0]
    assert (first.communities_raw, first.buildings_raw, first.households_raw, first.area_raw) == (
        "（总）5-5个",
        "128栋",
        "4520户",
        "39万平方米",
    )


def test_the_project_its_times_and_its_claims(store: Store) -> None:
    facts = read.facts(store, PROJECT)
    project = facts.project
    assert (project.id, project.name) == (PROJECT, "2023年度申港、夏港区域老小区改造项目")
    assert project.title_places == ("申港街道", "夏港街道")
    assert (project.approval, project.approved_on) == ("澄港开委投〔2022〕41号", date(2022, 10, 18))
    assert [(b.id, b.start, b.end, b.default) for b in facts.baselines] == [
        ("2306-2512", date(2023, 6, 1), date(2025, 12, 31), True),
        ("2301-2612", date(2023, 1, 1), date(2026, 12, 31), False),
        ("2301-2512", date(2023, 1, 1), date(2025, 12, 31), False),
        ("2306-2612", date(2023, 6, 1), date(2026, 12, 31), False),
    ]
    assert isinstance(facts.default_baseline, Baseline)
    assert {claim.id: claim.value for claim in facts.claims} == {
        "total_estimate": D(15000),
        "total_invested": D(8000),
        "total_paid": D(8000),
        "total_communities": D(28),
        "total_buildings": D(780),
        "total_households": D(26310),
        "total_area": D("330.67"),
        "share_bond": D("0.8"),
        "share_budget": D("0.2"),
        "utilisation": D(1),
        "reported_score": D(93),
        "title_places": D(2),
        "goals_achieved": D(1),
        "construction_state": D(0),
        "finished": D(0),
        "satisfaction_below_target": D(1),
        "stage_goal": D(0),
        "problem_count": D(2),
        "problem_quantified": D(0),
        "approval_funding": D(1),
        "approval_stage": D(15000),
        "plan_stage": D(15000),
        "estimate_stage": D(15000),
        "title_period": D(2023),
        "scope_period": D(2026),
        "planned_finish": D(2025),
        "start_precision": D(0),
        "policy_deadline": D(2025),
        "residue_words": D(5),
        "residue_bookmarks": D(2),
        "residue_numbering": D(1),
    }
    assert all(claim.source.startswith("报告 ") for claim in facts.claims)
    assert read.projects(store) == (project,)
    assert read.project_names(store) == {project.id: project.name}


def test_the_sheets_and_their_scheme(store: Store) -> None:
    working, other = read.sheets(store, PROJECT)
    assert (working.id, working.name, working.reconstruction) == (WORKING, "初评工作表", True)
    assert (other.id, other.name, other.reconstruction) == ("r1/recon-b", "还原稿B", True)
    indicators = working.scheme.indicators
    assert (working.scheme.id, working.scheme.version, len(indicators)) == ("old-community-32", 1, 32)
    weights = {l1: sum(i.weight for i in indicators if i.l1 == l1) for l1 in ("决策", "过程", "产出", "效益")}
    assert weights == {"决策": 15, "过程": 25, "产出": 35, "效益": 25}
    assert [indicator.code for indicator in indicators[:3]] == ["A11", "A12", "A13"]
    floor = working.scheme.indicator("C12")
    assert floor is not None
    assert (str(floor.weight), floor.kind, floor.params["floor"]) == ("6.00", "ratio_floor", D("0.6"))
    assert working.grade_scheme.id == "mof"
    assert working.grade_scheme.grades == (
        Grade("优", D(90)),
        Grade("良", D(80)),
        Grade("中", D(60)),
        Grade("差", D(0)),
    )
    assert read.sheet(store, PROJECT, WORKING) == working


@pytest.mark.parametrize("sheet", [WORKING, "r1/recon-b"])
def test_both_reconstructions_add_up_to_93_as_examples_by_the_system(store: Store, sheet: str) -> None:
    scores = read.scores(store, PROJECT, sheet)
    assert len(scores) == 32
    assert str(sum(event.points for event in scores.values() if event.points is not None)) == "93.00"
    assert {(e.revision, e.status, e.actor, e.actor_name) for e in scores.values()} == {
        (1, Status.EXAMPLE, "system", "系统")
    }
    assert {event.note for event in scores.values()} == {"规则", "判断", "规则外"}
    assert scores["D42"].reason == "噪声、出行、扬尘三类扰民"
    assert altered(store, PROJECT, sheet) is None


def test_history_is_ordered_by_time(store: Store) -> None:
    events = read.history(store, PROJECT, WORKING)
    assert len(events) == 32
    assert all(a.made_at < b.made_at for a, b in pairwise(events))
    assert [event.code for event in read.history(store, PROJECT, WORKING, "B11")] == ["B11"]


def test_a_moment_before_the_first_event_knows_no_scores(store: Store) -> None:
    first = read.history(store, PROJECT, WORKING)[0].made_at
    assert read.scores(store, PROJECT, WORKING, Version(moment=first - timedelta(microseconds=1))) == {}
    assert list(read.scores(store, PROJECT, WORKING, Version(moment=first))) == ["A11"]
    assert len(read.scores(store, PROJECT, WORKING, Version(moment=datetime(2999, 1, 1)))) == 32


def test_what_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(UnknownName, match="没有编号为“x”的项目"):
        read.facts(store, "x")
    with pytest.raises(UnknownName, match="在数据批次“then”时没有数据"):
        read.facts(store, PROJECT, Version(batch="then"))
    with pytest.raises(UnknownName, match="项目“lingang-2023”没有评分表“r9/x”"):
        read.sheet(store, PROJECT, "r9/x")
    assert read.projects(store, Version(batch="then")) == ()
    assert read.project_names(store, Version(batch="then")) == {}
    assert read.sheets(store, "x") == ()
    assert read.scores(store, PROJECT, "r9/x") == {}
    assert read.known_edits(store, PROJECT, WORKING, []) == {}


def later_batch(store: Store, name: str, as_of: date, made_at: datetime) -> None:
    with store.writing("data") as session:
        session.insert(
            "import_batch",
            [
                {
                    "id": name,
                    "project": PROJECT,
                    "as_of": as_of,
                    "source": "x",
                    "actor": "a",
                    "actor_name": "",
                    "made_at": made_at,
                }
            ],
        )
        session.insert(
            "project",
            [
                {
                    "batch": name,
                    "seq": 2,
                    "id": PROJECT,
                    "name": name,
                    "title_places": "",
                    "approval": "x",
                    "approved_on": as_of,
                    "source": "x",
                }
            ],
        )


def test_the_newest_figures_count_and_an_earlier_batch_stays_readable(store: Store) -> None:
    seed = read.facts(store, PROJECT).batch
    later_batch(store, "june", date(2025, 6, 30), datetime(2999, 1, 1))
    later_batch(store, "late-delivery", date(2023, 12, 31), datetime(2999, 1, 2))
    newest = read.facts(store, PROJECT)
    assert (newest.batch, newest.as_of, newest.project.title_places) == ("june", date(2025, 6, 30), ())
    assert (newest.spend, newest.claims) == ((), ())
    assert read.facts(store, PROJECT, Version(batch=seed)).as_of == date(2024, 12, 31)
    assert read.facts(store, PROJECT, Version(batch="late-delivery")).batch == "june"
    assert [project.name for project in read.projects(store)] == ["june"]


def test_the_facts_of_many_batches_are_those_of_each(store: Store) -> None:
    seed = read.facts(store, PROJECT)
    snapshots.add(store, march(seed), SYSTEM)
    newest = read.facts(store, PROJECT)
    both = read.facts_of_batches(store, {seed.batch: seed.as_of, newest.batch: newest.as_of, "none": seed.as_of})
    assert both == {seed.batch: seed, newest.batch: newest}
    assert read.facts_of_batches(store, {}) == {}
