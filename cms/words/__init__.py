"""The first words of the site in both languages; editors reword them in the studio."""

from __future__ import annotations

from cms.words.answers import ANSWERS
from cms.words.bidders import BIDDERS
from cms.words.buyers import BUYERS
from cms.words.sheets import Blocks, Sheet, Words
from cms.words.start import ABOUT, HOME

GUIDES = Sheet(
    "guides",
    Words("指南", "怎样申报、怎样购买、常见问题。", []),
    Words("Guides", "How to bid, how to buy, and what people ask.", []),
    (BIDDERS, BUYERS, ANSWERS),
)

NEWS = Sheet(
    "news",
    Words("动态", "征集、评审和项目的最新消息。", [], "工创的最新消息，按年度查阅。"),
    Words("News", "The latest on calls, judging and projects.", [], "What was told here, by year."),
    kind="NewsIndexPage",
)

OUTCOMES = Sheet(
    "outcomes",
    Words(
        "结果与公示",
        "哪些结果正在公示、怎样提出异议、排名如何算出。",
        [
            (
                "prose",
                "<h2>怎样提出异议</h2>"
                "<ul><li>打开正在公示的结果，对其中一项实名提出，并附依据。</li>"
                "<li>答复的期限由征集规定，默认七天；该立项在答复之前不签约。</li>"
                "<li>匿名的异议存档，但不答复。</li>"
                "<li>公示期按工作日计算，调休上班的周末也算工作日。</li></ul>",
            )
        ],
        "正在公示的结果、异议的期限和办法、评审排名。",
    ),
    Words(
        "Results and notices",
        "Which results are open to objections, how to object, and how ranks came about.",
        [
            (
                "prose",
                "<h2>How to object</h2>"
                "<ul><li>Open a result whose period runs, and object to one of its lines by name "
                "and with evidence.</li>"
                "<li>The call says by when you are answered, seven days unless it says otherwise; "
                "until then that award is not signed.</li>"
                "<li>An objection without a name is filed, but not answered.</li>"
                "<li>Periods are counted in working days; a weekend worked to make up for a "
                "holiday is one.</li></ul>",
            )
        ],
        "Results open to objections, how to object and by when, and rankings.",
    ),
    kind="ResultsPage",
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

PAGES = (ABOUT, GUIDES, NEWS, OUTCOMES, REPORTS, STORIES)

__all__ = ["HOME", "PAGES", "Blocks", "Sheet", "Words"]
