"""What a column that was not understood might be is offered, and never taken without a person."""

from __future__ import annotations

from core.ingest.project_tables.facts import FactsReading
from tests.core.ingest.project_tables.test_facts import BASE, as_csv, reading, said


def offered(found: FactsReading) -> dict[str, list[str]]:
    """Of each column that was not read, the fields that it might be."""
    return {each.heading: [guess.field for guess in each.suggestions] for each in found.columns if not each.field}


def test_words_names_numbers_and_sums_are_offered() -> None:
    rows = [
        ["单元", "款去向", "累计拨付工程款情况", "量", "备注"],
        ["甲镇", 30, 20, 400, "正常"],
        ["乙镇", 40, 40, 500, "缓慢"],
        ["合计", 70, 60, 900, ""],
    ]
    found = reading("a.csv", as_csv(rows), previous=BASE)
    guesses = offered(found)
    assert guesses["单元"][0] == "place"
    assert guesses["款去向"][0] == "invested"  # 30 + 40 is what was invested before
    assert guesses["累计拨付工程款情况"][0] == "paid"
    assert guesses["量"][0] == "households"  # 400 + 500
    assert guesses["备注"] == []
    assert all(each.field == "" for each in found.columns)
    assert len(said(found)) == 1
    assert "“单元”可能是街镇（各行都是街镇的名称）" in str(found.unread[-1].message)


def test_a_field_that_is_read_already_is_not_offered() -> None:
    rows = [
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）", "投入"],
        ["甲镇", 100, 30, 20, 30],
        ["乙镇", 200, 40, 40, 40],
    ]
    found = reading("a.csv", as_csv(rows), previous=BASE)
    assert found.facts is not None
    assert "invested" not in offered(found)["投入"]


def test_two_sums_that_are_alike_are_both_offered() -> None:
    rows = [["街镇", "概算（万元）", "去向一", "去向二"], ["甲镇", 100, 30, 30], ["乙镇", 200, 40, 40]]
    guesses = offered(reading("a.csv", as_csv(rows), previous=BASE))
    assert guesses["去向一"][0] == guesses["去向二"][0] == "invested"
