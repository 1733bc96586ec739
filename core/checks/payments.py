"""资金查验: the ledger of payments against what was reported, and its payments that are to be looked at.

None of them without a ledger. A doubt is a question to the unit, no verdict: a round sum may be an instalment, more
than the contract a change that was approved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from core.checks.finding import STATUS_NAMES, Finding, Status
from core.errors import Message
from core.model.payments import Ledger, Payment, PaymentDoubt, PaymentSum
from core.model.project import FUNDING_NAMES, Facts
from core.model.reference import Reference
from core.progress.arithmetic import sum_if_known, sum_of
from core.text import numbers, word
from core.text.amounts import exact, said

ROUND = Decimal(10)
"""万元: whole multiples are round sums (整数大额), as auditors look for them."""
CONTENTS: Mapping[str, str] = {
    "建筑物提升": "建筑物|房屋|楼道|单元门|加固|加装电梯|电梯",
    "屋面维修": "屋面|屋顶|防水|平改坡",
    "外墙出新": "外墙|外立面|立面|墙面|粉刷|保温|涂料",
    "阳台修复": "阳台|雨棚|雨篷|晾衣|空调罩",
    "消防设施": "消防|灭火|喷淋|消火栓",
    "污水管网": "污水|雨水|雨污|管网|管道|排水|化粪池|下水",
    "便民设施及公共活动空间": (
        "便民|活动|健身|休闲|休憩|座椅|快递|信报箱|充电|适老|无障碍|门卫|围墙|大门|监控|安防|道闸"
    ),
    "绿化景观": "绿化|景观|绿地|苗木|种植",
    "道路修缮": "道路|路面|沥青|人行道|侧石|路灯|照明",
    "交通及停车场": "交通|停车|车位|车棚|标线|标识",
    "环境整治": "环境|垃圾|拆违|违建|违法建筑|整治|清运|弱电|强电|三线|管线|电缆",
}
"""The eleven contents that were approved (报告 一(一)2), each with the words by which a purpose names it."""
WORKS = (
    "改造|施工|工程|进度款|预付款|结算|决算|质保金|保证金|合同款|设计|勘察|勘测|测绘|监理|造价|咨询|检测|招标|代建|审计"
)
"""Words of the work as a whole, which belongs to all contents."""
APPROVED = "|".join((*CONTENTS, *CONTENTS.values(), WORKS))
"""Pattern of the purposes that bond money is approved for, as Python and RE2 read it."""


def compared(facts: Facts, ledger: Ledger, reference: Reference) -> Finding | None:
    """27: the ledger's sums by street and source against the reported ones. None where nothing was reported."""
    rows = [*_by_place(facts, ledger), *_by_source(facts, ledger)]
    paid = sum_if_known(line.paid for line in facts.spend) if facts.spend else None
    every = rows if paid is None else [(word("累计支付"), ledger.amount, paid), *rows]
    if not every:
        return None
    off = [name for name, added, own in every if abs(added - own) > reference.tolerance]
    figures: list[tuple[str, str | Message]] = [(name, _pair(added, own)) for name, added, own in every]
    figures += [(name, said(amount)) for name, amount in _unnamed(ledger)]
    params: dict[str, object] = {
        "count": numbers.count(ledger.payments),
        "added": exact(ledger.amount),
        "paid": exact(paid),
        "names": tuple(off),
        "day": facts.as_of,
    }
    if not off:
        message = Message("付款台账{count}笔，截至{day}合计{added}，与填报的累计支付一致。", params)
    elif paid is None:
        message = Message("付款台账截至{day}合计{added}；与填报不符的有{names}，请核对。", params)
    elif len(off) == 1 and off[0] == every[0][0]:
        message = Message("付款台账截至{day}合计{added}，填报的累计支付{paid}，两数不符，请核对。", params)
    else:
        message = Message("付款台账截至{day}合计{added}，填报的累计支付{paid}；与填报不符的有{names}，请核对。", params)
    return _finding("27", "E" if off else "P", Message("付款台账与填报数"), message, figures)


def later(facts: Facts, ledger: Ledger, _: Reference) -> Finding | None:
    """28: payments after the as-of day, which the reported sums do not hold."""
    title = Message("截止日之后的付款")
    if not ledger.counted("with_day"):
        return _finding("28", "W", title, Message("付款台账没有付款日期，不能核对是否晚于截止日。"))
    none = Message("付款台账没有晚于{day}的付款。", {"day": facts.as_of})
    some = Message("付款台账有{count}笔付款晚于{day}，合计{amount}，没有计入上面的比较。", {"day": facts.as_of})
    return _doubted("28", "W", title, ledger, "later", none, some)


def twice(_: Facts, ledger: Ledger, __: Reference) -> Finding | None:
    """29: the same payee and amount, on one day or by one voucher."""
    none = Message("付款台账没有收款单位、金额相同且日期或凭证号也相同的付款。")
    some = Message("付款台账有{count}笔付款，收款单位、金额相同，日期或凭证号也相同，合计{amount}，是否重复？")
    return _doubted("29", "Q", Message("重复付款"), ledger, "twice", none, some)


def round_sums(_: Facts, ledger: Ledger, __: Reference) -> Finding | None:
    """30: payments of whole tens of 万元."""
    unit = {"unit": numbers.count(int(ROUND))}
    none = Message("付款台账没有{unit}万元整数倍的付款。", unit)
    some = Message("付款台账有{count}笔是{unit}万元的整数倍，合计{amount}，请查看计量和结算依据。", unit)
    return _doubted("30", "W", Message("整数大额付款"), ledger, "round", none, some)


