"""Claims of a report about its title, its special bond and its makers, and what word processing left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.ingest.report_text.outline import Outline, of_report
from core.ingest.report_text.wording import DAY, NUM, number, share, stored, when
from core.model.project import Claim

_KIND = re.compile(r"(?:绩效|财政|支出|重点|债券|资金)*(?:评价|自评|评估|复评)(?:工作)?报告.*$")
_ATTACHED = re.compile(r"^附件[\d一二三四五六七八九十]*:?$|^目录$")
_PLACES = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡)?(?:(?:、|和|与|及|,)[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡)?)*)"
    r"(?=等?(?:\d|[两三四五六])?(?:个)?(?:区域|片区|地区|辖区|街道|镇|乡|等地|老旧|老小区|城镇|小区|旧住宅))"
)
_YEARS = re.compile(r"^(?:20\d{2}年?度?(?:(?:-|至|到)20\d{2}年?度?)?|[“”\"])+(?:年度)?")
_REGION = re.compile(r"^.*?(?:省|市|开发区|新区|县|区(?!域))(?=[\u4e00-\u9fff])")


def name(outline: Outline) -> str | None:
    """The project's name: the title without appendix number and kind of document."""
    title = "".join(line for line in outline.title if not _ATTACHED.match(line))
    kind = _KIND.search(title)
    if kind and kind.start():
        return title[: kind.start()].removeprefix("关于").rstrip("的") or None
    for _, sentence in outline.sentences():
        found = re.search(r"项目名称(?:为|是|:)+[“《]?([^,。;”》]{4,60})", sentence) or re.search(
            r"《?(?:关于)?(20\d{2}年?度?[^,。;()《》]{2,40}?项目)(?:可行性|的|绩效)", sentence
        )
        if found:
            return found[1]
    return title if title.endswith("项目") else None


def places_named(title: str) -> tuple[str, ...]:
    """The places before 区域, 街道, 老小区 … in a title, as they stand."""
    rest = _YEARS.sub("", title)
    if "、" not in rest and "和" not in rest:
        rest = _REGION.sub("", rest)
    found = _PLACES.match(rest)
    if not found or not found["names"]:
        return ()
    names = re.split(r"[、,和与及]", found["names"])
    return tuple(each for each in names if each not in ("城镇", "老旧", "全区", "全市", "部分", "住宅"))


def _title(outline: Outline) -> Iterator[Claim]:
    named = places_named(name(outline) or "")
    if named:
        yield Claim("title_places", Decimal(len(named)), "、".join(named), "报告 标题")


_BOND: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    ("bond_interest", (re.compile(rf"(?:利率|年息)[^。;\d]{{0,6}}?(?P<number>{NUM})%"),)),
    (
        "bond_maturity",
        (re.compile(rf"(?:期限|债券期)[^。;\d]{{0,6}}?(?P<number>{NUM})年"), re.compile(rf"(?P<number>{NUM})年期")),
    ),
    (
        "bond_issued",
        (
            re.compile(rf"发行(?:日期|时间|日)?(?:为|是|于|在|:)*{DAY}"),
            re.compile(rf"{DAY}[^,。;\d]{{0,4}}发行"),
        ),
    ),
    (
        "bond_revenue",
        (
            re.compile(r"(?:偿债|还款|还本付息)(?:资金)?来源(?:为|是|:|主要|包括|于)+[^,。;]{2,30}"),
            re.compile(r"项目(?:预期)?收益(?:为|是|来自|来源于|:|预计)[^,。;]{2,30}"),
        ),
    ),
)


def _bond(outline: Outline) -> Iterator[Claim]:
    for line in outline.lines:
        if not re.search(r"债|还款来源|还本付息", line.text):
            continue
        for sentence in line.sentences:
            yield from _bond_of(sentence, line.source)


