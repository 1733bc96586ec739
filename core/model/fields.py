"""The columns of a project's tables, one `Field` each: headings, readers, corrections, template and changes follow it.

A new column is its `Field` here, its attribute in the row of its table (`core.model.project`), and its schema step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.model.payments import Payment
from core.model.project import (
    FUNDING_NAMES,
    Arrival,
    BudgetGroup,
    Community,
    Comparison,
    Delivery,
    Milestone,
    RenovationLine,
    SourceMoney,
    SpendLine,
)

Kind = Literal[
    "money", "change", "area", "communities", "buildings", "households", "places", "answers", "inspections", "share",
    "day", "text", "number",
]  # fmt: skip
"""The contents of a column's cells. money: not negative; change: may be below 0; places: communities; answers:
questionnaires; share: 0..1; text: a label; number: of what its row says."""
UNITS: Mapping[Kind, str] = {
    "money": "万元", "change": "万元", "area": "万㎡", "communities": "个", "buildings": "栋", "households": "户",
}  # fmt: skip
"""The unit in which figures are kept and shown."""
MEASURED: tuple[Kind, ...] = ("money", "change", "area")
"""Kinds with decimals, and with a unit that somebody has to say."""

TableId = Literal[
    "spend", "renovation", "delivery", "split", "arrivals", "milestones", "communities", "payments", "comparisons",
    "sources",
]  # fmt: skip


@dataclass(frozen=True)
class ProjectTable:
    """A table that a project's file may hold; on one sheet several may stand side by side."""

    id: TableId
    name: str
    """As sources call it."""
    row: type
    """The dataclass of one row."""
    rows: str = ""
    """The attribute of `Facts` with its rows; "" where they are kept elsewhere."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of a row."""
        return tuple(each.name for each in dataclasses.fields(self.row))


@dataclass(frozen=True)
class Field:
    """One column of a project's tables."""

    id: str
    name: str
    """As exports and sentences call it; the first spelling of its heading."""
    kind: Kind
    tables: tuple[TableId, ...] = ()
    """The tables that state it; none for the labels that stand in all of them."""
    synonyms: str = ""
    """Other spellings of its heading, parted by blanks: in half width, without brackets and units."""
    attribute: str = ""
    """Its attribute in the row of its table; "": called as the field is."""
    since: int = 0
    """The version of the schema that brought its column; 0: the first that had its table."""
    cumulative: bool = False
    """True when it cannot fall from one snapshot to the next."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings of its heading."""
        return (self.name, *self.synonyms.split())

    @property
    def stored_as(self) -> str:
        """The name of its attribute and of its column in the store."""
        return self.attribute or self.id

    @property
    def is_label(self) -> bool:
        """True when it names what a row is of."""
        return self.kind == "text"

    @property
    def unit(self) -> str:
        """The unit of its figures, "" for none."""
        return UNITS.get(self.kind, "")

    @property
    def measured(self) -> bool:
        """True for an amount or an area."""
        return self.kind in MEASURED

    @property
    def summed(self) -> bool:
        """True when its figures may be added up: amounts, areas and counts."""
        return self.kind not in ("text", "day", "share", "number")


TABLES: Mapping[TableId, ProjectTable] = {
    table.id: table
    for table in (
        ProjectTable("spend", "资金明细表", SpendLine, "spend"),
        ProjectTable("renovation", "受益明细表", RenovationLine, "renovation"),
        ProjectTable("delivery", "实施进度", Delivery, "deliveries"),
        ProjectTable("split", "分街镇批复", BudgetGroup),
        ProjectTable("arrivals", "资金到位", Arrival, "arrivals"),
        ProjectTable("milestones", "里程碑", Milestone, "milestones"),
        ProjectTable("communities", "小区明细", Community),
        ProjectTable("payments", "付款台账", Payment),
        ProjectTable("comparisons", "改造前后对比", Comparison, "comparisons"),
        ProjectTable("sources", "各来源资金", SourceMoney, "source_money"),
    )
}

FLOWS: Mapping[str, str] = {"planned": "计划", "arrived": "到位", "paid": "已支付"}
"""What is said of a source's money, and the words behind its name."""
_FLOW_FIELD = "funding_"


def source_field(flow: str, source: str) -> str:
    """The id of the column of a source's money: funding_paid:中央财政补助; `source` "": of all sources together."""
    return f"{_FLOW_FIELD}{flow}:{source}"


