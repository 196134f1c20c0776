"""The first words of the site in both languages; editors reword them in the studio.

Each page: slug, then for each language its title, lead, description and blocks. A block is
(kind, value); the value of "prose" is HTML, of "answered" a question and its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Blocks = list[tuple[str, Any]]


@dataclass(frozen=True)
class Words:
    """One page in one language."""

    title: str
    lead: str
    blocks: Blocks
    description: str = ""


@dataclass(frozen=True)
class Sheet:
    """One page in both languages, and the pages below it."""

    slug: str
    chinese: Words
    english: Words
    below: tuple[Sheet, ...] = ()


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

BIDDERS = Sheet(
    "bidders",
    Words(
        "申报指南",
        "写给想为职工提供服务的社会组织。",
        [
            (
                "prose",
                "<h2>申报之前</h2>"
                "<ul><li>注册账户，登记组织的统一社会信用代码，等待核验。</li>"
                "<li>上传登记证书、年检结论、等级评估等证明，注意有效期。</li>"
                "<li>在征集页面用“能否申报”自查。</li></ul>"
                "<h2>撰写申报</h2>"
                "<ul><li>从职工需求出发：回答哪些需求、服务谁、多少人。</li>"
                "<li>预算逐项列明单价和数量，合计由系统计算。</li>"
                "<li>草稿随时保存；提交前平台会列出还缺什么。</li></ul>"
                "<h2>提交之后</h2>"
                "<ul><li>您会收到回执：编号、时间和内容指纹（SHA-256）。</li>"
                "<li>截止前可以撤回、修改、再次提交，每次都有新的回执。</li>"
                "<li>截止后统一开启；若需补正，会告知原因和期限。</li></ul>",
            ),
            ("calls", None),
            ("action", {"label": "查看全部征集", "page": None, "path": "/calls/"}),
        ],
        "注册、准备证明、撰写与提交申报的要点。",
    ),
    Words(
        "Guide for bidders",
        "For organisations that want to serve workers.",
        [
            (
                "prose",
                "<h2>Before you bid</h2>"
                "<ul><li>Open an account, register your organisation's credit code and have it "
                "verified.</li>"
                "<li>Upload your registration, annual check and rating; mind the day they run "
                "out.</li>"
                "<li>Use “may I bid?” on the call's page.</li></ul>"
                "<h2>Writing</h2>"
                "<ul><li>Start from the needs: which ones you answer, for whom, how many.</li>"
                "<li>Give each budget line its unit price and quantity; sums are computed.</li>"
                "<li>Drafts are kept; before submitting you are told what is missing.</li></ul>"
                "<h2>Afterwards</h2>"
                "<ul><li>You get a receipt: number, time and a fingerprint (SHA-256) of exactly "
                "what you submitted.</li>"
                "<li>Until the call closes you may withdraw, change and submit again; each time "
                "you get a new receipt.</li>"
                "<li>After closing all envelopes open together. If something has to be cured, you "
                "are told what and until when.</li></ul>",
            ),
            ("calls", None),
            ("action", {"label": "See all calls", "page": None, "path": "/calls/"}),
        ],
        "Registering, proving your standing, writing and submitting a proposal.",
    ),
)

BUYERS = Sheet(
    "buyers",
    Words(
        "购买指南",
        "写给各级工会：怎样为本单位职工挑选和购买服务。",
        [
            (
                "prose",
                "<h2>挑选</h2>"
                "<ul><li>“项目货架”按与本单位职工需求的契合程度排列，并说明理由。</li>"
                "<li>对感兴趣的项目表示意向，再认购金额；配资关闭前都可撤回。</li></ul>"
                "<h2>出资</h2>"
                "<ul><li>可使用分配给您的额度，也可使用自有经费。</li>"
                "<li>配资方案列明每个项目的资金来源，未入选的项目也有理由。</li></ul>"
                "<h2>签约与验收</h2>"
                "<ul><li>公示期满后与承接组织签约。</li>"
                "<li>逐个节点验收：通过即应付款，退回须写明原因。</li></ul>",
            ),
        ],
        "工会如何挑选项目、认购、签约和验收。",
    ),
    Words(
        "Guide for buyers",
        "For union bodies: how to choose and buy services for your workers.",
        [
            (
                "prose",
                "<h2>Choosing</h2>"
                "<ul><li>The shelf shows projects by how well they fit your workers' needs, with "
                "the reasons.</li>"
                "<li>Show interest, then pledge an amount; you may take both back until the "
                "allocation closes.</li></ul>"
                "<h2>Paying</h2>"
                "<ul><li>Use the budget allocated to you, your own money, or both.</li>"
                "<li>The allocation says where each project's money comes from, and why others "
                "got none.</li></ul>"
                "<h2>Signing and accepting</h2>"
                "<ul><li>After the notice period you sign with the organisation.</li>"
                "<li>Accept each milestone, which makes the money owed, or return it with a "
                "reason.</li></ul>",
            ),
        ],
        "How a union chooses projects, pledges, signs and accepts.",
    ),
)

ANSWERS = Sheet(
    "faq",
    Words(
        "常见问题",
        "还有疑问？征集页面可以提问，答复对所有人公开。",
        [
            (
                "answered",
                (
                    "谁可以申报？",
                    "<p>经核验的社会组织、工会所属单位和企业。证明须在申报时有效。</p>",
                ),
            ),
            (
                "answered",
                (
                    "截止前工作人员能看到我的申报吗？",
                    "<p>不能。开启之前，除您所在的组织外，任何人都读不到，包括平台管理员。</p>",
                ),
            ),
            (
                "answered",
                (
                    "怎样证明我交的就是这一份？",
                    "<p>用回执编号在“查验回执”页面查询，内容指纹一致，即为原件。</p>",
                ),
            ),
            (
                "answered",
                (
                    "对结果有异议怎么办？",
                    "<p>在公示期内实名提出并附依据。受理期间，被异议的立项暂停签约，"
                    "其他项目不受影响。</p>",
                ),
            ),
            (
                "answered",
                (
                    "问卷会泄露我是谁吗？",
                    "<p>不会。答卷不记录身份；少于五人的结果不公布。</p>",
                ),
            ),
        ],
        "关于申报、密封、回执、异议和问卷的解答。",
    ),
    Words(
        "Questions and answers",
        "Something else? Ask on the call's page; answers are public.",
        [
            (
                "answered",
                (
                    "Who may bid?",
                    "<p>Verified social organisations, affiliated institutions and enterprises "
                    "whose proofs hold on the day they submit.</p>",
                ),
            ),
            (
                "answered",
                (
                    "Can your staff read my proposal before the call closes?",
                    "<p>No. Until the opening nobody outside your organisation can, "
                    "administrators included.</p>",
                ),
            ),
            (
                "answered",
                (
                    "How do I prove what I handed in?",
                    "<p>Look up the receipt's number under “Check a receipt”: if the fingerprint "
                    "is the same, it is the same text.</p>",
                ),
            ),
            (
                "answered",
                (
                    "What if I disagree with a result?",
                    "<p>Object by name and with evidence while the notice runs. That award waits "
                    "until you are answered; the others go on.</p>",
                ),
            ),
            (
                "answered",
                (
                    "Does the questionnaire tell who I am?",
                    "<p>No. Answers carry no identity, and results about fewer than five people "
                    "are not shown.</p>",
                ),
            ),
        ],
        "About bidding, sealed proposals, receipts, objections and surveys.",
    ),
)

GUIDES = Sheet(
    "guides",
    Words("指南", "怎样申报、怎样购买、常见问题。", []),
    Words("Guides", "How to bid, how to buy, and what people ask.", []),
    (BIDDERS, BUYERS, ANSWERS),
)

REPORTS = Sheet(
    "reports",
    Words("需求报告", "职工说了什么，数据如何得来。", []),
    Words("Reports on needs", "What workers said, and how we know.", []),
)

STORIES = Sheet(
    "stories",
    Words("征集与项目故事", "征集为何而发，项目服务了谁。", []),
    Words("Stories", "Why a call was made, and whom a project served.", []),
)

PAGES = (ABOUT, GUIDES, REPORTS, STORIES)
