"""The headings of a project's tables: which column is which, by its words or by what the user said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.ingest.headings import plain
from core.ingest.table_file import Table, letters
from core.text import word

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "serial": ("序号", "序", "No", "No."),
    "place": (
        "街镇", "镇街", "街道", "乡镇", "镇", "街道名称", "街镇名称", "镇街名称", "乡镇名称", "街道/镇",
        "镇/街道", "街道乡镇",
        "乡镇街道", "镇街道", "所属街镇", "所属街道", "所在街镇", "所在街道", "地区", "区域",
    ),
    "community": ("小区", "小区名称", "小区名", "改造小区名称", "项目小区", "老旧小区名称"),
    "split": ("分街镇批复数", "分街镇批复", "分街镇概算", "分解批复数", "分解概算", "批复分解数"),
    "estimate": (
        "概算", "概算金额", "概算投资", "批复概算", "批复金额", "概算总投资", "批复概算金额", "计划总投资",
        "批复总投资", "批复投资",
        "预算", "预算金额",
    ),
    "invested": ("已投资", "已投资金额", "投资完成", "完成投资", "已完成投资", "完成投资额", "累计投资",
        "累计完成投资", "已投资额"),
    "paid": (
        "累计支付", "累计支付金额", "累计已支付", "累计付款", "已支付", "已支付金额", "支付金额", "累计支出",
        "累计支出金额", "已支出",
        "实际支出", "累计支付额",
    ),
    "communities": (
        "小区数", "小区数量", "小区个数", "受益小区数量", "受益小区数", "受益小区", "改造小区数",
        "改造小区数量", "改造小区个数",
    ),
    "buildings": ("栋数", "受益栋数", "楼栋数", "楼栋数量", "幢数", "受益幢数", "改造栋数", "楼幢数", "栋"),
    "households": ("户数", "受益户数", "居民户数", "改造户数", "惠及户数", "总户数", "户"),
    "area": ("面积", "受益面积", "改造面积", "建筑面积", "总建筑面积", "改造建筑面积"),
    "physical": ("形象进度", "工程形象进度", "工程进度", "完成进度"),
    "started": ("开工小区数", "已开工小区数", "开工小区", "开工数"),
    "finished": ("完工小区数", "已完工小区数", "竣工小区数", "完工小区", "完工数"),
    "accepted": ("验收小区数", "已验收小区数", "验收小区", "验收数"),
    "satisfaction": ("满意度", "群众满意度", "居民满意度"),
    "surveyed": ("有效问卷数", "有效问卷", "有效样本", "有效样本数", "样本数"),
    "homes_finished": ("完工户数", "已完工户数", "竣工户数", "已竣工户数"),
    "inspected": ("已验收数", "验收项数", "已验收项数", "分部分项验收数"),
    "qualified": ("合格数", "验收合格数", "合格项数", "验收合格项数", "合格小区数", "验收合格小区数"),
    "stage_target": ("阶段目标小区数", "阶段目标量", "阶段目标", "阶段计划完工小区数"),
    "contract": ("合同价", "合同金额", "合同总价", "合同价款"),
    "variation": ("变更额", "变更金额", "合同变更额", "变更增减额"),
    "funding": ("资金来源", "资金渠道", "资金性质"),
    "arrived_on": ("到位日期", "到账日期", "到位时间", "到账时间", "拨付日期"),
    "arrived": ("到位金额", "到账金额", "到位资金", "拨付金额"),
    "milestone": ("里程碑", "节点", "节点名称", "里程碑名称", "关键节点"),
    "planned": ("计划日期", "计划时间", "计划完成日期", "计划完成时间"),
    "actual": ("实际日期", "实际时间", "实际完成日期", "实际完成时间"),
}  # fmt: skip
"""Field -> how its column may be called."""

NAMES: Mapping[str, str] = {
    "serial": word("序号"),
    "place": word("街镇"),
    "community": word("小区"),
    "split": word("分街镇批复数"),
    "estimate": word("概算"),
    "invested": word("已投资"),
    "paid": word("累计支付"),
    "communities": word("小区数"),
    "buildings": word("栋数"),
    "households": word("户数"),
    "area": word("面积"),
    "physical": word("形象进度"),
    "started": word("开工小区数"),
    "finished": word("完工小区数"),
    "accepted": word("验收小区数"),
    "satisfaction": word("满意度"),
    "surveyed": word("有效问卷数"),
    "homes_finished": word("完工户数"),
    "inspected": word("已验收数"),
    "qualified": word("合格数"),
    "stage_target": word("阶段目标小区数"),
    "contract": word("合同价"),
    "variation": word("变更额"),
    "funding": word("资金来源"),
    "arrived_on": word("到位日期"),
    "arrived": word("到位金额"),
    "milestone": word("里程碑"),
    "planned": word("计划日期"),
    "actual": word("实际日期"),
}
"""What we call them ourselves, in exports and sentences."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "spend": ("estimate", "invested", "paid"),
    "renovation": ("communities", "buildings", "households", "area"),
    "delivery": (
        "physical", "started", "finished", "accepted", "satisfaction", "surveyed", "homes_finished", "inspected",
        "qualified", "stage_target", "contract", "variation",
    ),
    "split": ("split",),
    "arrivals": ("funding", "arrived_on", "arrived"),
    "milestones": ("milestone", "planned", "actual"),
    "communities": ("community", "buildings", "households", "area", "invested", "paid", "physical"),
}  # fmt: skip
"""Part of the facts -> the fields that state it. One table may state several: money and homes side by side."""

PART_NAMES: Mapping[str, str] = {
    "spend": word("资金明细表"),
    "renovation": word("受益明细表"),
    "delivery": word("实施进度"),
    "split": word("分街镇批复"),
    "arrivals": word("资金到位"),
    "milestones": word("里程碑"),
    "communities": word("小区明细"),
}
"""What a source calls them."""