def source_of(field: str) -> tuple[str, str] | None:
    """Flow and source of the column of a source's money; None for any other field."""
    flow, mark, source = field.removeprefix(_FLOW_FIELD).partition(":")
    return (flow, source) if mark and flow in FLOWS and field.startswith(_FLOW_FIELD) else None


class _Fields(dict[str, Field]):
    """The fields by id; there is one for each flow of any source of money, made of the source's name."""

    def __missing__(self, name: str) -> Field:
        found = source_of(name)
        if found is None:
            raise KeyError(name)
        flow, source = found
        called = f"{FUNDING_NAMES.get(source, source) or '各来源资金'}{FLOWS[flow]}"
        return Field(name, called, "money", ("sources",), attribute=flow)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and source_of(name) is not None)


FIELDS: Mapping[str, Field] = _Fields(
    (field.id, field)
    for field in (
        Field("serial", "序号", "text", (), "序 No No."),
        Field(
            "place", "街镇", "text", (),
            "镇街 街道 乡镇 镇 街道名称 街镇名称 镇街名称 乡镇名称 街道/镇 镇/街道 街道乡镇 乡镇街道 镇街道"
            " 所属街镇 所属街道 所在街镇 所在街道 地区 区域 县 县区 区县 县市区 城市",
        ),
        Field(
            "community", "小区", "text", ("communities",),
            "小区名称 小区名 改造小区名称 项目小区 老旧小区名称",
            attribute="name",
        ),
        Field(
            "split", "分街镇批复数", "money", ("split",),
            "分街镇批复 分街镇概算 分解批复数 分解概算 批复分解数",
            attribute="amount",
        ),
        Field(
            "estimate", "概算", "money", ("spend",),
            "概算金额 概算投资 批复概算 批复金额 概算总投资 批复概算金额 计划总投资 批复总投资 批复投资 预算 预算金额",
            attribute="amount",
        ),
        Field(
            "invested", "已投资", "money", ("spend", "communities"),
            "已投资金额 投资完成 完成投资 已完成投资 完成投资额 累计投资 累计完成投资 已投资额",
            cumulative=True,
        ),
        Field(
            "paid", "累计支付", "money", ("spend", "communities"),
            "累计支付金额 累计已支付 累计付款 已支付 已支付金额 支付金额 累计支出 累计支出金额 已支出 实际支出"
            " 累计支付额",
            cumulative=True,
        ),
        Field(
            "communities", "小区数", "communities", ("renovation",),
            "小区数量 小区个数 受益小区数量 受益小区数 受益小区 改造小区数 改造小区数量 改造小区个数",
        ),
        Field(
            "buildings", "栋数", "buildings", ("renovation", "communities"),
            "受益栋数 楼栋数 楼栋数量 幢数 受益幢数 改造栋数 楼幢数 栋",
        ),
        Field(
            "households", "户数", "households", ("renovation", "communities"),
            "受益户数 居民户数 改造户数 惠及户数 总户数 户",
        ),
        Field(
            "area", "面积", "area", ("renovation", "communities"),
            "受益面积 改造面积 建筑面积 总建筑面积 改造建筑面积",
        ),
        Field(
            "physical", "形象进度", "share", ("delivery", "communities"), "工程形象进度 工程进度 完成进度",
            cumulative=True,
        ),
        Field(
            "built", "建成年代", "text", ("communities",),
            "建成年份 建设年代 建成时间 建造年代 建筑年代 竣工年代",
            since=6,
        ),
        Field("renewal", "改造类型", "text", ("communities",), "改造类别 改造等级 改造层次", since=6),
        Field(
            "begun_on", "开工日期", "day", ("communities",), "开工时间 实际开工日期 实际开工时间 开工年月", since=6,
        ),
        Field(
            "done_on", "完工日期", "day", ("communities",),
            "完工时间 竣工日期 竣工时间 实际完工日期 实际完工时间 实际竣工时间 完工年月",
            since=6,
        ),
        Field("own_estimate", "小区概算", "money", ("communities",), "小区总投资 小区投资概算", since=6),
        Field("started", "开工小区数", "places", ("delivery",), "已开工小区数 开工小区 开工数", cumulative=True),
        Field(
            "finished", "完工小区数", "places", ("delivery",), "已完工小区数 竣工小区数 完工小区 完工数",
            cumulative=True,
        ),
        Field("accepted", "验收小区数", "places", ("delivery",), "已验收小区数 验收小区 验收数", cumulative=True),
        Field("satisfaction", "满意度", "share", ("delivery",), "群众满意度 居民满意度"),
        Field("surveyed", "有效问卷数", "answers", ("delivery",), "有效问卷 有效样本 有效样本数 样本数"),
        Field(
            "homes_finished", "完工户数", "households", ("delivery",), "已完工户数 竣工户数 已竣工户数",
            since=4, cumulative=True,
        ),
        Field(
            "inspected", "已验收数", "inspections", ("delivery",), "验收项数 已验收项数 分部分项验收数",
            since=4, cumulative=True,
        ),
        Field(
            "qualified", "合格数", "inspections", ("delivery",),
            "验收合格数 合格项数 验收合格项数 合格小区数 验收合格小区数",
            since=4,
            cumulative=True,
        ),
        Field(
            "stage_target", "阶段目标小区数", "places", ("delivery",), "阶段目标量 阶段目标 阶段计划完工小区数",
            since=4,
        ),
        Field("contract", "合同价", "money", ("delivery", "payments"), "合同金额 合同总价 合同价款", since=4),
        Field("variation", "变更额", "change", ("delivery",), "变更金额 合同变更额 变更增减额", since=4),
        Field("funding", "资金来源", "text", ("arrivals", "payments"), "资金渠道 资金性质"),
        Field("arrived_on", "到位日期", "day", ("arrivals",), "到账日期 到位时间 到账时间 拨付日期"),
        Field("arrived", "到位金额", "money", ("arrivals",), "到账金额 到位资金 拨付金额", attribute="amount"),
        Field(
            "paid_on", "付款日期", "day", ("payments",),
            "支付日期 付款时间 支付时间 日期 记账日期 凭证日期 付款日 支付日",
        ),
        Field(
            "payee", "收款单位", "text", ("payments",),
            "收款人 收款方 收款单位名称 收款人名称 收款方名称 收款账户名称 收款户名 对方单位 往来单位 供应商",
        ),
        Field(
            "payment", "付款金额", "change", ("payments",),
            "付款额 本次付款 本次支付 本次付款金额 本次支付金额 实付金额 支付额 金额 借方金额 借方发生额 借方",
            attribute="amount",
        ),
        Field(
            "voucher", "凭证号", "text", ("payments",),
            "凭证编号 记账凭证号 凭证字号 凭证号数 支付凭证号 支付令号 单据号",
        ),
        Field("contract_no", "合同编号", "text", ("payments",), "合同号 合同编码 所属合同 合同编号/名称"),
        Field(
            "purpose", "用途", "text", ("payments",),
            "摘要 付款内容 付款用途 资金用途 支付内容 支付用途 付款事由 款项内容",
        ),
        Field(
            "compared", "对比指标", "text", ("comparisons",),
            "指标 指标名称 对比内容 对比项目 对比项",
            attribute="name",
        ),
        Field("unit", "计量单位", "text", ("comparisons",), "单位 指标单位"),
        Field("before", "改造前", "number", ("comparisons",), "改造前数 改造前数值 改造前情况 实施前"),
        Field("after", "改造后", "number", ("comparisons",), "改造后数 改造后数值 改造后情况 实施后"),
        Field("milestone", "里程碑", "text", ("milestones",), "节点 节点名称 里程碑名称 关键节点", attribute="name"),
        Field("planned", "计划日期", "day", ("milestones",), "计划时间 计划完成日期 计划完成时间"),
        Field("actual", "实际日期", "day", ("milestones",), "实际时间 实际完成日期 实际完成时间"),
        Field("owner", "责任单位", "text", ("milestones",), "责任人 责任部门 牵头单位 责任单位/责任人", since=10),
    )
)  # fmt: skip


def _in_order(table: ProjectTable) -> tuple[str, ...]:
    """The fields of a table as its rows have them; first the approved amount, which is of many rows."""
    there = table.attributes
    fields = [field for field in FIELDS.values() if table.id in field.tables]
    fields.sort(key=lambda field: there.index(field.stored_as) if field.stored_as in there else -1)
    return tuple(field.id for field in fields)


COLUMNS: Mapping[TableId, tuple[str, ...]] = {name: _in_order(table) for name, table in TABLES.items()}
"""Table -> its fields in their order, without the labels of every table."""


def own_figures(table: TableId) -> tuple[str, ...]:
    """The fields of a table that its rows hold themselves."""
    return tuple(name for name in COLUMNS[table] if FIELDS[name].stored_as in TABLES[table].attributes)


def of_communities(table: TableId) -> tuple[str, ...]:
    """The fields of a table that are the sums of what its communities report."""
    return tuple(name for name in COLUMNS[table] if name in COLUMNS["communities"] and FIELDS[name].summed)
