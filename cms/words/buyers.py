"""The guide for union bodies that buy."""

from __future__ import annotations

from cms.words.sheets import Sheet, Words, step

STEPS = (
    step(
        "choose",
        (
            "第一步：挑选项目",
            "项目按与本单位职工需求的契合程度排列，并说明理由。",
            "<ul><li>评审排名之后，“项目货架”向工会开放：每个项目为什么适合您的职工，"
            "逐条说明。</li>"
            "<li>拿不准的，先表示意向，与承接组织谈一谈。意向可以撤回。</li>"
            "<li>与申报组织有关联的单位，不能购买它的项目。</li></ul>",
        ),
        (
            "Step 1: choose",
            "Projects stand by how well they fit your workers' needs, with the reasons.",
            "<ul><li>Once the panel has ranked them, the shelf of projects opens to unions: each "
            "says why it fits your workers.</li>"
            "<li>Not sure yet? Show interest first and talk to the organisation. You may take it "
            "back.</li>"
            "<li>Whoever acts for the organisation that bids cannot buy its project.</li></ul>",
        ),
    ),
    step(
        "pledge",
        (
            "第二步：认购出资",
            "用分配的额度、自有经费，或两者一起。",
            "<ul><li>认购写明金额和来源：分配给您的额度，或自有经费。配资之前可以撤回。</li>"
            "<li>配资方案列明每个项目的种子资金、购买方资金和自筹资金；"
            "没有入选的，也写明理由。</li>"
            "<li>工作人员可以调整方案，理由记录在案。</li></ul>",
        ),
        (
            "Step 2: pledge money",
            "From the budget allocated to you, your own money, or both.",
            "<ul><li>A pledge names its amount and where it comes from: the budget allocated to "
            "you, or your own money. Until the money is shared out you may take it back.</li>"
            "<li>The allocation says what each project gets from the seed fund, from buyers and "
            "from its own means, and why others got nothing.</li>"
            "<li>An officer may adjust it; the reason stays on record.</li></ul>",
        ),
    ),
    step(
        "sign",
        (
            "第三步：签约",
            "公示期满后签约，资金随即锁定。",
            "<ul><li>结果公示期间，被实名异议的立项暂停，直到答复。</li>"
            "<li>协议写明各方、节点、各期金额和支付条件；签约后，预留资金转为锁定。</li>"
            "<li>各方都签字后，协议生成文件并留存指纹，事后可以核对。</li></ul>",
        ),
        (
            "Step 3: sign",
            "After the notice period you sign, and the money is bound.",
            "<ul><li>While the notice runs, an award somebody objects to by name waits for the "
            "answer.</li>"
            "<li>The agreement names parties, milestones, amounts and when each is owed; with it "
            "the reserved money is bound.</li>"
            "<li>When every party has signed, the paper is kept with its fingerprint and can be "
            "checked later.</li></ul>",
        ),
    ),
    step(
        "accept",
        (
            "第四步：验收与结项",
            "通过即应付款，退回须写明原因。",
            "<ul><li>承接组织按节点提交报告和佐证。您验收通过，对应的款项即为应付；"
            "退回的，写明原因。</li>"
            "<li>应付款项在十五个工作日内支付，每一笔都记入账簿。</li>"
            "<li>结项时评分：八十五分及以上为 A，六十分及以上为 B，其余为 C。"
            "没有花完的钱退回原来的资金。</li></ul>",
        ),
        (
            "Step 4: accept and close",
            "Accepting makes the money owed; returning needs a reason.",
            "<ul><li>The organisation reports each milestone with evidence. If you accept it, its "
            "amount is owed; if you return it, say why.</li>"
            "<li>What is owed is to be paid within fifteen working days, and every payment stands "
            "in the book.</li>"
            "<li>At the end there is a grade: A from 85 points, B from 60, C below. Money not "
            "spent goes back to where it came from.</li></ul>",
        ),
        ([("flow", None)], [("flow", None)]),
    ),
)

BUYERS = Sheet(
    "buyers",
    Words(
        "购买指南",
        "写给各级工会：怎样为本单位职工挑选和购买服务，一共四步。",
        [],
        "工会如何挑选项目、认购出资、签约和验收。",
    ),
    Words(
        "Guide for buyers",
        "For union bodies: four steps to choosing and buying services for your workers.",
        [],
        "How a union chooses projects, pledges, signs and accepts.",
    ),
    STEPS,
    "GuidePage",
)
