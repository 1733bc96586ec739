"""Labels that tell a row's kind: a sum or mean of others (合计, 全区, 平均), a part of them (其中), or layout.

Words alone decide only what cannot be one place. Whether a row with a place's name is a sum, its figures tell
(`core.ingest.project_tables.totals`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from core.ingest.files.labels import compact

_KIND = (
    "(?:省|自治区|自治州|地区|市|州|盟|区|县|旗|镇|乡|街道|街|办事处|村|社区|小区|辖区|园区|片区|域|境|国|地"
    "|项目|系统|单位|标段)"
)
_NUMBER = "(?:[0-9]+|[一二三四五六七八九十百两]+)"
_COUNT = f"{_NUMBER}(?:个|处|家|条)?{_KIND}*"
_TOTAL = re.compile(
    "|".join(
        (
            "计",
            ".*(?:合|总|小|共|累)计(?![划生量算委时]).*",  # not 综合计划科
            ".*(?<![设统会审估预])计",
            ".*汇总.*",
            ".*总(?:数|和|额|量|值)",
            "总体?|整体|[σ∑]",
            "(?:全部|全体|所有|以上|上述).*",
            f"全(?!州[县镇]){_KIND}+(?:范围|情况|数)?",  # 全州县 is a county
            f"各{_KIND}+",
            f"(?:以上|一|总)?共{_COUNT}",
            f"{_NUMBER}(?:个|处){_KIND}+",
            "(?:sub|grand)?-?totals?|sum|all",
        )
    )
)
_MEAN = re.compile(".*(?:平均|均值|均数|人均|户均).*|average|mean")
MAY_SUM = r"计|总|均|汇总|^(?:全|各|共|一共|所有|整体|以上|上述|其中)|Σ|∑|[Tt]otal|TOTAL|^(?i:sum|all|average|mean)"
"""Matches whatever may be more than data by its words, and more than that; RE2 understands it."""
_MAY = re.compile(MAY_SUM + r"|^[\d一二三四五六七八九十百两\W]")
_LAYOUT = re.compile(
    r"\s*(?:其\s*中\s*[:：,，、]?\s*)?"
    r"(?:(?:[0-9０-９]+\s*[.．、](?![0-9０-９])|[一二三四五六七八九十]+\s*[、.．]|[①-⑳]"
    r"|[(（][0-9０-９一二三四五六七八九十]+[)）]|[0-9０-９一二三四五六七八九十]+[)）])\s*)*"
)
_OF_WHICH = re.compile(r"\s*(?:[(（]?[0-9一二三四五六七八九十]*[)）.．、]?\s*)?其\s*中")
_PLACE = re.compile(".*(?:街道|街道办|办事处|街办|镇|乡|村|社区|区|县|市|旗|苏木|园|场)")
_MOST_LABEL = 30


def _key(label: str) -> str:
    short = compact(without_layout(label))
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", short) or re.sub(r"[()\[\]]", "", short)
    return bare.strip(":*.。、,-—【】《》<>\"'“”").casefold()


@lru_cache(maxsize=4096)
def is_total(label: str) -> bool:
    """合计, 总 计, 璜土镇小计, 全区, 各街镇, 共4个, 汇总, 平均 …: no place whatever its figures say."""
    if len(label) > _MOST_LABEL or _MAY.search(label) is None:
        return False
    key = _key(label)
    return _TOTAL.fullmatch(key) is not None or _MEAN.fullmatch(key) is not None


def is_mean(label: str) -> bool:
    """平均: the mean of the rows, not their sum."""
    return _MEAN.fullmatch(_key(label)) is not None


def is_subtotal(label: str) -> bool:
    """小计: of the rows since the sum before it."""
    return "小计" in _key(label)


def is_part(label: str) -> bool:
    """其中…: a part of something that stands above."""
    return _OF_WHICH.match(label) is not None


def is_placelike(label: str) -> bool:
    """A name as places have them: 申港街道, 璜土镇."""
    return _PLACE.fullmatch(_key(label)) is not None


def without_layout(label: str) -> str:
    """A name without 其中:, 1. and (一) in front of it; as it stands when nothing else is in it."""
    found = _LAYOUT.match(label)
    return label[found.end() :] or label if found else label
