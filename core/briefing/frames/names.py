"""What people call the frames, by their ids, in their own order."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import word

FRAME_NAMES: Mapping[str, str] = {
    "overview": word("总览"),
    "budget": word("资金使用"),
    "funding": word("资金来源"),
    "pace": word("进度与预测"),
    "streets": word("各街镇"),
    "trend": word("变化趋势"),
    "beneficiaries": word("受益情况"),
    "unit_costs": word("单位投资"),
    "compared": word("改造前后"),
    "scorecard": word("绩效评分"),
    "deductions": word("扣分"),
    "differences": word("差异与余量"),
    "checks": word("数据疑点"),
    "findings": word("问题整改"),
}
