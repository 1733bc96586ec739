"""What is downloaded to be edited reads back the same, whatever the figures and names are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.briefing.data_sheet import data_xlsx
from core.ingest.files.document import read_document
from core.ingest.project_tables.facts import Background, FactsReading, read_facts
from core.ingest.report_text.claims import find_claims, find_stated
from core.model.project import (
    FUNDING_NAMES,
    Arrival,
    BudgetGroup,
    Community,
    Delivery,
    Facts,
    Funding,
    Milestone,
    SourceMoney,
)
from tests.core.lingang import FACTS
from tests.core.service.manage.test_import_files import known

D = Decimal
MONEY = st.decimals(0, 10**7, places=6)
AREA = st.decimals(0, 999, places=2)
SHARE = st.none() | st.decimals(0, 1, places=4)
FEW = st.none() | st.integers(0, 5)
COUNT = st.integers(0, 10**5)
DAYS = st.dates(date(2000, 1, 1), date(2024, 12, 31))
SOURCES = ("bond", "budget", "一般债券", "居民自筹")
NAMES = st.text(st.sampled_from("=+-@'\"<*甲乙丙村1"), min_size=1, max_size=6).map(lambda text: f"{text}园")


@st.composite
def filled(draw: st.DrawFn) -> Facts:
    """The shipped project with other figures, some of the optional tables and any split of the approved amounts."""
    places = FACTS.places
    cut = draw(st.integers(1, len(places)))
    parts = [part for part in (places[:cut], places[cut:]) if part]
    groups = tuple(BudgetGroup(f"g{n}", draw(MONEY), part, "") for n, part in enumerate(parts))
    of_place = {place: group.id for group in groups for place in group.places}
    changes = st.none() | st.decimals(-(10**6), 10**6, places=6)
    work = [
        Delivery(
            place, "", draw(SHARE), draw(FEW), draw(FEW), draw(FEW), draw(SHARE), None,
            *(draw(FEW) for _ in range(4)), draw(st.none() | MONEY), draw(changes),
        )
        for place in draw(st.sets(st.sampled_from(places)))
    ]  # fmt: skip
    arrivals = draw(
        st.lists(
            st.builds(Arrival, st.sampled_from(("bond", "budget", "一般债券", "居民自筹")), DAYS, MONEY, st.just("")),
            max_size=3,
        )
    )
    marks = [
        Milestone(name, draw(st.none() | DAYS), draw(DAYS), "", draw(st.none() | st.sampled_from(places)))
        for name in draw(st.sets(st.sampled_from(("批复", "开工", "竣工"))))
    ]
    return replace(
        FACTS,
        budget_groups=groups,
        spend=tuple(
            replace(line, invested=draw(MONEY), paid=draw(MONEY), budget_group=of_place[line.place])
            for line in FACTS.spend
        ),
        renovation=tuple(
            replace(line, buildings=draw(COUNT), households=draw(COUNT), area=draw(AREA)) for line in FACTS.renovation
        ),
        deliveries=tuple(row for place in places for row in work if row.place == place and _says(row)),
        arrivals=tuple(arrivals),
        milestones=tuple(marks),
    )


def _says(row: Delivery) -> bool:
    return any(value is not None for name, value in vars(row).items() if name not in ("place", "source", "raw"))


def read_back(content: bytes, before: Facts) -> FactsReading:
    document = read_document("现有数据.xlsx", content)
    assert document.problems == ()
    return read_facts(
        document,
        Background(
            project=before.project.id,
            batch="again",
            as_of=None,
            today=date(2026, 1, 1),
            previous=before,
            mapping={},
            stated=find_stated(document.paragraphs, before.places),
            claims=find_claims(document.paragraphs),
        ),
    )


@settings(max_examples=40)
@given(filled())
def test_every_figure_reads_back_the_same(before: Facts) -> None:
    reading = read_back(data_xlsx(before), before)
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert reading.facts is not None
    assert known(reading.facts) == known(before)
    assert reading.facts.as_of == before.as_of


PLANS = st.lists(
    st.tuples(
        st.sampled_from((*SOURCES, "中央财政补助", "省财政补助")), st.decimals(1, 10**6, places=2), st.none() | MONEY,
        st.none() | MONEY,
    ),
    max_size=5,
    unique_by=lambda plan: plan[0],
)  # fmt: skip


@settings(max_examples=30)
@given(PLANS)
@example([("bond", D(12000), D(8000), D(12000)), ("居民自筹", D(50), None, D(40)), ("budget", D(3000), D(0), None)])
def test_money_of_each_source_of_the_whole_project_reads_back_the_same(
    plans: list[tuple[str, Decimal, Decimal | None, Decimal | None]],
) -> None:
    funding = [
        Funding(source, FUNDING_NAMES.get(source, source), planned, paid, arrived, D(0), "")
        for source, planned, paid, arrived in plans
    ]
    before = replace(FACTS, funding=tuple(funding), claims=())
    # Nothing of it is known beforehand: it is the file that says so.
    reading = read_back(data_xlsx(before), replace(before, funding=()))
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert reading.facts is not None
    # Of bonds and budget alone a text has to say what was paid: else it is not taken for the plan.
    told = {source for source, *_ in plans} - {"bond", "budget"} or all(paid is not None for _, _, paid, _ in plans)
    read = {each.source: (each.planned, each.paid, each.arrived) for each in reading.facts.funding}
    assert read == ({source: tuple(amounts) for source, *amounts in plans} if told else {})
    assert [each for each in reading.unread if "资金筹措" in str(each.sentence())] == []


def test_a_source_by_a_name_that_no_sentence_tells_goes_on_as_it_is() -> None:
    odd = Funding("某处", "某处", D(5), D(1), None, D(1), "")
    before = replace(FACTS, funding=(odd, *FACTS.funding))
    reading = read_back(data_xlsx(before), before)
    assert reading.facts is not None
    assert reading.facts.funding == before.funding


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(FACTS.places), st.sampled_from((*SOURCES, "中央财政补助", "省财政补助"))),
        st.tuples(*[st.none() | MONEY] * 3).filter(any),
        min_size=1,
    )
)
def test_money_of_each_source_by_place_reads_back_the_same(
    amounts: dict[tuple[str, str], tuple[Decimal | None, ...]],
) -> None:
    rows = [
        SourceMoney(place, source, FUNDING_NAMES.get(source, source), "", *flows)
        for (place, source), flows in amounts.items()
    ]
    before = replace(FACTS, source_money=tuple(rows))
    reading = read_back(data_xlsx(before), before)
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert reading.facts is not None
    assert {
        (row.place, row.source): (row.planned, row.arrived, row.paid) for row in reading.facts.source_money
    } == amounts
    assert known(reading.facts)["spend"] == known(before)["spend"]


@settings(max_examples=20)
@given(st.lists(NAMES, min_size=9, max_size=9, unique=True), st.lists(MONEY, min_size=9, max_size=9))
def test_detail_reads_back_the_same(names: list[str], paid: list[Decimal]) -> None:
    detail = tuple(
        Community("申港街道", name, "", 1, 2, None, None, amount, D("0.25"))
        for name, amount in zip(names, paid, strict=True)
    )
    lines = [replace(line, paid=sum(paid, D(0))) if line.place == "申港街道" else line for line in FACTS.spend]
    homes = [
        replace(line, buildings=9, households=18) if line.place == "申港街道" else line for line in FACTS.renovation
    ]
    before = replace(FACTS, spend=tuple(lines), renovation=tuple(homes))
    reading = read_back(data_xlsx(before, detail), before)
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert [replace(each, source="", raw="{}") for each in reading.communities] == list(detail)
