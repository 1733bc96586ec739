"""What was done with money is no plan, and what was not understood is no claim. No wrong number, C20."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.document import Paragraph
from core.ingest.report_text.claims import find_claims, find_stated, find_unclear
from tests.core.ingest.project_tables.test_facts import MONEY, reading
from tests.core.ingest.report_file import docx, paragraph, table

D = Decimal


def saying(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph("一", text) for text in texts)


def claimed(*texts: str) -> dict[str, Decimal | None]:
    return {claim.id: claim.value for claim in find_claims(saying(*texts))}


DONE = {
    "到位{m}": "arrived", "已到账{m}": "arrived", "实际下达{m}": "arrived", "收到{m}": "arrived",
    "{m}已全部到位": "arrived", "{m}均已到账": "arrived", "已支付{m}": "paid", "实际支出{m}": "paid",
    "{m}已全部支付": "paid",
    "已落实{m}": "", "累计争取{m}": "", "实际归集{m}": "",
}  # fmt: skip
"""How it is said, and what it is; "": not understood."""


@given(st.sampled_from(sorted(DONE)), st.sampled_from(["专项债券", "财政预算资金"]), st.integers(1, 9000))
def test_what_was_done_with_money_is_never_what_was_planned(said: str, source: str, amount: int) -> None:
    text = f"项目概算总投资15000万元，其中专项债券10000万元、财政预算资金5000万元。{source}" + said.format(
        m=f"{amount}万元"
    )
    funding = {
        each.name: each for each in find_stated(saying(text + "。", "专项债支付1万元，财政资金支付1万元。"), ()).funding
    }
    assert [each.planned for each in funding.values()] == [10000, 5000]
    arrived = {each.arrived for each in funding.values() if each.arrived is not None}
    assert arrived == ({D(amount)} if DONE[said] == "arrived" else set())
    alone = find_stated(
        saying(f"{source}{said.format(m=f'{amount}万元')}。", "专项债支付1万元，财政资金支付1万元。"), ()
    )
    assert alone.funding == ()
    unclear = [words for words, _ in find_unclear(saying(text))]
    assert len(unclear) == (0 if DONE[said] else 1)


def test_a_list_of_sources_that_have_all_arrived() -> None:
    planned = "概算总投资15000万元，其中专项债12000万元、财政资金3000万元。"
    funding = find_stated(
        saying(planned, "专项债11000万元、财政资金2000万元均已到位。", "债券支付1万元，财政资金支付2万元。"), ()
    ).funding
    assert [(each.source, each.planned, each.arrived, each.paid) for each in funding] == [
        ("bond", 12000, 11000, 1), ("budget", 3000, 2000, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "工程款已支付5000万元", "甲小区累计支付20万元", "监理费支出12万元", "2023年支付3000万元", "2023年6月支付9万元",
        "本年累计支付3000万元", "去年完成投资900万元", "某某公司已使用资金77万元",
    ],
)  # fmt: skip
def test_money_of_a_part_is_not_understood_and_contradicts_nothing(text: str) -> None:
    assert claimed(f"截至2024年12月31日，项目累计支付8000万元，累计完成投资9000万元。{text}。") == {
        "total_paid": D(8000),
        "total_invested": D(9000),
    }
    assert [place for _, place in find_unclear(saying(f"{text}。"))] == ["报告 一"]


@pytest.mark.parametrize(
    "text", ["评选示范小区后表彰3个小区", "督查发现2个小区", "某某公司承接12栋", "信访反映40户"]
)  # fmt: skip
def test_counts_whose_verb_is_not_known(text: str) -> None:
    found = claimed(f"项目改造28个小区、780栋，受益居民26310户。{text}。")
    assert {name: value for name, value in found.items() if name.startswith("total_")} == {
        "total_communities": D(28),
        "total_buildings": D(780),
        "total_households": D(26310),
    }


@pytest.mark.parametrize(
    "text",
    [
        "项目累计支付{m}", "截至2024年12月31日，已支付{m}", "截至2024年底累计支出{m}", "项目实际使用资金{m}",
        "2024年12月底累计支付{m}", "合计支付{m}",
    ],
)  # fmt: skip
def test_money_of_the_whole_stays_a_claim(text: str) -> None:
    assert claimed(text.format(m="8000万元") + "。")["total_paid"] == 8000
    assert find_unclear(saying(text.format(m="8000万元") + "。")) == ()


def test_what_was_not_understood_is_shown_with_the_file() -> None:
    file = docx(
        paragraph("一、概况"), paragraph("财政资金已落实3000万元。工程款已支付50万元。"),
        table([[str(cell) for cell in row] for row in MONEY]),
    )  # fmt: skip
    assert [str(each.sentence()) for each in reading("r.docx", file).unread] == [
        "《r.docx》：报告 一“财政资金已落实3000万元”：没有读懂是哪一笔、做了什么，没有采用。",
        "《r.docx》：报告 一“工程款已支付50万元”：没有读懂是哪一笔、做了什么，没有采用。",
    ]
