"""What is found in a report's text, whatever its wording: the figures of FACTS, random ones, and what is no claim."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.files.document import Paragraph
from core.ingest.report_text.claims import estimate_stage, find_claims, find_problems, find_stated, with_printed
from core.ingest.report_text.wording import numeral, plain
from core.model.project import Claim
from tests.core.ingest.paraphrase import NAME, STATEMENTS, TITLES, VALUES, report, saying, worded
from tests.core.lingang import PLACES

D = Decimal


def values(paragraphs: tuple[Paragraph, ...] | list[Paragraph]) -> dict[str, Decimal | None]:
    return {claim.id: claim.value for claim in find_claims(paragraphs)}


def said(*texts: str) -> dict[str, Decimal | None]:
    return values(list(saying(*texts)))


def one(name: str, text: str) -> Decimal | None:
    return said(text).get(name)


# The project


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_report_in_other_words(number: int) -> None:
    assert values(worded(number)) == VALUES
    assert len(STATEMENTS[0][2]) == len(TITLES) == 3


@settings(max_examples=60)
@given(st.data())
def test_any_mixture_of_wordings_says_the_same(data: st.DataObject) -> None:
    paragraphs = report(lambda count: data.draw(st.integers(0, count - 1)))
    claims = find_claims(paragraphs)
    assert {claim.id: claim.value for claim in claims} == VALUES
    assert not [claim.text for claim in claims if "另写" in claim.text]
    stated = find_stated(paragraphs, PLACES)
    assert (stated.name, stated.approval, stated.approved_on, stated.as_of) == (
        NAME,
        "澄港开委投〔2022〕41号",
        date(2022, 10, 18),
        date(2024, 12, 31),
    )
    assert stated.title_places == ("申港街道", "夏港街道")
    assert [(f.source, f.name, f.planned, f.paid, f.arrived, f.planned_share) for f in stated.funding] == [
        ("bond", "专项债", D(12000), D(8000), None, D("0.8")),
        ("budget", "财政预算资金", D(3000), D(0), None, D("0.2")),
    ]
    assert [(b.id, b.start, b.end, b.default) for b in stated.baselines] == [
        ("2306-2512", date(2023, 6, 1), date(2025, 12, 31), True),
        ("2301-2612", date(2023, 1, 1), date(2026, 12, 31), False),
        ("2301-2512", date(2023, 1, 1), date(2025, 12, 31), False),
        ("2306-2612", date(2023, 6, 1), date(2026, 12, 31), False),
    ]


def test_where_it_stands_and_how_it_reads() -> None:
    claims = {claim.id: claim for claim in find_claims(worded(0))}
    assert claims["utilisation"] == Claim("utilisation", D(1), "100%", "报告 一（一）5")
    assert claims["reported_score"] == Claim("reported_score", D(93), "93分，“优秀”", "报告 二（五）")
    assert claims["title_places"] == Claim("title_places", D(2), "申港、夏港", "报告 标题")
    assert (claims["approval_stage"].text, claims["plan_stage"].text) == ("总投资匡算", "计划总投资")
    assert claims["residue_bookmarks"].source == "报告 一（一）5、二（五）"
    assert claims["residue_numbering"].source == "报告 五（一）"
    assert claims["policy_deadline"].text == "“十四五”期末"
    assert (claims["scope_period"].text, claims["title_period"].text) == ("2023-2026年度", "2023年度")


def test_problems_and_advice() -> None:
    assert find_problems(worded(1)) == (
        ("problem", "工程还未竣工", "四（一）"),
        ("problem", "居民满意度不及预期", "四（一）"),
        ("recommendation", "抓紧收尾施工", "五（一）"),
        ("recommendation", "听取居民诉求", "五（一）"),
    )


# Figures in any writing


FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
ONES = "零一二三四五六七八九"


def in_words(value: int) -> str:
    """1,0305 in Chinese numerals, up to 99,999,999."""
    if value >= 10_000:
        rest = value % 10_000
        return in_words(value // 10_000) + "万" + (("零" if rest < 1000 else "") + in_words(rest) if rest else "")
    text, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // step % 10
        if digit:
            text += ("零" if gap and text else "") + ONES[digit] + name
        gap = not digit
    return text


@given(st.integers(10, 99_999_999))
def test_numerals(value: int) -> None:
    assert numeral(in_words(value)) == value
    assert numeral("十五") == 15


@st.composite
def written(draw: st.DrawFn, value: Decimal) -> str:
    """A number as people write it."""
    style = draw(st.sampled_from(["plain", "commas", "full", "spaced", "words", "full commas"]))
    if style == "words" and value == int(value) and value >= 10:
        return in_words(int(value))
    text = f"{value:,}" if style in ("commas", "full commas") else f"{value}"
    if style.startswith("full"):
        return text.translate(FULL)
    return f" {text} " if style == "spaced" else text


COUNTS = {
    "total_communities": ("改造老旧小区{n}个", "对{n}个住宅小区进行改造", "涉及小区共{n}个", "本次纳入 {n} 个小区"),
    "total_buildings": ("涉及楼房{n}栋", "楼栋总数{n}幢", "共改造{n}栋", "住宅楼{n}幢"),
    "total_households": ("受益居民{n}户", "惠及{n}户家庭", "居民户数为{n}户", "涵盖住户约{n}户"),
}
WHOLE = {
    "total_paid": ("项目累计支付{m}", "实际支出资金{m}", "截至期末已支付{m}", "累计支出共{m}"),
    "total_invested": ("已投资{m}", "累计完成投资{m}", "项目已完成投资额为{m}"),
    "total_estimate": ("项目概算总投资{m}", "概算金额为{m}", "项目概算{m}"),
}
SOURCES = {
    ("bond", "planned"): ("其中专项债券{m}", "申请地方政府专项债券资金{m}", "专项债计划{m}"),
    ("budget", "planned"): ("财政预算资金{m}", "财政配套{m}", "本级财政自筹资金{m}"),
    ("bond", "paid"): ("专项债资金已支付{m}", "其中债券资金支出{m}"),
    ("budget", "paid"): ("财政资金已支付{m}", "财政预算资金已支出{m}"),
}


@st.composite
def money(draw: st.DrawFn, value: Decimal) -> str:
    unit = draw(st.sampled_from(["万元", "元", "亿元"]))
    if unit == "元":
        return f"{int(value * 10_000):,}元"
    if unit == "亿元":
        return f"{(value / 10_000).normalize():f}亿元"
    text = draw(written(value))
    # Nobody writes 一万零五万元.
    return (f"{value}" if value >= 10_000 and "万" in text else text) + "万元"


@settings(max_examples=120)
@given(st.data())
def test_figures_in_any_wording_and_order(data: st.DataObject) -> None:
    wanted: dict[str, Decimal] = {}
    texts: list[str] = []
    for name, counts in COUNTS.items():
        wanted[name] = D(data.draw(st.integers(10, 99_999)))
        texts.append(data.draw(st.sampled_from(counts)).format(n=data.draw(written(wanted[name]))))
    for name, wordings in WHOLE.items():
        wanted[name] = D(data.draw(st.integers(10, 900_000))) + data.draw(st.sampled_from([D(0), D("0.25")]))
        texts.append(data.draw(st.sampled_from(wordings)).format(m=data.draw(money(wanted[name]))))
    of_source: dict[tuple[str, str], Decimal] = {}
    for key, wordings in SOURCES.items():
        of_source[key] = D(data.draw(st.integers(10, 900_000)))
        texts.append(data.draw(st.sampled_from(wordings)).format(m=data.draw(money(of_source[key]))))
    area = D(data.draw(st.integers(1, 99_999))) / 100
    wanted["total_area"] = area
    texts.append(
        data.draw(
            st.sampled_from(
                [f"总建筑面积{area}万平方米", f"建筑面积 {area} 万㎡", f"改造面积达{int(area * 10_000):,}平方米"]
            )
        )
    )
    rate = D(data.draw(st.integers(0, 10_000))) / 10_000
    wanted["utilisation"] = rate
    texts.append(
        data.draw(st.sampled_from(["资金使用率为{}%", "专项债资金支出率{}％", "预算执行率达到{} %"])).format(rate * 100)
    )
    texts = data.draw(st.permutations(texts))
    glue = data.draw(st.sampled_from(["。", "；", "\n"]))
    paragraphs = saying(*texts) if glue == "\n" else saying(glue.join(texts) + "。")
    got = values(list(paragraphs))
    assert {name: got.get(name) for name in wanted} == wanted
    funding = find_stated(paragraphs, ()).funding
    assert {(f.source, "planned"): f.planned for f in funding} | {
        (f.source, "paid"): f.paid for f in funding
    } == of_source


@settings(max_examples=60)
@given(st.integers(2019, 2030), st.integers(1, 12), st.integers(1, 28), st.integers(1, 5), st.data())
def test_times_in_any_wording(year: int, month: int, day: int, years: int, data: st.DataObject) -> None:
    exact = data.draw(st.booleans())
    begin = f"{year}年{month}月" + (f"{day}日" if exact else "")
    started = data.draw(
        st.sampled_from(["项目于{}开工", "{}正式动工", "开工日期为{}", "工程自{}起开始施工", "{}，施工队进场"])
    )
    finish = data.draw(
        st.sampled_from(
            [
                "计划{}年底完工",
                "预计{}年末竣工",
                "拟于{}年12月全部建成",
                "计划竣工时间：{}年12月31日",
                "力争在{}年底前完成改造",
            ]
        )
    )
    texts = [started.format(begin.translate(FULL) if data.draw(st.booleans()) else begin), finish.format(year + years)]
    paragraphs = saying("。".join(data.draw(st.permutations(texts))))
    got = values(list(paragraphs))
    assert got["start_precision"] == int(exact)
    assert got["planned_finish"] == year + years
    baseline = find_stated(paragraphs, ()).baselines[0]
    assert (baseline.start, baseline.end) == (date(year, month, day if exact else 1), date(year + years, 12, 31))


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(2000, 2099), st.integers(1, 999), st.data())
def test_scores_shares_and_approvals_in_any_wording(
    points: int, part: int, year: int, serial: int, data: st.DataObject
) -> None:
    score, share = D(points) / 100, D(part) / 100
    left, right = data.draw(st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "［］"]))
    texts = [
        data.draw(
            st.sampled_from(["综合得分{}分", "最终得分为 {} 分", "评价总得分：{}分", "经评审，本项目得{}分"])
        ).format(data.draw(written(score)) if score < 10 else score),
        data.draw(
            st.sampled_from(
                ["专项债券占总投资的{}%", "总投资的{}％来自专项债", "专项债资金占比约 {}%", "专项债券比重为{}%"]
            )
        ).format(share),
        data.draw(st.sampled_from(["可研批复文号为{}", "经{}文件批准立项", "取得可行性研究报告批复（{}）"])).format(
            f"桥发改{left}{year}{right}{serial}号"
        ),
    ]
    paragraphs = saying("。".join(data.draw(st.permutations(texts))))
    got = values(list(paragraphs))
    assert (got["reported_score"], got["share_bond"]) == (score, share / 100)
    assert find_stated(paragraphs, ()).approval == f"桥发改〔{year}〕{serial}号"


# Families


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("goals_achieved", "各项绩效指标圆满完成。", "1"),
        ("goals_achieved", "工程任务完成率达到100%。", "1"),
        ("goals_achieved", "项目完成率为86%。", "0"),
        ("goals_achieved", "年度目标未能全部实现。", "0"),
        ("goals_achieved", "尚未全面完成年度任务。", "0"),
        ("goals_achieved", "确保年度目标全面完成。", None),
        ("goals_achieved", "评价目标是否全部完成。", None),
        ("construction_state", "工程处于全面施工阶段。", "0"),
        ("construction_state", "项目已全部竣工。", "1"),
        ("construction_state", "正在施工方案编制。", None),
        ("finished", "工程至今没有完工。", "0"),
        ("finished", "项目已于2025年11月竣工。", "1"),
        ("finished", "已竣工小区12个。", None),
        ("finished", "按规定办理完工验收。", None),
        ("satisfaction_below_target", "满意率86%，低于目标值。", "1"),
        ("satisfaction_below_target", "群众满意度达到目标。", "0"),
        ("satisfaction_below_target", "低于满意度目标的原因是噪声。", "1"),
        ("satisfaction_below_target", "努力提升群众满意度。", None),
        ("satisfaction_value", "居民满意度为８６．５％。", "0.865"),
        ("satisfaction_target", "满意度目标值为90%。", "0.9"),
        ("satisfaction_sample", "满意度调查共回收有效问卷379份。", "379"),
        ("reported_score", "综合评分为88.5分，等级良好。", "88.5"),
        ("reported_score", "满分100分。", None),
        ("reported_score", "本项扣2分。", None),
        ("reported_score", "总分100分，分值见附表。", None),
        ("utilisation", "专项债资金已全部支付完毕。", "1"),
        ("utilisation", "资金使用率力争达到100%。", None),
        ("arrival_rate", "资金到位率为80%。", "0.8"),
        ("share_bond", "总投资的70%来自专项债券。", "0.7"),
        ("share_budget", "专项债已支付8000万元，占计划的66.67%。", None),
        ("approval_funding", "批复明确所需资金由区财政承担30%。", "0.3"),
        ("approval_funding", "所需资金由区财政承担。", None),
        ("policy_deadline", "争取在“十五五”期末建成。", "2030"),
        ("policy_deadline", "依据“十四五”规划编制。", None),
        ("bond_interest", "专项债券票面利率2.89%。", "0.0289"),
        ("bond_maturity", "债券期限为15年。", "15"),
        ("bond_issued", "专项债券于2023年5月发行。", "2023"),
        ("stage_goal", "阶段性目标：2024年完成改造12个小区、320栋。", "2"),
        ("scope_period", "省住建厅印发2021-2025年规划。", None),
        ("planned_finish", "省政府印发意见，要求到2022年基本建成制度。", None),
    ],
)
def test_families(name: str, text: str, value: str | None) -> None:
    assert one(name, text) == (None if value is None else D(value))


@pytest.mark.parametrize(
    "text",
    [
        "详见第28页，共12项。",
        "璜土镇5个小区、夏港街道9个小区。",
        "其中夏港街道已支付2,627.00万元。",
        "尚需筹措7000万元。",
        "已完成12个小区，剩余16个小区。",
        "走访了120户，发放问卷379份。",
        "每户补助2000元，户均面积86.28平方米。",
        "新增绿化面积1.2万平方米。",
        "专项债和财政资金分别为12000万元和3000万元。",
        "128栋",
        "15,000.00",
        "有关资金管理办法见国办发〔2019〕5号。",
    ],
)
def test_a_number_without_its_subject_is_no_claim(text: str) -> None:
    assert {name for name in said(text) if name != "satisfaction_sample"} == set()


def test_the_first_of_two_statements_counts_and_the_other_is_seen() -> None:
    claims = {
        claim.id: claim
        for claim in find_claims((Paragraph("一（一）", "改造28个小区。"), Paragraph("三", "共改造27个小区。")))
    }
    assert claims["total_communities"] == Claim("total_communities", D(28), "28个小区；三另写27个小区", "报告 一（一）")
    assert claims["total_communities_other"] == Claim("total_communities_other", D(27), "27个小区", "报告 三")
    states = {claim.id: claim for claim in find_claims(saying("项目已竣工。", "工程尚未完工。"))}
    assert (states["finished"].value, "另写尚未完工" in states["finished"].text) == (1, True)
    assert "finished_other" not in states


@pytest.mark.parametrize(
    "text", ["综合得分93分，属于优秀档次。", "最终评价分数：93，等级优秀。", "评价得93分，评定为“优秀”等级。"]
)
def test_the_grade_stands_with_the_score(text: str) -> None:
    assert [(claim.value, claim.text) for claim in find_claims(saying(text))] == [(93, "93分，“优秀”")]


def test_money_of_the_source_named_before_it() -> None:
    funding = find_stated(saying("专项债券额度12000万元，已使用8000万元。"), ()).funding
    assert [(f.source, f.planned, f.paid) for f in funding] == [("bond", 12000, 8000)]
    both = saying("专项债12000万元、财政资金3000万元，已支付8000万元，其中债券7000万元，财政1000万元。")
    assert [(f.source, f.planned, f.paid) for f in find_stated(both, ()).funding] == [
        ("bond", 12000, 7000),
        ("budget", 3000, 1000),
    ]
    assert values(list(both)) == {"total_paid": D(8000)}


def test_each_statement_names_its_places_once() -> None:
    same = (Paragraph("一", "改造28个小区。"), Paragraph("二", "28个小区都要改造。"), Paragraph("二", "涉及28个小区。"))
    assert find_claims(same)[0].source == "报告 一、二"


def test_who_signed() -> None:
    got = said("评价机构：某某会计师事务所", "评价日期：2025年3月20日", "签章：王某", "版本：V2")
    assert {"evaluator", "evaluated_on", "signatures", "version"} <= set(got)
    assert said("评价人：", "评价日期：", "（盖章）") == {}
    assert "evaluated_on" in said("2025年3月20日")


def test_clean_text_has_no_residue() -> None:
    assert not [name for name in said("各市（区）分头实施，各县（市）配合。") if name.startswith("residue")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "项目总投资5.2亿元，其中专项债券资金3.5亿元，占67.31%，区级财政配套1.7亿元，占32.69%。",
            {"total_estimate": "52000", "plan_stage": "52000", "share_bond": "0.6731", "share_budget": "0.3269"},
        ),
        (
            "该项目由区发改委以区发改〔2021〕118号文批复立项，总投资估算26000万元。",
            {"approval_stage": "26000"},
        ),
        (
            "项目批复概算总投资为26800万元，来源为：申请专项债20000万元，其余6800万元由区财政统筹。",
            {"total_estimate": "26800", "estimate_stage": "26800"},
        ),
        (
            "项目计划总投资18000万元，概算金额为17500万元。",
            {"total_estimate": "17500", "estimate_stage": "17500", "plan_stage": "18000"},
        ),
        (
            "截至评价日，15个小区中已完工9个，在建4个，未开工2个。",
            {"total_communities": "15", "construction_state": "0"},
        ),
        ("已完成改造12个小区，涉及320栋，全项目共780栋。", {"total_buildings": "780"}),
        ("2022年计划改造城镇老旧小区35个、惠及居民1.2万户。", {"total_communities": "35", "total_households": "12000"}),
        ("桥东街道改造小区5个、128栋，桥西镇改造小区9个、254栋。", {}),
        ("桥东街道的5个小区、128栋住宅列入改造。", {"total_communities": "5", "total_buildings": "128"}),
        ("共对璜土镇等4个街镇的28个小区实施改造。", {"total_communities": "28"}),
        ("全区2000年前建成小区共320个，本项目涉及其中28个。", {}),
        (
            "工程于2021年9月开工建设，2022年12月竣工，目前已交付使用。",
            {"start_precision": "0", "construction_state": "1", "finished": "1"},
        ),
        ("建设期为2023年-2025年。", {"scope_period": "2025"}),
        ("本项目资金到位率100%，支付率53.3%。", {"arrival_rate": "1", "utilisation": "0.533"}),
        ("项目资金已全额到位。", {"arrival_rate": "1"}),
        ("预算执行率未达到100%。", {}),
        ("到2025年底前全面完成改造任务。", {}),
        (
            "通过发放200份问卷，有效回收189份，群众满意度达到95.77%，达到预期指标。",
            {"satisfaction_sample": "189", "satisfaction_value": "0.9577", "satisfaction_below_target": "0"},
        ),
        ("还款来源为停车收费和物业租金收入。", {"bond_revenue": None}),
        ("项目总投资(万元):15000。", {"total_estimate": "15000", "plan_stage": "15000"}),
        ("项目累计使用资金8000万元，其中债券8000万元。", {"total_paid": "8000"}),
        ("专项债券额度12000万元，已使用8000万元，使用比例66.67%。", {"utilisation": "0.6667"}),
        ("资金来源由专项债80%和财政20%构成。", {"share_bond": "0.8", "share_budget": "0.2"}),
        ("专项债占总投资八成，财政占两成。", {"share_bond": "0.8", "share_budget": "0.2"}),
        ("批复的资金来源全部为区级财政资金。", {"approval_funding": "1"}),
        ("该项目2023年6月份进场施工，原定2025年底竣工。", {"start_precision": "0", "planned_finish": "2025"}),
        ("项目建设周期为2023年6月至2025年12月。", {"start_precision": "0", "planned_finish": "2025"}),
        ("工期为2023年6月1日—2025年12月31日。", {"start_precision": "1", "planned_finish": "2025"}),
        ("实施期限：2023—2026年。", {"scope_period": "2026"}),
        ("满意度指标未完成。", {"satisfaction_below_target": "1"}),
        ("竣工结算手续未完成。", {}),
        ("群众满意程度偏低。", {"satisfaction_below_target": "1"}),
        ("绩效目标均按时完成。", {"goals_achieved": "1"}),
        ("改造面积三百三十点六七万平方米。", {"total_area": "330.67"}),
        ("本项目受益户数为26310。", {"total_households": "26310"}),
        ("评价机构（盖章）：某某会计师事务所", {"evaluator": None}),
        (
            "改造小区28个（璜土镇5个、夏港街道9个、申港街道9个、利港街道5个）。",
            {"total_communities": "28"},
        ),
    ],
)
def test_sentences_of_other_reports(text: str, wanted: dict[str, str | None]) -> None:
    assert said(text) == {name: None if value is None else D(value) for name, value in wanted.items()}


# Beside the tables


def test_what_tables_and_text_say() -> None:
    text = (Claim("total_buildings", D(790), "790栋", "报告 一"), Claim("total_paid", D(8000), "八千", "报告 一"), VETO)
    table = (Claim("total_buildings", D(780), "780栋", "合计行"), Claim("total_paid", D(8000), "8,000.00", "合计行"))
    assert with_printed(text, table) == (*table, Claim("total_buildings_other", D(790), "790栋", "报告 一"), VETO)
    assert estimate_stage(" 概算金额", D(15000), "表") == Claim("estimate_stage", D(15000), "概算金额", "表")
    assert estimate_stage("总投资", D(15000), "表") is None


VETO = Claim("finished", D(0), "尚未竣工", "报告 四")


def test_one_total_has_at_most_one_other() -> None:
    text = (
        Claim("total_paid", D(7000), "7000", "报告 一"),
        Claim("total_paid_other", D(6000), "6000", "报告 二"),
    )
    table = (Claim("total_paid", D(8000), "8,000.00", "合计行"),)
    assert [(claim.id, claim.value) for claim in with_printed(text, table)] == [
        ("total_paid", 8000),
        ("total_paid_other", 7000),
    ]


# The project as it is stated


@pytest.mark.parametrize(
    "number",
    [
        "苏发改投〔2023〕7号",
        "苏发改投[2023]7号",
        "苏发改投【2023】7号",
        "苏发改投（２０２３）第７号",
        "苏发改投﹝2023﹞ 7 号",
    ],
)
def test_approval_numbers(number: str) -> None:
    for text in (f"2023年2月1日取得可研批复（{number}）。", f"2023年2月1日，以{number}批复立项。"):
        stated = find_stated(saying("依据国办发〔2019〕5号意见，申报立项。", text), ())
        assert (stated.approval, stated.approved_on) == ("苏发改投〔2023〕7号", date(2023, 2, 1))


@pytest.mark.parametrize(
    ("title", "name", "places"),
    [
        ("2024年桥东街道老旧小区改造项目绩效自评报告", "2024年桥东街道老旧小区改造项目", ("桥东街道",)),
        ("桥东、河西、南塘片区改造工程评价报告", "桥东、河西、南塘片区改造工程", ("桥东街道", "河西镇", "南塘")),
        ("老旧小区改造项目绩效评价报告", "老旧小区改造项目", ()),
    ],
)
def test_titles(title: str, name: str, places: tuple[str, ...]) -> None:
    stated = find_stated((Paragraph("", title),), ("河西镇", "桥东街道"))
    assert (stated.name, set(stated.title_places)) == (name, set(places))


def test_nothing_is_made_up() -> None:
    assert find_stated((), PLACES) == find_stated(saying("本报告为绩效评价。"), PLACES)
    assert find_claims(()) == ()
    assert find_problems(()) == ()
    # Two sources planned, nothing said of either's payments.
    assert find_stated(saying("专项债券12000万元，财政预算资金3000万元。"), ()).funding == ()
    alone = find_stated(saying("专项债券12000万元。累计支付5000万元，专项债到位资金9000万元。"), ()).funding[0]
    assert (alone.paid, alone.arrived, alone.planned_share) == (5000, 9000, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("截至2024年12月31日，已支付8000万元。", date(2024, 12, 31)),
        ("截止到 2024-09-30 累计支出1万元。", date(2024, 9, 30)),
        ("评价基准日为2024年6月底。", date(2024, 6, 30)),
        ("截至2024年底。", date(2024, 12, 31)),
        ("2024年12月31日。", None),
    ],
)
def test_as_of(text: str, day: date | None) -> None:
    assert find_stated(saying(text), ()).as_of == day


# Problems


def test_problems_by_heading_order_or_paragraph() -> None:
    by_number = (
        Paragraph("四", "四、存在问题及建议"),
        Paragraph("四（一）", "（一）主要问题"),
        Paragraph("四（一）1", "1.资金拨付不及时、不足额。仅支付53%。"),
        Paragraph("四（一）2", "2.长效管理缺位。"),
        Paragraph("四（二）", "（二）相关建议"),
        Paragraph("四（二）1", "1.加快拨付。"),
    )
    assert find_problems(by_number) == (
        ("problem", "资金拨付不及时、不足额", "四（一）1"),
        ("problem", "长效管理缺位", "四（一）2"),
        ("recommendation", "加快拨付", "四（二）1"),
    )
    got = values(list(by_number))
    assert (got["problem_count"], got["problem_quantified"]) == (2, 1)
    in_text = (Paragraph("", "存在问题"), Paragraph("", "一是工程进度滞后；二是管线底数不清，三是缺少验收资料。"))
    assert [text for _, text, _ in find_problems(in_text)] == ["工程进度滞后", "管线底数不清", "缺少验收资料"]
    plain_text = (
        Paragraph("", "主要问题"),
        Paragraph("", "进度偏慢。"),
        Paragraph("", "建议"),
        Paragraph("", "加快。"),
    )
    assert [kind for kind, *_ in find_problems(plain_text)] == ["problem", "recommendation"]


# Whatever the text


PIECES = [
    *("专项债", "财政", "28个小区", "8000万元", "100%", "（", "）", "一、", "（一）"),
    *("1、", "满意度", "2023年", "2月30日", "。", "，", "十四五期末", "批复", "〔2022〕"),
    *("41号", "使用率", "_GoBack", "市（区）场", "存在问题", "占", "得分", "分", "已竣工"),
    *("未", "全面完成", "目标", "㎡", "户", "第", "截至", "9999年12月", "元"),
    *("亿"),
    "９" * 30,
    "\u0000",
    "\n",
]


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "一", "二（一）", "x", "四（一）1(2)", "十一"]),
            st.lists(st.sampled_from(PIECES), max_size=25) | st.text(max_size=40).map(list),
        ),
        max_size=8,
    )
)
def test_no_text_breaks_it(drawn: list[tuple[str, list[str]]]) -> None:
    paragraphs = tuple(Paragraph(section, "".join(pieces)) for section, pieces in drawn)
    claims = find_claims(paragraphs)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.text
        assert claim.source.startswith("报告 ")
        assert claim.value is None or (abs(claim.value) < D(10) ** 12 and claim.value == round(claim.value, 6))
    find_stated(paragraphs, PLACES)
    find_problems(paragraphs)


def test_one_line_of_a_million_letters() -> None:
    # No pattern may hang on a file that is one line: the whole is read in pieces.
    for piece in ("老旧", "1,", "目标", "、街道", "专项债占", "2023", "("):
        assert len(find_claims((Paragraph("一", piece * 50_000),))) < 3


def test_plain() -> None:
    assert plain(" ２０２３ 年\u3000６月 ") == "2023年6月"
    assert plain("二〇二四年十二月三十一日") == "2024年12月31日"
    assert plain("百分之八十点五") == "80.5%"
    assert plain("十分重要，千家万户") == "十分重要,千家万户"
