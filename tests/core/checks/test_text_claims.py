"""The checks of FACTS 3 on claims found in a report's text, and contradictions between the text and the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import run
from core.ingest.files.document import Paragraph, read_document
from core.ingest.project_tables.facts import Background, read_facts
from core.ingest.report_text.claims import estimate_stage, find_claims, find_stated, with_printed
from core.model.project import Arrival, Claim, Facts
from tests.core.checks.found import absent, found, shown
from tests.core.ingest import report_file
from tests.core.ingest.paraphrase import report, saying, worded
from tests.core.lingang import CHECKED, FACTS, PLACES, REFERENCE

D = Decimal

TOTALS = tuple(claim for claim in FACTS.claims if claim.id.startswith("total_"))
STAGE = estimate_stage("概算金额", D(15000), "资金明细表 概算金额列")
assert STAGE is not None
PRINTED = (*TOTALS, STAGE)
"""What the two tables themselves state: their rows of totals, and what they call the approved amount."""


def read(paragraphs: tuple[Paragraph, ...]) -> Facts:
    """The two tables' facts, with all that the text gives in place of what was typed by hand."""
    stated = find_stated(paragraphs, PLACES)
    assert stated.name
    assert stated.approval
    assert stated.approved_on
    assert stated.as_of
    project = replace(
        FACTS.project,
        name=stated.name,
        title_places=stated.title_places,
        approval=stated.approval,
        approved_on=stated.approved_on,
    )
    return replace(
        FACTS,
        project=project,
        as_of=stated.as_of,
        funding=stated.funding,
        baselines=stated.baselines,
        claims=with_printed(find_claims(paragraphs), PRINTED),
    )


def with_text(*texts: str, base: Facts = FACTS) -> Facts:
    """The tables' facts beside these sentences and nothing else."""
    return replace(base, claims=with_printed(find_claims(saying(*texts)), PRINTED))


FIGURES: dict[str, set[str]] = {
    "1": {"15,000.00万元", "8,000.00万元", "28", "780", "26,310", "330.67"},
    "2": {"15,000.00万元", "12,000.00万元（80.00%）", "3,000.00万元（20.00%）"},
    "3": {"1,2,3,2", "8,000.00万元", "11,936.00万元"},
    "4": {"15,000.00万元", "60,000.00万元", "璜土镇14.4%"},
    "5": {"53.33%"},
    "6": {
        "8,000.00万元 ÷ 8,000.00万元 = 100.00%",
        "8,000.00万元 ÷ 12,000.00万元 = 66.67%",
        "8,000.00万元 ÷ 15,000.00万元 = 53.33%",
    },
    "7": {
        "8,000.00万元",
        "8,000.00万元 / 12,000.00万元",
        "100.00% / 80.00%",
        "0.00万元 / 3,000.00万元",
        "0.00% / 20.00%",
    },
    "8": {"100.00%", "20.00%", "15,000.00万元"},
    "9": {"8,000.00万元"},
    "10": {"8,000.00万元", "0.00万元", "7,000.00万元"},
    "11": {"2,164.00万元", "1,309.00万元", "3,473.00万元", "43.41%"},
    "12": {"慢8.04个百分点", "快3.30个百分点", "慢13.36个百分点", "快9.06个百分点"},
    "13": {"61.38%", "60.15%"},
    "14": {"5-5", "9-9", "28-28"},
    "15": {"28", "780", "26,310", "330.67"},
    "16": {"86.28", "133.79", "117.70", "149.37", "54～109"},
    "17": {"39", "77", "112.38", "102.29"},
    "18": {"45.36", "76.75", "73.31", "400.00"},
    "19": {"4.34倍", "2.50倍"},
    "20": {"93.00", "优秀", "优"},
    "21": {"2", "7.00", "—"},
    "22": {"0"},
    "23": {"12,000.00万元", "—"},
    "24": {"2025年12月31日", "0"},
    "25": {"5", "2", "1", "9", "16", "4"},
    "26": {"—"},
}
"""Check -> values that stand in its figures, by FACTS 1 to 3."""


