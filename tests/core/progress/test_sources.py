"""Money by source and place: case 10's figures, worked by hand from its cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.model.measure import Measures
from core.model.project import Arrival, Facts, Funding, SourceMoney
from core.progress import measures
from tests.core.any_facts import AMOUNTS
from tests.core.lingang import FACTS

D = Decimal
CENTRAL, PROVINCE, SOCIETY = "中央财政补助", "省财政补助", "社会筹集"
PLACES = FACTS.places[:2]
FIRST, SECOND = PLACES


def money(place: str | None, source: str, planned: str | None, paid: str | None = None) -> SourceMoney:
    return SourceMoney(
        place, source, source, "表1 第1行", planned=D(planned) if planned else None, paid=D(paid) if paid else None
    )


ROWS = (
    money(FIRST, CENTRAL, "7538", "900"),
    money(FIRST, PROVINCE, "500"),
    money(FIRST, SOCIETY, "103.47", "103.47"),
    money(FIRST, "", "8141.47", "1003.47"),
    money(SECOND, CENTRAL, "6483", "684.12"),
    money(SECOND, PROVINCE, "417"),
    money(SECOND, SOCIETY, "100", "100"),
    money(SECOND, "", "7000", "784.12"),
)


def of(rows: tuple[SourceMoney, ...], **other: object) -> Measures:
    return Measures(measures(replace(FACTS, places=PLACES, source_money=rows, **{"funding": (), **other})))  # type: ignore[arg-type]


class TestSourcesOfTwoPlaces:
    def test_each_source_is_the_sum_of_its_places_and_no_others(self) -> None:
        found = of(ROWS)
        planned = [found.one("funding_planned", None, each).value for each in (CENTRAL, PROVINCE, SOCIETY)]
        assert planned == [D("14021"), D("917"), D("203.47")]
        assert found.one("funding_planned", None, "funding").value == D("15141.47")
        assert [found.one("funding_paid", None, each).value for each in (CENTRAL, SOCIETY)] == [
            D("1584.12"), D("203.47"),
        ]  # fmt: skip
        assert found.one("funding_paid", None, PROVINCE).value is None

    def test_a_place_has_its_own(self) -> None:
        found = of(ROWS)
        assert found.one("funding_planned", SECOND, PROVINCE).value == D("417")
        assert found.one("funding_planned", FIRST, "funding").value == D("8141.47")
        assert found.one("funding_paid", FIRST, "funding").value == D("1003.47")

    def test_the_project_and_the_places_call_a_source_by_one_name(self) -> None:
        found = of(ROWS)
        names = {x.name for x in found.all if x.id == "funding_paid" and x.basis == CENTRAL}
        assert names == {"中央财政补助已支付"}
        assert {x.name for x in found.all if x.id == "funding_arrived"} == set()

    def test_a_stated_total_stands_where_a_source_is_silent(self) -> None:
        plan = Funding(PROVINCE, PROVINCE, D(917), None, None, D(1), "一（一）")
        whole = of(ROWS, funding=(plan,)).one("funding_paid", None, "funding")
        assert (whole.value, str(whole.formula)) == (D("1787.59"), "取自表中各来源的合计")
        silent = of(tuple(row for row in ROWS if row.source), funding=(plan,)).one("funding_paid", None, "funding")
        assert (silent.value, str(silent.formula)) == (None, "省财政补助的已支付数未填报")

    def test_a_source_that_nobody_pays_from_has_no_part_in_what_was_paid(self) -> None:
        assert of(ROWS).one("funding_paid", None, "funding").value == D("1787.59")

    def test_a_place_that_is_silent_leaves_the_source_open(self) -> None:
        rows = tuple(replace(row, paid=None) if (row.place, row.source) == (SECOND, CENTRAL) else row for row in ROWS)
        found = of(rows)
        assert found.one("funding_paid", None, CENTRAL).value is None
        assert found.one("funding_paid", SECOND, "funding").value == D("784.12")

    def test_the_sum_of_the_places_goes_before_a_plan_that_the_text_states(self) -> None:
        stated = Funding(CENTRAL, CENTRAL, D(15000), None, D(3), D(1), "一（一）")
        found = of(ROWS, funding=(stated,))
        assert found.one("funding_planned", None, CENTRAL).value == D(14021)
        assert found.one("funding_paid", None, CENTRAL).value == D("1584.12")
        assert found.one("funding_arrived", None, CENTRAL).value == D(3)  # no place reports it


class TestArrivedAlone:
    """资金下达 by place, of which source is not said (case 11)."""

    ROWS = tuple(
        SourceMoney(place, "", "", "表1", arrived=D(amount))
        for place, amount in ((FIRST, "4200"), (SECOND, "3900"))
    )  # fmt: skip

    def test_all_together_and_by_place(self) -> None:
        found = of(self.ROWS)
        total = found.one("funding_arrived", None, "funding")
        assert (total.value, total.name) == (D(8100), "到位资金合计")
        assert found.one("funding_arrived", SECOND, "funding").value == D(3900)
        assert found.one("arrival_rate", None, "funding").value is None

    def test_the_project_comes_before_its_places(self) -> None:
        assert [x.place for x in of(self.ROWS).all if x.id == "funding_arrived"] == [None, FIRST, SECOND]

    def test_single_arrivals_go_first(self) -> None:
        arrivals = (Arrival("一般债券", FACTS.as_of, D(5), "到位表 第1行"),)
        found = of(self.ROWS, arrivals=arrivals)
        assert found.one("funding_arrived", None, "funding").value == D(5)
        assert found.one("funding_arrived", None, "一般债券").value == D(5)


@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from("中省市区县乡镇村社"), AMOUNTS),
        min_size=1, unique_by=lambda row: row[:2],
    )
)  # fmt: skip
def test_every_amount_counts_once_for_its_source_its_place_and_in_all(rows: list[tuple[str, str, Decimal]]) -> None:
    facts: Facts = replace(
        FACTS, places=PLACES, funding=(),
        source_money=tuple(SourceMoney(place, source, source, "表", paid=paid) for place, source, paid in rows),
    )  # fmt: skip
    found = Measures(measures(facts))
    for source in {row[1] for row in rows}:
        assert found.one("funding_paid", None, source).value == sum(row[2] for row in rows if row[1] == source)
    for place in {row[0] for row in rows}:
        assert found.one("funding_paid", place, "funding").value == sum(row[2] for row in rows if row[0] == place)
    assert found.one("funding_paid", None, "funding").value == sum(row[2] for row in rows)
