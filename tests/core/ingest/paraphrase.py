"""What the report of FACTS says, in other words: several wordings of each statement, none of them the report's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from core.ingest.files.document import Paragraph

D = Decimal
NAME = "2023年度申港、夏港区域老小区改造项目"

TITLES: tuple[tuple[str, ...], ...] = (
    ("附件7", NAME, "绩效评价报告"),
    (f"{NAME}绩效评价报告",),
    ("附件 7", "２０２３年度申港、夏港区域老小区改造项目", "财政支出绩效评价报告"),
)

Wordings = tuple[tuple[str, ...], ...]
"""Each wording is one or more paragraphs."""

STATEMENTS: tuple[tuple[str, str, Wordings], ...] = (
    ("head", "一", (("一、基本情况",), ("一、项目概述",), ("一、项目及资金概况",))),
    ("head", "一（一）", (("（一）概况",), ("（一）项目由来与内容",), ("(一)立项与内容",))),
    (
        "policy",
        "一（一）1",
        (
            (
                "1、政策依据",
                "按上级部署，“十四五”期末之前须改完。城市（区）形象要好看，市（区）民出行要方便，"
                "市（区）容、市（区）政都要跟上，市（区）场也要规范。",
            ),
            (
                "1、政策要求",
                "政策给出的时限是十四五末。为此，市（区）民最盼的事先办，城市（区）形象、"
                "市（区）容和市（区）政设施同步考虑，并引入市（区）场力量。",
            ),
            (
                "1.政策背景",
                "上级文件要求在“十四五”期间收尾。改善城市（区）形象，便利市（区）民，"
                "更新市（区）政管线，整顿市（区）场，美化市（区）容。",
            ),
        ),
    ),
    (
        "scope",
        "一（一）2",
        (
            (
                "2、建设内容",
                "工程分布在璜土镇、夏港街道、申港街道、利港街道，2023-2026年度分批实施，"
                "共28个老旧小区、780栋楼、26310户，建筑面积330.67万平方米。",
            ),
            (
                "2、实施范围",
                "实施年度从２０２３年至２０２６年。改造小区数量为２８个，楼栋７８０幢，"
                "居民户数２６，３１０户，总建筑面积３３０．６７万㎡。",
            ),
            (
                "2.改造范围",
                "本项目计划用四个年度(2023—2026年)改造二十八个住宅小区，"
                "受益居民 26 310 户，建筑面积 3,306,700 平方米，"
                "涉及楼房 780 栋。",
            ),
        ),
    ),
    (
        "approval",
        "一（一）2",
        (
            (
                "2022年10月18日，开发区管委会以澄港开委投〔2022〕41号文件批复了可行性研究报告。",
                "批复中的总投资匡算为15,000万元，全部建设资金由开发区财政负担。",
            ),
            (
                "项目可研报告已获批准（澄港开委投[2022]41号，2022年10月18日），"
                "总投资匡算1.5亿元，资金由开发区财政统筹解决。",
            ),
            (
                "立项批复文号为澄港开委投（２０２２）４１号，批复日期２０２２年１０月１８日。",
                "按该批复，项目总投资匡算一亿五千万元，资金从区财政预算安排。",
            ),
        ),
    ),
    (
        "state",
        "一（一）3",
        (
            ("3、组织实施", "设计、招标均已办理，工程仍在施工阶段。"),
            ("3、推进方式", "截至评价时，各标段正在施工。"),
            ("3.实施现状", "本工程目前在建。"),
        ),
    ),
    (
        "plan",
        "一（一）4",
        (
            (
                "4、资金来源",
                "经批准的计划总投资15000万元，来自两处："
                "专项债券12000万元（占80.00%），"
                "财政预算资金3000万元（占20.00%）。",
            ),
            (
                "4、资金筹措",
                "项目计划总投资为 1.5 亿元。其中申请专项债1.2亿元，占比80%；财政配套资金3,000万元，占比20%。",
            ),
            (
                "4.投资构成",
                "批复总投资１５，０００万元；财政预算安排３０００万元，占总投资的百分之二十；"
                "另申请专项债券资金１２０００万元，占总投资的百分之八十。",
            ),
        ),
    ),
    (
        "paid",
        "一（一）5",
        (
            (
                "5、支出情况",
                "[bookmark: _Hlk000000001]截至2024年12月31日，"
                "项目累计支付8,000.00万元，累计完成投资8,000.00万元；"
                "支付的钱全是债券，即专项债已支付8,000.00万元，专项债资金使用率为100%。",
            ),
            (
                "5、资金支用",
                "[bookmark: _Hlk000000002]到账的专项债使用率达到百分之百。"
                "其中专项债资金支出八千万元。截至2024年12月31日，全项目已投资8000万元，"
                "实际支付8000万元。",
            ),
            (
                "5.资金执行",
                "[bookmark: _Toc1]累计完成投资 0.8 亿元，"
                "累计支出 0.8 亿元（截至 2024 年 12 月 31 日）。"
                "专项债券资金支出 8 000 万元，债券资金执行率 １００％。",
            ),
        ),
    ),
    ("head", "一（二）", (("（二）绩效目标",), ("（二）目标设定",), ("(二)项目目标",))),
    (
        "stage",
        "一（二）2",
        (
            ("2、阶段性绩效目标", "工程在2023年6月动工，现阶段继续改造，预计2025年底竣工。"),
            ("2、年度目标", "2023年6月正式开工，力争于2025年末完工。"),
            ("2.阶段性目标", "开工时间：2023年6月；计划完工时间：2025年12月。"),
        ),
    ),
    ("head", "二", (("二、评价工作",), ("二、评价过程与结论",), ("二、评价情况说明",))),
    ("head", "二（五）", (("（五）总体结论",), ("（五）结论",), ("(五)评价结果",))),
    (
        "goals",
        "二（五）",
        (
            ("年度绩效目标已全部实现。",),
            ("年初设定的各项目标均已全面达成。",),
            ("项目全面完成了年初确定的绩效目标。",),
        ),
    ),
    (
        "score",
        "二（五）",
        (
            ("[bookmark: _GoBack]经逐项打分（满分100分），综合得分93分，等级为“优秀”。",),
            ("[bookmark: _GoBack]本次评价得分为９３．００分，评价等次为优秀。",),
            ("[bookmark: _GoBack]在百分制下，总得分：93 分；评定等级：“优秀”。",),
        ),
    ),
    ("head", "四", (("四、存在的问题",), ("四、主要问题",), ("四、发现的问题",))),
    (
        "problems",
        "四（一）",
        (
            ("（一）改造没有完工，满意度低于目标", "施工期间出入不便，居民有意见。"),
            ("（一）工程还未竣工，居民满意度不及预期", "噪声和扬尘影响了生活。"),
            ("(一)项目尚未全部完工、群众满意度未达到目标", "各小区的面貌还没有变化。"),
        ),
    ),
    ("head", "五", (("五、建议",), ("五、相关建议",), ("五、改进建议",))),
    (
        "advice",
        "五（一）",
        (
            ("（一）加快施工进度，多听居民意见", "每月开一次例会。"),
            ("（一）抓紧收尾施工，听取居民诉求", "公示改造方案。"),
            ("(一)倒排剩余工期，改进居民沟通", "按周通报。"),
        ),
    ),
    (
        "annex",
        "五（一）",
        (
            ("一、清理违章搭建", "二、修缮屋面"),
            ("一、违建处置", "二、房屋修缮", "三、配套补齐"),
            ("一、违法搭建拆除", "二、屋面与外墙"),
        ),
    ),
)

VALUES: Mapping[str, Decimal] = {
    "total_estimate": D(15000),
    "total_invested": D(8000),
    "total_paid": D(8000),
    "total_communities": D(28),
    "total_buildings": D(780),
    "total_households": D(26310),
    "total_area": D("330.67"),
    "share_bond": D("0.8"),
    "share_budget": D("0.2"),
    "utilisation": D(1),
    "approval_funding": D(1),
    "approval_stage": D(15000),
    "plan_stage": D(15000),
    "title_period": D(2023),
    "scope_period": D(2026),
    "planned_finish": D(2025),
    "policy_deadline": D(2025),
    "start_precision": D(0),
    "goals_achieved": D(1),
    "construction_state": D(0),
    "finished": D(0),
    "satisfaction_below_target": D(1),
    "stage_goal": D(0),
    "problem_count": D(2),
    "problem_quantified": D(0),
    "title_places": D(2),
    "reported_score": D(93),
    "residue_words": D(5),
    "residue_bookmarks": D(2),
    "residue_numbering": D(1),
}
"""What every choice of wordings says, by FACTS: all that the report states outside its tables."""


def report(choose: Callable[[int], int]) -> tuple[Paragraph, ...]:
    """A whole report: `choose(n)` picks one of n wordings, statement by statement."""
    made = [Paragraph("", line) for line in TITLES[choose(len(TITLES))]]
    for _, section, wordings in STATEMENTS:
        made += [Paragraph(section, text) for text in wordings[choose(len(wordings))]]
    return tuple(made)


def worded(number: int) -> tuple[Paragraph, ...]:
    """The report that takes the same wording of each statement."""
    return report(lambda _: number)


def saying(*texts: str, section: str = "一（一）") -> Sequence[Paragraph]:
    """Paragraphs of one section, nothing before them."""
    return tuple(Paragraph(section, text) for text in texts)