@settings(max_examples=40)
@given(st.data())
def test_the_text_gives_each_check_its_status_and_figures(data: st.DataObject) -> None:
    facts = read(report(lambda count: data.draw(st.integers(0, count - 1))))
    findings = run(facts, REFERENCE)
    assert {finding.id: finding.status for finding in findings} == CHECKED
    assert set(FIGURES) == set(CHECKED), "each check has a line in FIGURES: values that the text gives it"
    for finding in findings:
        assert FIGURES[finding.id] <= {str(value) for _, value in finding.figures}, finding.id


def test_four_contradictions_three_questions() -> None:
    statuses = [finding.status for finding in run(read(worded(2)), REFERENCE)]
    assert {status: statuses.count(status) for status in "EQ"} == {"E": 4, "Q": 3}


def test_the_words_that_contradict_each_other_are_named() -> None:
    facts = read(worded(0))
    assert dict(found(facts, "5").figures)["尚未竣工"] == "报告 四（一）"
    eight = str(found(facts, "8").message)
    assert "资金由开发区财政负担" in eight
    assert "总投资匡算、计划总投资、概算金额是3个阶段的数，却同为15,000.00万元" in eight
    assert "以到位资金（按使用率推算）为分母才是100.00%" in str(found(facts, "6").message)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_word_report_with_its_two_tables(number: int) -> None:
    paragraphs = worded(number)
    split = next(at for at, paragraph in enumerate(paragraphs) if paragraph.section == "一（二）")
    texts = [report_file.paragraph(paragraph.text) for paragraph in paragraphs]
    tables = [report_file.table(report_file.SPEND), report_file.table(report_file.HOMES)]
    document = read_document("报告.docx", report_file.docx(*texts[:split], *tables, *texts[split:]))
    reading = read_facts(
        document,
        Background(
            project="lingang-2023",
            batch="b",
            as_of=None,
            today=date(2025, 6, 1),
            previous=None,
            mapping={},
            stated=find_stated(document.paragraphs, PLACES),
            claims=find_claims(document.paragraphs),
        ),
    )
    assert reading.problems == ()
    assert reading.facts is not None
    assert {finding.id: finding.status for finding in run(reading.facts, REFERENCE)} == CHECKED


# Text against tables


@pytest.mark.parametrize(
    ("text", "column", "difference"),
    [
        ("项目涉及老旧小区27个。", "小区", "28 ≠ 27"),
        ("共改造790栋楼。", "栋", "780 ≠ 790"),
        ("受益居民２６，０１３户。", "户", "26,310 ≠ 26,013"),
        ("总建筑面积三百三十万平方米。", "面积", "330.67 ≠ 330.00"),
        ("截至年底累计支付0.82亿元。", "累计支付", "8,000.00万元 ≠ 8,200.00万元"),
        ("已投资7,999.99万元。", "已投资", "8,000.00万元 ≠ 7,999.99万元"),
        ("项目概算1.6亿元。", "概算", "15,000.00万元 ≠ 16,000.00万元"),
    ],
)
def test_a_total_of_the_text_that_the_table_denies(text: str, column: str, difference: str) -> None:
    finding = found(with_text(text), "1")
    assert (finding.status, shown(finding)[column]) == ("E", difference)
    assert str(finding.message) == f"1列各行之和与正文所写不符，首先是“{column}”（{difference}），请核对表格和正文。"
    assert "报告 一（一）" in finding.source


def test_text_that_agrees_with_the_table() -> None:
    assert found(with_text("共28个小区、780栋、26310户。", "累计支付8000万元。"), "1").status == "P"


def test_a_wrong_sum_in_the_table_beside_a_right_text() -> None:
    printed = tuple(replace(claim, value=D(790)) if claim.id == "total_buildings" else claim for claim in PRINTED)
    facts = replace(FACTS, claims=with_printed(find_claims(saying("共改造780栋楼。")), printed))
    finding = found(facts, "1")
    assert (finding.status, shown(finding)["栋"]) == ("E", "780 ≠ 790")
    assert "表中合计不符" in str(finding.message)
    # Both wrong: both are shown.
    facts = replace(FACTS, claims=with_printed(find_claims(saying("共改造770栋楼。")), printed))
    assert shown(found(facts, "1"))["栋"] == "780 ≠ 790 ≠ 770"


