"""The start page, and what the house says of itself."""

from __future__ import annotations

from cms.words.sheets import Sheet, Words

HOME = Sheet(
    "home",
    Words(
        "职工要什么，工会就买什么服务",
        "区总工会公开职工需求，面向全市征集项目，社会组织公平竞争，"
        "每一分钱从拨入到落地服务都查得到。",
        [],
        "工会购买服务平台：职工需求、项目征集、评审公示与资金去向全程公开。",
    ),
    Words(
        "Workers say what they need. Unions buy it.",
        "The district federation publishes what workers need, calls the whole city for projects, "
        "lets social organisations compete, and shows where every yuan went.",
        [],
        "Where trade unions buy services for workers: needs, calls, results and money in public.",
    ),
)

ABOUT = Sheet(
    "about",
    Words(
        "关于工创",
        "工创是工会向社会购买职工服务的公开平台。",
        [
            (
                "prose",
                "<h2>一件服务是怎样来的</h2>"
                "<ol><li><b>问需求。</b>职工扫码填写问卷，结果连同误差范围一起公开。</li>"
                "<li><b>发征集。</b>针对需求设标段、定限额、列评分项，任何合格的社会组织都可申报。</li>"
                "<li><b>密封申报。</b>截止前，任何人都看不到别人的申报，平台人员也不例外。</li>"
                "<li><b>公开评审。</b>评委随机抽取，排名如何算出，一并公布。</li>"
                "<li><b>对接配资。</b>各级工会挑选适合本单位职工的项目，与种子资金一起出资。</li>"
                "<li><b>公示与签约。</b>公示期内可以实名提出异议；期满后签约，资金随即锁定。</li>"
                "<li><b>交付与付款。</b>节点验收通过才付款，服务对象的评价进入结项成绩。</li></ol>",
            ),
            ("flow", None),
            (
                "prose",
                "<h2>我们承诺</h2>"
                "<ul><li>规则先公布，后执行。</li><li>每一步都留痕，经审委随时可查。</li>"
                "<li>每个“不”都有理由，并告诉您还能做什么。</li></ul>",
            ),
        ],
        "工会如何向社会购买职工服务，从问需求到付款的七步。",
    ),
    Words(
        "About Gongchuang",
        "Gongchuang is the public place where trade unions buy services for workers.",
        [
            (
                "prose",
                "<h2>How a service comes about</h2>"
                "<ol><li><b>Asking.</b> Workers fill in a short questionnaire; results are "
                "published with their margins of error.</li>"
                "<li><b>Calling.</b> The federation opens a call for those needs: lots, ceilings, "
                "criteria. Any qualified organisation may bid.</li>"
                "<li><b>Sealed proposals.</b> Until the call closes nobody reads another's "
                "proposal, the platform's own people included.</li>"
                "<li><b>Judging in the open.</b> Judges are drawn at random; how a rank was "
                "computed is published with it.</li>"
                "<li><b>Matching.</b> Unions choose the projects that fit their workers and pay "
                "for them together with the seed fund.</li>"
                "<li><b>Notice and agreement.</b> Anybody may object by name while the notice "
                "runs; then the agreement is signed and the money is bound.</li>"
                "<li><b>Delivery and payment.</b> Money is paid when a milestone is accepted; "
                "the people served have a say in the final grade.</li></ol>",
            ),
            ("flow", None),
            (
                "prose",
                "<h2>What we promise</h2>"
                "<ul><li>Rules are published before they are applied.</li>"
                "<li>Every step leaves a trace the auditors can read.</li>"
                "<li>Every “no” comes with its reason and with what you can still do.</li></ul>",
            ),
        ],
        "How unions buy services for workers: seven steps from a question to a payment.",
    ),
)
