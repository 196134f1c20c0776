"""The guide for organisations that bid."""

from __future__ import annotations

from cms.words.sheets import Sheet, Words, button, step

STEPS = (
    step(
        "register",
        (
            "第一步：登记组织",
            "开户、登记统一社会信用代码、上传证明。",
            "<ul><li>用邮箱注册账户，登记或认领您的组织。统一社会信用代码的校验位由平台当场核对。</li>"
            "<li>上传登记证书等证明，写明取得日期和到期日期；平台人员核验后生效。</li>"
            "<li>申报时和签约时，平台各核对一次资格：证明是否有效、有无禁止申报的决定。"
            "不符合的，会写明是哪一条。</li>"
            "<li>在组织里邀请同事：谁撰写、谁签字，由组织自己分工。</li></ul>",
        ),
        (
            "Step 1: register your organisation",
            "An account, your credit code, your proofs.",
            "<ul><li>Open an account with your e-mail address and register or claim your "
            "organisation. Both check digits of its credit code are tested at once.</li>"
            "<li>Upload your registration and other proofs with the days they hold from and to; "
            "they count once our people have verified them.</li>"
            "<li>Your standing is asked twice, when you submit and when you sign: do the proofs "
            "hold, is there a ban? If not, you are told which one it is.</li>"
            "<li>Invite colleagues: your organisation decides who writes and who signs.</li></ul>",
        ),
    ),
    step(
        "check",
        (
            "第二步：读懂征集",
            "看标段、限额、评分项和日期，有疑问就公开提问。",
            "<ul><li>每个征集列明标段、每段资金、单个项目上限、评分项及权重（合计 100）。</li>"
            "<li>征集页面的“能否申报”会逐项告诉您还差什么。</li>"
            "<li>申报期至少二十天；截止前十五天内修改文件的，截止日期随之顺延。</li>"
            "<li>可以提问的时间写在征集页面。答复对所有人公开；"
            "还有问题没有答复，征集就不截止，自动顺延一个工作日。</li></ul>",
        ),
        (
            "Step 2: read the call",
            "Lots, ceilings, criteria and dates; ask in public what is unclear.",
            "<ul><li>Every call names its lots, the money of each, the most one proposal may ask "
            "for, and its criteria with weights that sum to 100.</li>"
            "<li>“May I bid?” on the call's page tells you what is still missing.</li>"
            "<li>A call is open for at least twenty days. If its documents change within fifteen "
            "days of the closing, the closing moves.</li>"
            "<li>Until when you may ask is written on the call's page. Answers are public; while a "
            "question is unanswered the call does not close, but moves one working day "
            "on.</li></ul>",
        ),
        ([("calls", None)], [("calls", None)]),
    ),
    step(
        "write",
        (
            "第三步：撰写申报",
            "从职工需求出发，预算逐项列明。",
            "<ul><li>写清回应哪些需求、服务谁、多少人、在哪里、多长时间。</li>"
            "<li>目标要能衡量；活动、团队、风险和项目结束后留下什么，各有一节。</li>"
            "<li>预算逐项填写单价和数量，合计由平台计算。管理费不超过征集规定的比例，"
            "默认百分之十。</li>"
            "<li>草稿随时保存，可与同事一起写；提交前平台会列出还缺什么。</li></ul>",
        ),
        (
            "Step 3: write your proposal",
            "Start from the needs; give every budget line its price.",
            "<ul><li>Say which needs you answer, for whom, how many people, where and how "
            "long.</li>"
            "<li>Goals have to be measurable; activities, team, risks and what stays afterwards "
            "have a section each.</li>"
            "<li>Give each budget line its unit price and quantity; sums are computed. Management "
            "costs stay within the share the call allows, ten percent unless it says "
            "otherwise.</li>"
            "<li>Drafts are kept and can be written together; before you submit you are told what "
            "is missing.</li></ul>",
        ),
    ),
    step(
        "submit",
        (
            "第四步：提交与回执",
            "截止前密封，谁也看不到；每次提交都有回执。",
            "<ul><li>回执写有编号、时间和内容指纹（SHA-256），任何人都可以用编号查验。</li>"
            "<li>截止前可以撤回、修改、再次提交，每次都有新的回执。</li>"
            "<li>是否按时，以平台数据库的时钟为准。</li>"
            "<li>截止之前，您的组织之外谁也读不到申报，平台人员和管理员也不例外；"
            "截止后所有申报同时开启。</li></ul>",
        ),
        (
            "Step 4: submit and keep the receipt",
            "Sealed until the closing; a receipt for every time you submit.",
            "<ul><li>The receipt has a number, a time and a fingerprint (SHA-256) of exactly what "
            "you submitted; anybody can check it by its number.</li>"
            "<li>Until the call closes you may withdraw, change and submit again; each time there "
            "is a new receipt.</li>"
            "<li>Whether it was in time, the clock of the platform's database decides.</li>"
            "<li>Before the closing nobody outside your organisation can read it, our own people "
            "and administrators included; then all envelopes open together.</li></ul>",
        ),
        button("查验回执", "Check a receipt", "/receipts/"),
    ),
    step(
        "judged",
        (
            "第五步：评审与公示",
            "评委随机抽取，排名如何算出一并公布，公示期内可实名异议。",
            "<ul><li>先对照公布的要求审查。不符合的写明原因，可以在规定的期限内补正。</li>"
            "<li>评委从没有利害关系的专家中随机抽取，大赛至少三人，采购至少五人，人数为单数。</li>"
            "<li>每位评委提交自己的分数之前，看不到别人的分数。</li>"
            "<li>结果公示若干工作日：默认五个，最少三个。公示期内任何人都可以实名提出异议；"
            "该立项暂停，直到答复，其他立项照常进行。</li></ul>",
        ),
        (
            "Step 5: judging and the notice",
            "Judges are drawn at random; how ranks were computed is published; anybody may object.",
            "<ul><li>Proposals are first checked against the published requirements. A refusal "
            "gives its reason and can be cured within a stated time.</li>"
            "<li>Judges are drawn at random from experts without a conflict of interest: an odd "
            "number, at least three in a contest and five in a procurement.</li>"
            "<li>Nobody sees another judge's score before their own is final.</li>"
            "<li>The result is public for a period of working days: five unless the call says "
            "otherwise, never fewer than three. In it anybody may object by name; that award waits "
            "for the answer, the others go on.</li></ul>",
        ),
        button("查看结果", "See the results", "/results/"),
    ),
    step(
        "deliver",
        (
            "第六步：签约、交付与收款",
            "按节点报告，验收通过即应付款。",
            "<ul><li>公示期满、没有未答复的异议，即可签约；拨款分期写明金额和条件，"
            "首期在签约后应付。</li>"
            "<li>按节点提交报告和佐证。购买方验收，或写明原因退回。</li>"
            "<li>验收通过的款项，应在十五个工作日内支付。</li>"
            "<li>结项评分八十五分及以上为 A，六十分及以上为 B，其余为 C；"
            "没有花完的钱退回原来的资金。</li></ul>",
        ),
        (
            "Step 6: sign, deliver, be paid",
            "Report milestone by milestone; what is accepted is owed.",
            "<ul><li>When the notice period is over and no objection is unanswered, the agreement "
            "is signed. It says which amount is owed when; the first one at signing.</li>"
            "<li>Report each milestone with its evidence. The buyer accepts it, or returns it with "
            "a reason.</li>"
            "<li>What is owed is to be paid within fifteen working days.</li>"
            "<li>A project closes with a grade: A from 85 points, B from 60, C below. Money not "
            "spent goes back to where it came from.</li></ul>",
        ),
    ),
)

BIDDERS = Sheet(
    "bidders",
    Words(
        "申报指南",
        "写给想为职工提供服务的社会组织：从登记到收款，一共六步。",
        [],
        "社会组织如何登记、自查、撰写、提交、接受评审、交付和收款。",
    ),
    Words(
        "Guide for bidders",
        "For organisations that want to serve workers: six steps from registering to being paid.",
        [],
        "Registering, checking, writing, submitting, being judged, delivering and being paid.",
    ),
    STEPS,
    "GuidePage",
)