def test_two_totals_in_one_text() -> None:
    claims = find_claims(saying("共改造780栋楼。", "累计改造楼房790栋，共790栋。"))
    finding = found(replace(FACTS, claims=claims), "1")
    assert (finding.status, shown(finding)) == ("E", {"栋": "780 ≠ 790"})


def test_a_total_of_nothing_is_a_claim() -> None:
    assert found(replace(FACTS, claims=(Claim("total_paid", D(0), "0", "报告"),)), "1").status == "E"


# Rates


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("专项债资金使用率100%。", "W", "以到位资金（按使用率推算）为分母才是100.00%"),
        (
            "预算执行率53.33%。",
            "W",
            "以到位资金（按使用率推算）、概算为分母才是53.33%，以专项债计划资金为分母是66.67%。",
        ),
        ("专项债资金使用率66.67%。", "W", "专项债计划资金为分母才是66.67%"),
        (
            "资金到位率100%，专项债使用率100%。",
            "E",
            "报告的使用率100.00%用哪种分母都得不出：以到位资金（按到位率推算）",
        ),
        ("资金到位率百分之百，专项债使用率66.67%。", "W", "以到位资金（按到位率推算）、专项债计划资金为分母才是66.67%"),
    ],
)
def test_a_rate_says_which_denominator_gives_it(text: str, status: str, words: str) -> None:
    finding = found(with_text(text), "6")
    assert finding.status == status
    assert words in str(finding.message)


def test_a_rate_of_arrival_says_what_is_in_hand() -> None:
    finding = found(with_text("资金到位率为80%。"), "10")
    # 80 % of the planned 15,000 arrived, 8,000 of it is paid.
    assert (finding.status, list(shown(finding).values())) == (
        "P",
        ["12,000.00万元", "8,000.00万元", "4,000.00万元", "3,000.00万元"],
    )
    assert finding.figures[0][0] == "到位资金（按到位率推算）"
    assert finding.source.endswith("报告 一（一）")
    assert found(with_text("资金到位率为50%。"), "10").status == "E"
    assert absent(with_text("资金到位率为50%。", base=replace(FACTS, funding=())), "10")
    tiny = replace(FACTS, funding=(replace(FACTS.funding[0], planned=D(1)),))
    assert found(with_text("资金到位率为50%。", base=tiny), "10").status == "E"


def test_a_completion_of_all_beside_a_building_site() -> None:
    finding = found(with_text("目标完成率100%。", "工程正在施工。"), "5")
    assert (finding.status, [name for name, _ in finding.figures]) == (
        "E",
        ["目标全面完成", "工程在建", "累计支付占概算"],
    )


def test_sources_that_do_not_add_up_to_the_estimate() -> None:
    text = saying(
        "专项债券11000万元，占比73%；财政预算资金3000万元，占比20%。累计支付8000万元，其中专项债已支付8000万元。"
    )
    facts = replace(FACTS, funding=find_stated(text, PLACES).funding)
    assert "资金来源合计14,000.00万元，概算15,000.00万元" in str(found(facts, "2").message)
    text = saying("专项债券12000万元，财政预算资金3000万元。累计支付8500万元，其中专项债已支付8000万元。")
    facts = replace(FACTS, funding=find_stated(text, PLACES).funding)
    assert (found(facts, "7").status, [f.paid for f in facts.funding]) == ("E", [8000, 500])


def test_reported_arrivals_count_in_the_rate_of_use_and_in_what_is_in_hand() -> None:
    """9,000 and 0 by the as-of day, 1,000 later: 8,000/9,000 = 88.89 %; 1,000 in hand, 6,000 to come."""
    rows = (
        Arrival("bond", date(2024, 6, 1), Decimal(9000), "到位表 第2行"),
        Arrival("bond", date(2025, 2, 1), Decimal(1000), "到位表 第3行"),
        Arrival("budget", date(2024, 6, 1), Decimal(0), "到位表 第4行"),
    )
    said = {each.id: str(each.message) for each in run(replace(FACTS, arrivals=rows))}
    assert "88.89%" in said["6"]
    assert "1,000.00" in said["10"]
    assert "6,000.00" in said["10"]
