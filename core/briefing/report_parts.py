"""The chapters and annexes of the evaluation report by their ids, in order: the one list of their names.

The outline of chapters is that of 财预〔2020〕10号. Nothing here needs the library that writes documents.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.text import word

REPORT_PARTS: Mapping[str, str] = {
    "basics": word("基本情况"),
    "procedure": word("绩效评价工作开展情况"),
    "conclusion": word("综合评价情况及评价结论"),
    "analysis": word("绩效评价指标分析"),
    "lessons": word("主要经验及做法、存在的问题及原因分析"),
    "remedies": word("有关建议"),
    "other": word("其他需要说明的问题"),
    "scores": word("绩效评价指标评分表"),
    "opinions": word("反馈意见采纳情况表"),
    "documents": word("资料清单"),
    "to_fill_in": word("待填写事项"),
}
ALWAYS_ANEW = ("basics", "scores")
"""They begin on a new page anyhow: after the contents, and where the pages turn sideways."""
MAY_BREAK: Mapping[str, str] = {name: called for name, called in REPORT_PARTS.items() if name not in ALWAYS_ANEW}
"""Parts before which a page break can be chosen."""
