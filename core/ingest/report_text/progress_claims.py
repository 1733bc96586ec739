"""Claims of the project's state in a report's sentences: goals, construction, satisfaction, score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.ingest.report_text.outline import Outline, OutlineLine
from core.ingest.report_text.wording import NUM, number, share, stored
from core.model.project import Claim
from core.text.quantities import quantities

_ALL = r"(?:全面|全部|均已?|圆满|悉数|如期|按期|百分百|100%)"
_REACHED = r"(?:地)?(?:完成|实现|达成|达到|落实|兑现)"
_GOALS = re.compile(
    rf"(?:目标|任务|指标)(?:值)?[^。;\d]{{0,14}}?(?P<no>未能?|没有|尚未|并未|难以|不能)?(?:得到|已经?|都|也|得以)*{_ALL}(?:都|已|得到|如期|按期|按时|圆满)*{_REACHED}"
    rf"|(?P<not>未能?|没有|尚未|并未|难以|不能)?{_ALL}{_REACHED}了?[^,。;\d]{{0,10}}?(?:目标|任务|指标)"
)
_WISHED = re.compile(
    r"确保|力争|争取|是否|能否|保证|推动|促进|为了|以便|国务院|全省|全国|印发|意见|五年规划|十[三四五]五|计划|预计|将|要求|20\d\d年(?:\d+月|年?底|末)?前|底前|须|应当"
)
_BUILDING = re.compile(
    r"(?:处于|处在|属于|仍在|尚在|还在|正在|目前在|正处)(?:项目|工程|中期|前期|后期|全面|紧张|的|加紧|陆续|持续|有序)*(?:施工|建设|改造|实施|推进|在建)(?!方案|单位|前|条件|准备)(?:阶段|期间?|之中|中)?"
    r"|在建(?!议|成)|(?:施工|改造|建设)(?:仍|尚|还)?(?:正在|在)(?:进行|推进)|边施工|(?:尚|仍)(?:处|在)[^,。;]{0,4}施工"
)
_NOT_DONE = re.compile(
    r"(?:尚未|还未|仍未|未能?|没有|还没有?|并未)(?:全部|完全|全面|按期|如期|最终|整体)*(?:完成|实现|通过|进行|组织|办理)?(?:全部|整体|改造|工程|项目|施工|建设)*(?:竣工|完工|建成|收尾|完成(?=[,。;]|$|改造|建设|施工))"
)
_OF_PAPERS = re.compile(r"(?:指标|目标|任务|满意度|审批|手续|资料|结算|决算|审计|绩效)[^,;]{0,6}$")
_DONE = re.compile(
    r"(?:已|业已|均已|已经)(?:于[^,。;]{0,14})?(?:全部|全面|如期|按期|整体|顺利)*(?:竣工|完工|建成|交付使用|完成竣工验收|通过竣工验收)(?![^,。;]{0,8}\d)"
)
_BELOW = re.compile(
    r"满意(?:程?度|率)[^。;]{0,16}?(?:未达|未能达|没有达|没达|达不到|尚未达|低于|不及|不足|未实现|未完成|偏低|较低|不高|不理想|有差距|存在差距|有待提[高升])"
    r"|(?:未达到?|没有达到|低于|达不到)[^,。;]{0,8}满意(?:程?度|率)(?:目标|预期|指标)?"
)
_ABOVE = re.compile(r"满意(?:程?度|率)[^。;]{0,16}?(?:达到(?:了)?(?:目标|预期|设定)|高于|超过|超出|优于)")
_SATISFIED = re.compile(rf"满意(?:程?度|率)(?P<words>[^。;\d]{{0,16}}?)(?P<number>{NUM})%")
_AIM = re.compile(r"目标|不低于|应达|≥|预期|要求|设定|指标值|计划")
_SAMPLE = re.compile(
    rf"(?:有效|收回|回收)(?:回收|问卷|样本|答卷)*[^。;\d]{{0,4}}?(?P<valid>{NUM})(?:份|户|人|张|个)"
    rf"|(?:问卷|样本)(?:量|数|份数)?[^。;\d]{{0,8}}?(?P<number>{NUM})(?:份|户|人|张|个)|(?P<other>{NUM})(?:份|张)[^。;\d]{{0,6}}问卷"
)
_METHOD = re.compile(
    r"问卷调查|电话(?:访谈|回访|调查)|入户(?:调查|走访|访谈)|随机抽样|抽样调查|线上调查|网络调查|分层抽样|当面访谈"
)
_SCORE = re.compile(
    rf"(?:综合|评价|最终|最后|总|绩效|自评|考核|评审|实际|合计){{0,4}}(?:得分|评分|总分|分值|分数)(?:结果|合计|总计|为|是|达|:|共|计)*(?P<number>{NUM})分?"
    rf"|(?:得|评|打|计)(?:为|了)?(?P<other>{NUM})分"
)
_FULL = re.compile(r"满分|总分(?:值)?(?:为|是|:)?100分?[,;。(]|百分制|分值|标准分")
_GRADE = re.compile(
    r"(?:等级|等次|级别|档次|评级|评定|评价结果|结果)[^。;\d]{0,8}?[“\"「『'《]?(?P<grade>优秀|良好|合格|不合格|较差|优|良|中|差)(?P<end>[”\"」』'》]?)(?!等|于|化|点)"
    r"|(?:属于?|列为|评为|获评|定为|达到)(?P<named>优秀|良好|合格|不合格)"
    r"|[“\"「『'](?P<quoted>优秀|良好|合格|不合格|优|良|中|差)[”\"」』']"
)


def _goals(line: OutlineLine, sentence: str) -> Iterator[Claim]:
    for found in _GOALS.finditer(sentence):
        start = max(sentence.rfind(mark, 0, found.start()) for mark in ",;") + 1
        if _WISHED.search(sentence[start : found.start()]) or _WISHED.search(found[0]):
            continue
        denied = found["no"] or found["not"] or re.search(r"(?:未|没有|并非)[^,]{0,4}$", sentence[: found.start()])
        yield Claim("goals_achieved", Decimal(0 if denied else 1), found[0], line.source)


def _construction(line: OutlineLine, sentence: str) -> Iterator[Claim]:
    building, done = _BUILDING.search(sentence), _DONE.search(sentence)
    open_ = next(
        (found for found in _NOT_DONE.finditer(sentence) if not _OF_PAPERS.search(sentence, 0, found.start())), None
    )
    if building:
        yield Claim("construction_state", Decimal(0), building[0], line.source)
    elif done:
        yield Claim("construction_state", Decimal(1), done[0], line.source)
    if open_:
        yield Claim("finished", Decimal(0), open_[0], line.source)
    elif done:
        yield Claim("finished", Decimal(1), done[0], line.source)


def _satisfaction(line: OutlineLine, sentence: str) -> Iterator[Claim]:
    below, above = _BELOW.search(sentence), _ABOVE.search(sentence)
    if below and not re.search(r"如果|若|防止|避免|扣", sentence[: below.start()]):
        yield Claim("satisfaction_below_target", Decimal(1), below[0], line.source)
    elif above:
        yield Claim("satisfaction_below_target", Decimal(0), above[0], line.source)
    for found in _SATISFIED.finditer(sentence):
        value = share(found["number"])
        if value is not None and value <= 1:
            name = "satisfaction_target" if _AIM.search(found["words"]) else "satisfaction_value"
            yield Claim(name, value, found[0], line.source)
    if "满意" in line.text or "问卷" in sentence:
        # Valid answers before those that were sent out.
        for found in sorted(_SAMPLE.finditer(sentence), key=lambda found: not found["valid"]):
            answers = stored(number(found["valid"] or found["number"] or found["other"]))
            yield Claim("satisfaction_sample", answers, found[0], line.source)
        method = _METHOD.search(sentence)
        if method and ("满意" in sentence or "问卷" in sentence):
            yield Claim("satisfaction_method", None, method[0], line.source)


def _score(line: OutlineLine, sentence: str) -> Iterator[Claim]:
    for found in _SCORE.finditer(sentence):
        digits = found["number"] or found["other"]
        value = stored(number(digits))
        before = re.split(r"[,;:()]", sentence[: found.start()])[-1][-8:]
        if value is None or value > 100 or _FULL.search(found[0] + sentence[found.end() : found.end() + 1]):
            continue
        if re.search(r"[扣满低高]$|满分|指标|标准|上年|去年", before):
            continue
        grade = _GRADE.search(sentence, found.end()) or _GRADE.search(line.text)
        words = "" if grade is None else f",“{grade['grade'] or grade['named'] or grade['quoted']}”"
        yield Claim("reported_score", value, f"{digits}分{words}", line.source)


def find(outline: Outline) -> Iterator[Claim]:
    """Claims of the project's state."""
    for line, sentence in outline.sentences():
        yield from _goals(line, sentence)
        yield from _construction(line, sentence)
        yield from _satisfaction(line, sentence)
        yield from _score(line, sentence)


_STAGE = re.compile(r"(?:阶段性?|年度|当年)(?:绩效)?目标")
MOST_TEXT = 60
"""Letters of a goal that are repeated."""


def find_stage_goal(outline: Outline) -> Iterator[Claim]:
    """The goal of the stage: how many quantities it has."""
    under = [line for line in outline.lines if _STAGE.search(line.heading) and not line.level]
    if under:
        text = ";".join(line.text for line in under)
        yield Claim("stage_goal", Decimal(quantities(text)), text[:MOST_TEXT], under[0].source)
        return
    for line in outline.lines:
        found = _STAGE.search(line.text)
        if found and not line.level and re.match(r"(?:为|是|:|,)", line.text[found.end() :]):
            text = line.text[found.end() + 1 :].split("。", 1)[0]
            yield Claim("stage_goal", Decimal(quantities(text)), text[:MOST_TEXT], line.source)
            return


def completion(claim: Claim) -> Claim:
    """A rate of completion as what it says of the goals: 100 % is all of them."""
    return Claim("goals_achieved", Decimal(1 if claim.value == 1 else 0), f"完成率{claim.text}", claim.source)