def _bond_of(sentence: str, source: str) -> Iterator[Claim]:
    for claim_id, patterns in _BOND:
        found = next((match for pattern in patterns if (match := pattern.search(sentence))), None)
        if found is None:
            continue
        value = None
        if claim_id == "bond_interest":
            value = share(found["number"])
        elif claim_id == "bond_maturity":
            value = stored(number(found["number"]))
        elif claim_id == "bond_issued":
            moment = when(found)
            value = Decimal(moment.year) if moment else None
        yield Claim(claim_id, value, found[0], source)


_SIGNED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "evaluator",
        re.compile(
            r"(?:评价(?:机构|人员?|单位|小组|组?组长)|主评人|项目负责人)(?:名称|为|是|\(盖章\)|:)*(?<=[:为是)称])(?P<words>[\u4e00-\u9fffA-Za-z]{2,30})"
        ),
    ),
    ("evaluated_on", re.compile(rf"(?:评价|报告|出具|完成|编制)(?:报告)?(?:日期|时间)(?:为|是|:)*{DAY}")),
    ("signatures", re.compile(r"已(?:签字|签章|盖章)|(?:签字|签名|签章|盖章|公章):(?P<words>[\u4e00-\u9fff]{2,30})")),
    (
        "version",
        re.compile(
            r"(?:版本号?|版次)(?:为|是|:)*(?P<words>[A-Za-z0-9.第一二三四五六七八九十]+版?)|(?P<other>(?:送审|征求意见|报批|最终|修订)稿)"
        ),
    ),
)
_ONLY_DAY = re.compile(rf"^{DAY}$")


def _signed(outline: Outline) -> Iterator[Claim]:
    lines = [(text, "报告 标题") for text in outline.title]
    lines += [(sentence, line.source) for line, sentence in outline.sentences()]
    for text, source in lines:
        for claim_id, pattern in _SIGNED:
            found = pattern.search(text)
            if found:
                yield Claim(claim_id, None, found[0], source)
        # A date that stands alone is the report's own.
        alone = _ONLY_DAY.match(text)
        if alone and when(alone):
            yield Claim("evaluated_on", None, text, source)


_REPLACED = re.compile(r"([市县镇乡])\((?:[市县区镇乡]|街道){1,3}\)")
_BROKEN = re.compile(r"[城都]市\(区\)|市\([县区]\)[场民政容值]|[城]镇\((?:街道|乡)\)|镇\((?:街道|乡)\)静")
"""A word that a replacement has cut in two: the ones beside it were hit as well."""
_BOOKMARK = re.compile(
    r"\[bookmark:[^\]]{0,40}\]|(?<![A-Za-z])_(?:Hlk|Toc|Ref|GoBack)\d*|错误!(?:未找到引用源|未定义书签)|Error!(?:Referencesource|Bookmark)notfound",
    re.IGNORECASE,
)


def _residue(outline: Outline) -> Iterator[Claim]:
    lines = [(text, "报告 标题") for text in outline.title] + [(line.text, line.source) for line in outline.lines]
    replaced = [(found[0], source) for text, source in lines for found in _REPLACED.finditer(text)]
    if replaced and any(_BROKEN.search(text) for text, _ in lines):
        kinds = "、".join(f"“{each}”" for each in dict.fromkeys(words for words, _ in replaced))
        said = f"被整体替换的字词{kinds}"
        yield Claim("residue_words", Decimal(len(replaced)), said, of_report(source for _, source in replaced))
    marks = [(found[0], source) for text, source in lines for found in _BOOKMARK.finditer(text)]
    if marks:
        yield Claim("residue_bookmarks", Decimal(len(marks)), "书签标记", of_report(source for _, source in marks))
    if outline.restarts:
        restarts = outline.restarts
        yield Claim("residue_numbering", Decimal(len(restarts)), "正文中又从“一、”起编号", of_report(restarts))


def find(outline: Outline) -> Iterator[Claim]:
    """Claims of the document itself."""
    yield from _title(outline)
    yield from _bond(outline)
    yield from _signed(outline)
    yield from _residue(outline)
