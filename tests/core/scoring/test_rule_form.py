"""A rule's params as fields, and back: whatever a form says of a valid rule is that rule."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Message
from core.scoring.read_rule import KINDS, read_rule
from core.scoring.rule_form import FORMS, begun, params_of, typed_of

D = Decimal

SHIPPED = [
    (row["kind"], json.loads(row["params"]))
    for path in sorted((Path(__file__).parents[3] / "data" / "schemes").glob("*.csv"))
    if path.stem not in ("grades", "scheme")
    for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())
]
percents = st.decimals(0, 100, places=2)


def test_every_kind_has_a_form_and_begins_as_a_rule() -> None:
    assert set(FORMS) == set(KINDS)
    for kind in KINDS:
        assert not isinstance(read_rule(kind, begun(kind)), Message), kind


@pytest.mark.parametrize(("kind", "params"), SHIPPED)
def test_a_shipped_rule_is_the_same_behind_its_form(kind: str, params: dict[str, Any]) -> None:
    again = params_of(kind, typed_of(kind, params), params)
    assert read_rule(kind, again) == read_rule(kind, params)
    assert set(again) == set(params)


def test_shares_are_shown_in_per_cent_and_a_difference_as_two_figures() -> None:
    params = {"input": "abs(paid_rate-physical_progress)", "unit": "pp", "bands": [[10, 1], [20, 0.6], [None, 0]]}
    typed = typed_of("interval", params)
    assert typed == {
        "input": "paid_rate",
        "less": "physical_progress",
        "unit": "pp",
        "better": "less",
        "bands": [[D(10), D(100)], [D(20), D(60)], [None, D(0)]],
    }
    # The other way round, of one figure alone: more is better.
    assert params_of("interval", {**typed, "less": None, "better": "more"}, params) == {
        "input": "paid_rate",
        "unit": "pp",
        "bands_min": [[D(10), D(1)], [D(20), D("0.6")], [None, D(0)]],
    }


def test_what_no_field_knows_is_kept_and_a_blank_field_is_no_param() -> None:
    params = {"numerator": "items_done", "denominator": "items_approved", "cap": 1, "given": {"items_approved": 11}}
    typed = {**typed_of("ratio", params), "cap": None}
    assert params_of("ratio", typed, params) == {
        "numerator": "items_done",
        "denominator": "items_approved",
        "given": {"items_approved": 11},
    }
    left = params_of("ratio", {**typed, "numerator": None}, params)
    assert str(read_rule("ratio", left)) == "计分规则“比率”缺少分子（numerator）。"


def test_an_item_without_a_rule_has_no_fields() -> None:
    assert typed_of("judgement", {}) == {}


@settings(max_examples=100)
@given(
    edges=st.lists(percents, min_size=2, max_size=9, unique=True),
    shares=st.lists(percents, min_size=9, max_size=9),
    more=st.booleans(),
)
def test_any_bands_come_back(edges: list[D], shares: list[D], more: bool) -> None:
    falling, best = sorted(edges, reverse=more), sorted(shares, reverse=True)
    bands = [[edge, share] for edge, share in zip(falling, best, strict=False)]
    bands[-1][0] = None
    typed = {"input": "coverage", "less": None, "unit": "倍", "better": "more" if more else "less", "bands": bands}
    params = params_of("interval", typed)
    assert not isinstance(read_rule("interval", params), Message)
    # As the store gives them back.
    again = typed_of("interval", json.loads(json.dumps(params, default=float), parse_float=D))
    assert again == typed


@settings(max_examples=100)
@given(st.lists(percents, min_size=3, max_size=9))
def test_any_levels_come_back(edges: list[D]) -> None:
    cut = sorted(edges, reverse=True)
    typed = {"levels": [[f"第{at}档", high, low] for at, (high, low) in enumerate(pairwise(cut))]}
    params = params_of("judgement", typed)
    assert typed_of("judgement", json.loads(json.dumps(params, default=float), parse_float=D)) == typed
