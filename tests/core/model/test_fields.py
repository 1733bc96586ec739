"""The columns of a project's tables: what each is called, holds, and where it is kept.

The lists are what the program had in five tables before the columns had one home (0.5.0), copied by hand.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.briefing import data_sheet
from core.ingest.files.labels import plain
from core.ingest.project_tables.correction import FIGURES
from core.model.fields import COLUMNS, FIELDS, TABLES, TableId
from core.store import delivery_tables
from core.store.session import statement

BEFORE = {
    "serial": ("text", "序号 序 No No."),
    "place": (
        "text",
        "街镇 镇街 街道 乡镇 镇 街道名称 街镇名称 镇街名称 乡镇名称 街道/镇 镇/街道 街道乡镇 乡镇街道"
        " 镇街道 所属街镇 所属街道 所在街镇 所在街道 地区 区域",
    ),
    "community": ("text", "小区 小区名称 小区名 改造小区名称 项目小区 老旧小区名称"),
    "split": ("money", "分街镇批复数 分街镇批复 分街镇概算 分解批复数 分解概算 批复分解数"),
    "estimate": (
        "money",
        "概算 概算金额 概算投资 批复概算 批复金额 概算总投资 批复概算金额 计划总投资 批复总投资 批复投资 预算 预算金额",
    ),
    "invested": ("money", "已投资 已投资金额 投资完成 完成投资 已完成投资 完成投资额 累计投资 累计完成投资 已投资额"),
    "paid": (
        "money",
        "累计支付 累计支付金额 累计已支付 累计付款 已支付 已支付金额 支付金额 累计支出 累计支出金额 已支出"
        " 实际支出 累计支付额",
    ),
    "communities": (
        "communities",
        "小区数 小区数量 小区个数 受益小区数量 受益小区数 受益小区 改造小区数 改造小区数量 改造小区个数",
    ),
    "buildings": ("buildings", "栋数 受益栋数 楼栋数 楼栋数量 幢数 受益幢数 改造栋数 楼幢数 栋"),
    "households": ("households", "户数 受益户数 居民户数 改造户数 惠及户数 总户数 户"),
    "area": ("area", "面积 受益面积 改造面积 建筑面积 总建筑面积 改造建筑面积"),
    "physical": ("share", "形象进度 工程形象进度 工程进度 完成进度"),
    "started": ("places", "开工小区数 已开工小区数 开工小区 开工数"),
    "finished": ("places", "完工小区数 已完工小区数 竣工小区数 完工小区 完工数"),
    "accepted": ("places", "验收小区数 已验收小区数 验收小区 验收数"),
    "satisfaction": ("share", "满意度 群众满意度 居民满意度"),
    "surveyed": ("answers", "有效问卷数 有效问卷 有效样本 有效样本数 样本数"),
    "homes_finished": ("households", "完工户数 已完工户数 竣工户数 已竣工户数"),
    "inspected": ("inspections", "已验收数 验收项数 已验收项数 分部分项验收数"),
    "qualified": ("inspections", "合格数 验收合格数 合格项数 验收合格项数 合格小区数 验收合格小区数"),
    "stage_target": ("places", "阶段目标小区数 阶段目标量 阶段目标 阶段计划完工小区数"),
    "contract": ("money", "合同价 合同金额 合同总价 合同价款"),
    "variation": ("change", "变更额 变更金额 合同变更额 变更增减额"),
    "funding": ("text", "资金来源 资金渠道 资金性质"),
    "arrived_on": ("day", "到位日期 到账日期 到位时间 到账时间 拨付日期"),
    "arrived": ("money", "到位金额 到账金额 到位资金 拨付金额"),
    "milestone": ("text", "里程碑 节点 节点名称 里程碑名称 关键节点"),
    "planned": ("day", "计划日期 计划时间 计划完成日期 计划完成时间"),
    "actual": ("day", "实际日期 实际时间 实际完成日期 实际完成时间"),
}  # fmt: skip
"""Field -> what its cells hold, and the spellings of its heading, its name first."""
TABLES_BEFORE = {
    "spend": ("资金明细表", "estimate invested paid"),
    "renovation": ("受益明细表", "communities buildings households area"),
    "delivery": (
        "实施进度",
        "physical started finished accepted satisfaction surveyed homes_finished inspected qualified stage_target"
        " contract variation",
    ),
    "split": ("分街镇批复", "split"),
    "arrivals": ("资金到位", "funding arrived_on arrived"),
    "milestones": ("里程碑", "milestone planned actual"),
    "communities": ("小区明细", "community buildings households area invested paid physical"),
}
CORRECTED_BEFORE = (
    "invested 已投资 spend money", "paid 累计支付 spend money", "communities 小区数 renovation count",
    "buildings 栋数 renovation count", "households 户数 renovation count", "area 面积 renovation area",
    "physical 形象进度 deliveries share", "started 开工小区数 deliveries count",
    "finished 完工小区数 deliveries count", "accepted 验收小区数 deliveries count",
    "satisfaction 满意度 deliveries share", "surveyed 有效问卷数 deliveries count",
    "homes_finished 完工户数 deliveries count", "inspected 已验收数 deliveries count",
    "qualified 合格数 deliveries count", "stage_target 阶段目标小区数 deliveries count",
    "contract 合同价 deliveries money", "variation 变更额 deliveries change", "estimate 概算 estimate money",
    "bond_planned 专项债计划 funding money", "bond_paid 专项债已支付 funding money",
    "bond_arrived 专项债到位 funding money", "budget_planned 财政预算资金计划 funding money",
    "budget_paid 财政预算资金已支付 funding money", "budget_arrived 财政预算资金到位 funding money",
)  # fmt: skip
TEMPLATE_BEFORE = {
    "spend": ("街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"),
    "renovation": ("街镇", "小区数（个）", "栋数（栋）", "户数（户）", "面积（万㎡）"),
    "delivery": (
        "街镇", "形象进度", "开工小区数", "完工小区数", "验收小区数", "满意度", "有效问卷数", "完工户数", "已验收数",
        "合格数", "阶段目标小区数", "合同价（万元）", "变更额（万元）",
    ),
    "arrivals": ("资金来源", "到位日期", "到位金额（万元）"),
    "milestones": ("里程碑", "计划日期", "实际日期", "街镇"),
    "communities": ("街镇", "小区", "栋数", "户数", "面积（万㎡）", "已投资（万元）", "累计支付（万元）", "形象进度"),
}  # fmt: skip
KEPT_IN = {
    "spend": ("spend",), "renovation": ("renovation",), "delivery": tuple(delivery_tables.TABLES),
    "split": ("budget_group",), "arrivals": ("arrival",), "milestones": ("milestone", "milestone_owner"),
    "communities": ("community", "community_more"), "payments": ("payment",), "comparisons": ("comparison",),
    "sources": ("source_money",),
}  # fmt: skip


def test_names_spellings_and_kinds_are_those_of_before() -> None:
    """Spellings may be added; their order is that of the choices on the import page."""
    assert [name for name in FIELDS if name in BEFORE] == list(BEFORE)
    for name, (kind, spellings) in BEFORE.items():
        field, (first, *others) = FIELDS[name], spellings.split()
        assert (field.kind, field.name, field.spellings[0]) == (kind, first, first)
        assert set(others) <= set(field.spellings)


def test_tables_have_the_columns_of_before() -> None:
    for table, (called, names) in TABLES_BEFORE.items():
        assert TABLES[table].name == called  # type: ignore[index]
        assert [name for name in COLUMNS[table] if name in BEFORE] == names.split()  # type: ignore[index]


def test_the_figures_that_may_be_put_right_are_those_of_before() -> None:
    said = [f"{each.id} {each.name} {each.part} {each.kind}" for each in FIGURES]
    assert [line for line in said if line in CORRECTED_BEFORE] == list(CORRECTED_BEFORE)
    assert {each.id: each.funding for each in FIGURES if each.part == "funding"} == {
        f"{source}_{what}": source for source in ("bond", "budget") for what in ("planned", "paid", "arrived")
    }


def test_the_template_has_the_headings_of_before() -> None:
    for table, headings in TEMPLATE_BEFORE.items():
        made = data_sheet.headings(table)  # type: ignore[arg-type]
        assert [heading for heading in made if heading in headings] == list(headings)


def test_no_spelling_means_two_fields_and_each_reads_as_it_is_compared() -> None:
    spellings = [each for field in FIELDS.values() for each in field.spellings]
    assert [each for each, times in Counter(spellings).items() if times > 1] == []
    assert [each for each in spellings if plain(each) != each] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_its_attribute_and_is_stored(table: TableId) -> None:
    created = "".join(statement(f"create_{name}") for name in KEPT_IN[table])
    stored = set(re.findall(r"^    ([a-z_]+) [A-Z]", created, re.MULTILINE))
    for name in COLUMNS[table]:
        attribute = FIELDS[name].stored_as
        assert attribute in TABLES[table].attributes or name == "estimate"
        assert attribute in stored or name == "estimate"
