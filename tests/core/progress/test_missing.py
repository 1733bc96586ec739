"""What a project has not reported, one line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.model.project import Facts, Project
from core.progress.missing import chart_missing, lacks, missing
from tests.core.lingang import FACTS as LINGANG

BLANK = Facts(Project("p", "某项目", (), "", None, "某表"), "p@x", date(2025, 6, 30), (), (), (), (), (), (), ())


def test_the_sample_lacks_nothing() -> None:
    assert missing(LINGANG) == ()


def test_a_project_of_a_name_alone_lacks_all() -> None:
    assert [(each.id, each.fill_in) for each in missing(BLANK)] == [
        ("money", "file"),
        ("homes", "file"),
        ("baseline", "entry"),
        ("funding", "entry"),
        ("approval", "entry"),
    ]


@pytest.mark.parametrize(
    ("without", "name"),
    [
        (replace(LINGANG, spend=()), "money"),
        (replace(LINGANG, renovation=()), "homes"),
        (replace(LINGANG, baselines=()), "baseline"),
        (replace(LINGANG, funding=()), "funding"),
    ],
)
def test_each_is_named_where_it_is_missing(without: Facts, name: str) -> None:
    assert [each.id for each in missing(without)] == [name]
    assert lacks(without, name) is not None
    assert lacks(LINGANG, name) is None


def test_payment_over_time_waits_for_planned_time_estimate_and_what_streets_do_not_say() -> None:
    assert chart_missing(LINGANG) == ()
    assert [each.id for each in chart_missing(replace(LINGANG, baselines=(), funding=()))] == ["baseline"]
    unsaid = replace(LINGANG, spend=(replace(LINGANG.spend[0], paid=None, paid_raw=""), *LINGANG.spend[1:]))
    assert [each.id for each in chart_missing(unsaid)] == ["places"]
