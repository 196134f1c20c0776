"""Questions people ask, with their answers."""

from __future__ import annotations

from cms.words.sheets import Sheet, Words

ANSWERS = Sheet(
    "faq",
    Words(
        "常见问题",
        "还有疑问？征集页面可以提问，答复对所有人公开。",
        [
            (
                "group",
                (
                    "职工",
                    [
                        (
                            "问卷会泄露我是谁吗？",
                            "<p>不会。答卷不记录身份；少于五人的结果不公布。</p>",
                        ),
                        (
                            "我说的需求，后来怎么样了？",
                            "<p>每个需求都有自己的页面，列出回应它的征集；"
                            "项目页面写明服务了多少人、结项成绩如何。</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "申报",
                    [
                        (
                            "谁可以申报？",
                            "<p>经核验的社会组织、工会所属单位和企业。证明须在申报时有效。</p>",
                        ),
                        (
                            "截止前工作人员能看到我的申报吗？",
                            "<p>不能。开启之前，除您所在的组织外，任何人都读不到，"
                            "包括平台管理员。</p>",
                        ),
                        (
                            "怎样证明我交的就是这一份？",
                            "<p>用回执编号在“查验回执”页面查询，内容指纹一致，即为原件。</p>",
                        ),
                        (
                            "交了还能改吗？",
                            "<p>截止前可以撤回、修改、再次提交，每次都有新的回执。</p>",
                        ),
                        (
                            "有问题没人答复，征集会不会就截止了？",
                            "<p>不会。还有问题没有答复，截止时间自动顺延一个工作日，"
                            "并通知有关各方。</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "评审与结果",
                    [
                        (
                            "评委是怎么来的？",
                            "<p>从没有利害关系的专家中随机抽取，抽取所用的种子公布，"
                            "谁都可以重算。</p>",
                        ),
                        (
                            "对结果有异议怎么办？",
                            "<p>在公示期内实名提出并附依据。受理期间，被异议的立项暂停签约，"
                            "其他项目不受影响。</p>",
                        ),
                        (
                            "匿名异议受理吗？",
                            "<p>存档，但不答复，也不暂停立项。</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "资金",
                    [
                        (
                            "钱用到哪里去了？",
                            "<p>“资金”页面按年度、类型和区域列出从拨入到支付的每一步；"
                            "项目页面写明各期拨款。</p>",
                        ),
                        (
                            "项目没做完怎么办？",
                            "<p>未到期的款项不再支付，没有花完的钱退回原来的资金。</p>",
                        ),
                    ],
                ),
            ),
        ],
        "关于问卷、申报、密封、回执、评审、异议和资金的解答。",
    ),
    Words(
        "Questions and answers",
        "Something else? Ask on the call's page; answers are public.",
        [
            (
                "group",
                (
                    "Workers",
                    [
                        (
                            "Does the questionnaire tell who I am?",
                            "<p>No. Answers carry no identity, and results about fewer than five "
                            "people are not shown.</p>",
                        ),
                        (
                            "What became of what we said we need?",
                            "<p>Every need has a page with the calls that answer it; projects say "
                            "how many people they served and with which grade they closed.</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "Bidding",
                    [
                        (
                            "Who may bid?",
                            "<p>Verified social organisations, affiliated institutions and "
                            "enterprises whose proofs hold on the day they submit.</p>",
                        ),
                        (
                            "Can your staff read my proposal before the call closes?",
                            "<p>No. Until the opening nobody outside your organisation can, "
                            "administrators included.</p>",
                        ),
                        (
                            "How do I prove what I handed in?",
                            "<p>Look up the receipt's number under “Check a receipt”: if the "
                            "fingerprint is the same, it is the same text.</p>",
                        ),
                        (
                            "Can I change it after submitting?",
                            "<p>Until the call closes you may withdraw, change and submit again; "
                            "each time there is a new receipt.</p>",
                        ),
                        (
                            "Does a call close while my question is unanswered?",
                            "<p>No. Its closing moves one working day on, and everybody concerned "
                            "is told.</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "Judging and results",
                    [
                        (
                            "Where do the judges come from?",
                            "<p>They are drawn at random from experts without a conflict of "
                            "interest; the seed of the draw is published, so anybody can draw "
                            "again.</p>",
                        ),
                        (
                            "What if I disagree with a result?",
                            "<p>Object by name and with evidence while the notice runs. That "
                            "award waits until you are answered; the others go on.</p>",
                        ),
                        (
                            "Can I object without giving my name?",
                            "<p>It is filed, but neither answered nor does it stop an award.</p>",
                        ),
                    ],
                ),
            ),
            (
                "group",
                (
                    "Money",
                    [
                        (
                            "Where did the money go?",
                            "<p>“Money” shows each step from money coming in to money paid, by "
                            "year, category and district; a project's page has its payments.</p>",
                        ),
                        (
                            "What if a project is not finished?",
                            "<p>What is not owed yet is not paid, and money not spent goes back to "
                            "where it came from.</p>",
                        ),
                    ],
                ),
            ),
        ],
        "About surveys, bidding, sealed proposals, receipts, judging, objections and money.",
    ),
    kind="FaqPage",
)