_FIELD_OF = {spelling: field for field, spellings in SPELLINGS.items() for spelling in spellings}
_BY_PLACE = ("spend", "renovation", "delivery", "split")
MOST_SECTIONS = 50
"""Tables on one sheet."""
_MOST_COLUMNS = 200
_SEARCHED = 40
"""Rows of a sheet of which each may be a heading; further down it follows a gap, a title or a row of sums."""
_UNIT_BEHIND = re.compile(r"单位|[/::(\[]|(?<=.)(?:亿元|万元|元|万m2|万平方米|m2|平方米|平米)$")


@dataclass(frozen=True)
class Section:
    """One table: its heading and the rows under it."""

    table: Table
    top: int
    """The heading's first row."""
    row: int
    """The heading's last row."""
    last: int
    columns: Mapping[str, int]
    """Field -> column."""
    words: Mapping[int, str]
    """Column -> its heading as it stands."""
    twice: tuple[tuple[str, int], ...]
    """Fields that another column claims as well, with that column."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Which parts of the facts it states."""
        return _parts(self.columns)

    def heading(self, field: str) -> str:
        """The heading over that field, as the file has it."""
        return self.words[self.columns[field]]

    def lettered(self, field: str) -> str:
        """The same with its column, as a spreadsheet shows it: C:户数."""
        return f"{letters(self.columns[field])}:{self.heading(field)}"


def _parts(columns: Mapping[str, int]) -> tuple[str, ...]:
    if "community" in columns:
        return ("communities",) if any(field in columns for field in PARTS["communities"][1:]) else ()
    if "funding" in columns and ("arrived" in columns or "arrived_on" in columns):
        return ("arrivals",)
    if "milestone" in columns:
        return ("milestones",) if "planned" in columns or "actual" in columns else ()
    if "place" not in columns:
        return ()
    return tuple(part for part in _BY_PLACE if any(field in columns for field in PARTS[part]))


def find_sections(table: Table, mapping: Mapping[str, str] = MappingProxyType({})) -> list[Section]:
    """Every table on the sheet, from the top. `mapping`: heading -> field as the user said, "" leaves it out.

    No row that is folded is looked at as a heading.
    """
    spoken = {_key(heading): field for heading, field in mapping.items()}
    found: list[Section] = []
    looked = 0
    for number in sorted(table.lines):
        if len(found) == MOST_SECTIONS:
            break
        if not _may_begin(table, number, found):
            continue
        section = _heading(table, number, spoken)
        if section is None:
            continue
        over = found[-1] if found else None
        if over is not None and over.row == number - 1:
            if len(section.columns) < len(over.columns):
                continue
            section = replace(section, top=min(section.top, over.top))
            found.pop()  # the upper row of a heading in two rows
        elif over is not None and over.words == section.words:
            totalled, looked = _totalled(table, max(over.row, looked), number), number
            if not totalled:
                continue  # the same heading again, at the top of another page
        found.append(section)
    ends = [*(_over(table, section) for section in found[1:]), table.rows]
    return [replace(section, last=last) for section, last in zip(found, ends, strict=False)]


def _over(table: Table, section: Section) -> int:
    """The last row of the table before: without the lines that are a title of this one."""
    row = section.top - 1
    while row > 0 and len(table.line(row)) < 2:
        row -= 1
    return row


def _may_begin(table: Table, number: int, found: list[Section]) -> bool:
    """Whether it is worth looking: a file may have 200,000 rows."""
    if number <= _SEARCHED:
        return True
    before = table.line(number - 1)
    if len(before) < 2 or is_total(next(iter(before.values()))):
        return True
    return bool(found) and next(iter(table.lines[number].values())) in found[-1].words.values()


def _totalled(table: Table, first: int, last: int) -> bool:
    return any(is_total(text) for row in range(first + 1, last) for _, text in table.row(row))


def _heading(table: Table, row: int, spoken: Mapping[str, str]) -> Section | None:
    above = {column: (row, column) for column in table.lines[row] if column <= _MOST_COLUMNS}
    if table.merged:
        # A cell that reaches down from the row above belongs to this one; one that lies across is a title.
        tops = {column: table.merged.get((row, column), (0, 0)) for column in range(1, _MOST_COLUMNS + 1)}
        above |= {column: top for column, top in tops.items() if top[1] == column}
    words = {column: text for column in sorted(above) if (text := table.own(*above[column]))}
    if len(words) < 2:
        return None
    columns: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    for column, text in words.items():
        field = field_of(text, spoken)
        if field in columns:
            twice.append((field, column))
        elif field:
            columns[field] = column
    if not _parts(columns):
        return None
    top = min(above[column][0] for column in words)
    return Section(table, top, row, row, columns, words, tuple(twice))


def _key(heading: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading))


def field_of(heading: str, spoken: Mapping[str, str]) -> str:
    """The field that a heading names, "" for none."""
    if len(heading) > 60:
        return ""
    key = _key(heading)
    if key in spoken:
        return spoken[key]
    label = plain(heading)
    return _FIELD_OF.get(label) or _FIELD_OF.get(_UNIT_BEHIND.split(label, maxsplit=1)[0], "")


_TOTAL = re.compile(r"(?:.*(?:合计|总计|小计)|共计|合计数|总计数)")


def is_total(label: str) -> bool:
    """合计, 总 计, 璜土镇小计 …: a row of sums."""
    return len(label) <= 30 and ("计" in label) and _TOTAL.fullmatch(plain(label)) is not None


def is_subtotal(label: str) -> bool:
    """小计: of the rows since the sum before it."""
    return plain(label).endswith("小计")