def without_contract(_: Facts, ledger: Ledger, __: Reference) -> Finding | None:
    """31: payees of whom no payment names a contract."""
    title = Message("没有合同的收款单位")
    if not ledger.counted("with_contract"):
        return _finding("31", "W", title, Message("付款台账没有合同编号，不能核对收款单位有没有合同。"))
    none = Message("付款台账的收款单位都有合同编号。")
    some = Message("付款台账有{count}笔付给没有合同编号的收款单位，合计{amount}，请补合同或说明。")
    return _doubted("31", "Q", title, ledger, "no_contract", none, some)


def over_contract(_: Facts, ledger: Ledger, __: Reference) -> Finding | None:
    """32: the payments of a contract are more than its price."""
    title = Message("超过合同价的付款")
    if not ledger.counted("with_price"):
        return _finding("32", "W", title, Message("付款台账没有合同价，不能核对付款是否超过合同价。"))
    none = Message("付款台账各合同的付款合计都不超过合同价。")
    some = Message("付款台账有{count}笔属于付款合计超过合同价的合同，这些付款合计{amount}，是否有批准的变更？")
    return _doubted("32", "Q", title, ledger, "over_contract", none, some)


def outside(_: Facts, ledger: Ledger, __: Reference) -> Finding | None:
    """33: bond money for something that is none of the approved contents. None where no bond money was paid."""
    title = Message("专项债的用途")
    bond = [each for each in ledger.sums if each.funding == "bond"]
    if not bond:
        return None
    without = sum(each.payments - each.with_purpose for each in bond)
    if without == sum(each.payments for each in bond):
        return _finding("33", "W", title, Message("付款台账没有写专项债各笔的用途，不能核对是否在批复的改造内容之内。"))
    none = Message("付款台账中写明用途的专项债付款都在批复的改造内容之内。")
    some = Message("付款台账有{count}笔专项债付款的用途不在批复的11项改造内容之内，合计{amount}，请说明。")
    figures = [(word("没有写用途的专项债付款"), numbers.count(without))] if without else []
    return _doubted("33", "Q", title, ledger, "outside", none, some, figures)


VERIFYING: tuple[Callable[[Facts, Ledger, Reference], Finding | None], ...] = (
    compared,
    later,
    twice,
    round_sums,
    without_contract,
    over_contract,
    outside,
)
"""Checks of the ledger, in the order of their numbers."""


def _by_place(facts: Facts, ledger: Ledger) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each street's sum in the ledger and as reported; none where the ledger names no street."""
    if all(each.place is None for each in ledger.sums):
        return
    for line in facts.spend:
        if line.paid is not None:
            yield line.place, _added(each for each in ledger.sums if each.place == line.place), line.paid


def _by_source(facts: Facts, ledger: Ledger) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each source's sum in the ledger and as reported; none where the ledger names no source."""
    if not any(each.funding for each in ledger.sums):
        return
    for plan in facts.funding:
        if plan.paid is not None:
            yield plan.name, _added(each for each in ledger.sums if each.funding in (plan.source, plan.name)), plan.paid


def _unnamed(ledger: Ledger) -> Iterator[tuple[str, Decimal]]:
    """Amounts of no street, of no source, and after the day."""
    without: tuple[tuple[str, Decimal], ...] = (
        (word("台账未注明街镇"), _added(each for each in ledger.sums if each.place is None)),
        (word("台账未注明资金来源"), _added(each for each in ledger.sums if not each.funding)),
        (word("截止日之后"), sum_of(each.later for each in ledger.sums)),
    )
    yield from ((name, amount) for name, amount in without if amount)


def _added(sums: Iterable[PaymentSum]) -> Decimal:
    return sum_of(each.amount for each in sums)


def _pair(added: Decimal, own: Decimal) -> Message:
    return Message("台账{added} / 填报{own}", {"added": exact(added), "own": exact(own)})


def _doubted(
    number: str,
    status: Status,
    title: Message,
    ledger: Ledger,
    kind: PaymentDoubt,
    none: Message,
    some: Message,
    more: Iterable[tuple[str, str]] = (),
) -> Finding:
    found = ledger.doubts.get(kind)
    if found is None:
        return _finding(number, "P", title, none, list(more))
    params = {**some.params, "count": numbers.count(found.payments), "amount": exact(found.amount)}
    figures = [(_called(each), said(each.amount)) for each in found.first]
    return _finding(number, status, title, Message(some.text, params), [*figures, *more])


def _called(payment: Payment) -> str | Message:
    """A payment by its payee, voucher and day, as far as it states them."""
    who = " ".join(filter(None, (payment.payee, payment.voucher)))
    if payment.paid_on is None:
        return who or payment.source
    if not who:
        return Message("{day}", {"day": payment.paid_on})
    return Message("{who}，{day}", {"who": who, "day": payment.paid_on})


def source_name(funding: str) -> str:
    """A source of money by its name."""
    return FUNDING_NAMES.get(funding, funding)


def _finding(
    number: str,
    status: Status,
    title: Message,
    message: Message,
    figures: Iterable[tuple[str | Message, str | Message]] = (),
) -> Finding:
    return Finding(number, status, title, message, tuple(figures), word("付款台账"))


def summary(facts: Facts, ledger: Ledger, reference: Reference) -> Message:
    """All of them in half a sentence, for who judges whether money was used as it should be."""
    found = [each for check in VERIFYING if (each := check(facts, ledger, reference)) is not None]
    counts = {status: sum(each.status == status for each in found) for status in STATUS_NAMES}
    params: dict[str, object] = {"payments": numbers.count(ledger.payments), "all": len(found)}
    return Message(
        "资金查验：付款台账{payments}笔，{all}项核对中一致{P}项、提示{W}项、不一致{E}项、待核实{Q}项",
        params | {str(status): count for status, count in counts.items()},
    )
