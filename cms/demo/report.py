"""The demo's report of 2014 as an editor wrote it: what was asked, said, bought, and came of it."""

from __future__ import annotations

from typing import Any

from bidding.needs.models import Option, Survey
from cms.reports.first_words import chart
from cms.words import Blocks, Words
from marketplace.delivery.models import Project

CHINESE = {
    "title": "听见职工，办成实事",
    "lead": "2014年，我们第一次逐字逐句地问职工：工会能为您做点什么？"
    "这份报告讲他们怎么说，工会买了什么服务，钱花到了哪里，又服务到了谁。",
    "opening": "<p>工会的钱来自职工，也该由职工说了算。2014年初，区总工会在各街镇、园区和工地"
    "发放问卷，不记名，五道题，两分钟。答卷收齐之后，我们没有写一份束之高阁的调研报告，而是把职工说得最多的需求"
    "逐条公开，面向全市征集项目，让社会组织拿方案来竞争。</p>"
    "<p>下面的每一个数字都由平台从原始答卷和账本中直接算出，编辑只写文字，不填数字。</p>",
    "who": "谁回答了",
    "who_words": "<p>问卷既在线上填，也由街镇工会带着纸质问卷进车间、上工地。"
    "各个年龄段都有人回答，每个街镇都有声音。</p>",
    "what": "职工最需要什么",
    "what_words": "<p>每人可以选几项。排在前面的，是照料孩子和身心健康、下班后学点东西，"
    "以及遇到劳动纠纷时有人帮一把。</p>",
    "quote": "下了夜班，孩子放暑假没人带。要是厂区附近有个托管班，我能安心上班。",
    "speaker": "一位双职工家庭的母亲，问卷留言，经本人同意刊出",
    "cross_words": "<h3>不同年龄，需求一样吗？</h3>"
    "<p>下表把同一道题按年龄分开来看。人数太少的格子不公布，以免认出具体的人。</p>",
    "needs_words": "<p>调研结果由专人逐条整理成需求，写明为谁、约有多少人、有多急，"
    "之后的每一次征集都要回答其中的一条或几条。</p>",
    "when": "什么时候最方便",
    "when_words": "<p>服务再好，时间不对，职工也来不了。所以我们也问了时间；"
    "承接的组织据此安排课程和咨询。</p>",
    "content": "对工会服务满意吗",
    "content_words": "<p>我们请职工给工会现有的服务打分。分数不高不低，正说明有事可做。</p>",
    "money": "这笔钱做成了什么",
    "money_words": "<p>同年春、秋两次征集，社会组织拿出方案，专家和职工代表评审，"
    "各级工会挑选、出资。资金一笔一笔从拨入走到支付，账目全部公开。</p>",
    "lesson": "与街镇工会联合宣传，报名率明显提高。",
    "lesson_by": "承接组织结项时写下的经验",
    "projects_words": "<h3>其中几个项目</h3>",
    "where": "服务到了哪里",
    "next": "接下来",
    "next_words": "<p>问需求不是一次性的事。现在就可以看看正在征集什么，或者说说您需要什么。</p>",
    "needs_button": "看看职工现在需要什么",
    "calls_button": "正在进行的征集",
    "description": "2014年职工需求调研：职工怎么说，工会买了什么，钱花到哪里，服务到了谁。",
}
ENGLISH = {
    "title": "Heard, and acted upon",
    "lead": "In 2014 we asked workers, word for word, what the union could do for them. This "
    "report tells what they said, what the union bought, where the money went and whom it served.",
    "opening": "<p>The union's money comes from workers, so workers should have the say. Early in "
    "2014 the district federation put out a questionnaire in every town, park and building site: "
    "no names, five questions, two minutes. What came back did not end in a drawer. The needs "
    "named most often were published one by one, and the whole city was invited to answer them "
    "with projects.</p>"
    "<p>Every figure below was counted by the platform from the sheets and from the books. "
    "Editors wrote the words; none of them typed a number.</p>",
    "who": "Who answered",
    "who_words": "<p>Some answered on their phones, others on paper that the local unions carried "
    "into workshops and on to building sites. Every age is there, and every district has a "
    "voice.</p>",
    "what": "What workers need most",
    "what_words": "<p>People could choose several. In front stand care for children and for one's "
    "own health, something to learn after work, and a hand in disputes.</p>",
    "quote": "After the night shift there is nobody to mind the children in the holidays. With a "
    "day camp near the plant I could work with an easy mind.",
    "speaker": "a mother from a family in which both work, on her sheet; printed with her consent",
    "cross_words": "<h3>Do the young and the old want the same?</h3>"
    "<p>The table takes the same question apart by age. Cells of very few people are not shown, "
    "so that nobody can be recognised.</p>",
    "needs_words": "<p>An officer wrote the results up as needs: for whom, about how many people, "
    "how urgent. Every call since has had to answer one or more of them.</p>",
    "when": "When people can come",
    "when_words": "<p>The best service is no use at the wrong hour. So we asked about time as "
    "well, and providers set courses and consulting hours by it.</p>",
    "content": "Content with the union's services?",
    "content_words": "<p>Workers were asked to mark what the union already does. Marks in the "
    "middle say that there is work to do.</p>",
    "money": "What the money did",
    "money_words": "<p>There were two calls that year, in spring and in autumn. Social "
    "organisations brought plans, experts and workers' delegates judged them, unions chose and "
    "paid. The money went its way step by step, and all of its books are public.</p>",
    "lesson": "We advertised together with the town's union, and far more people signed up.",
    "lesson_by": "what a provider wrote down at the end of its project",
    "projects_words": "<h3>Some of the projects</h3>",
    "where": "Where the services went",
    "next": "What comes next",
    "next_words": "<p>Asking is not done once. See what is being called for now, or tell us what "
    "you need.</p>",
    "needs_button": "See what workers need now",
    "calls_button": "Calls that are open",
    "description": "The 2014 survey of workers' needs: what they said, what was bought, where the "
    "money went, whom it served.",
}


def told_2014(survey: Survey) -> tuple[Words, Words]:
    """The report in Chinese and in English."""
    return _told(survey, CHINESE), _told(survey, ENGLISH)


def _told(survey: Survey, said: dict[str, str]) -> Words:
    blocks = [*_asked(survey, said), *_bought(said)]
    return Words(said["title"], said["lead"], blocks, said["description"])


def _asked(survey: Survey, said: dict[str, str]) -> Blocks:
    age, wishes, hours, content = survey.questions.filter(position__lte=4).order_by("position")
    care = Option.objects.get(question=wishes, category="life-care")
    figures = [f"answers:{survey.pk}", f"share:{care.pk}", "projects:2014", "served:2014"]
    return [
        ("prose", said["opening"]),
        ("figures", {"figures": figures}),
        ("section", said["who"]),
        ("prose", said["who_words"]),
        chart(age),
        ("section", said["what"]),
        ("prose", said["what_words"]),
        chart(wishes),
        _quote(said["quote"], said["speaker"]),
        ("prose", said["cross_words"]),
        ("cross", {"question": str(wishes.pk), "by": str(age.pk)}),
        ("prose", said["needs_words"]),
        ("needs", {"count": 6}),
        ("section", said["when"]),
        ("prose", said["when_words"]),
        chart(hours),
        ("section", said["content"]),
        ("prose", said["content_words"]),
        chart(content),
    ]


def _bought(said: dict[str, str]) -> Blocks:
    projects = Project.objects.filter(year=2014).order_by("-served", "pk")
    figures = ["projects:2014", "amount:2014", "organisations:2014", "served:2014"]
    return [
        ("section", said["money"]),
        ("prose", said["money_words"]),
        ("figures", {"figures": figures}),
        ("flow", {"fund": "2014-seed"}),
        _quote(said["lesson"], said["lesson_by"]),
        ("prose", said["projects_words"]),
        ("projects", {"projects": list(projects.values_list("number", flat=True)[:4])}),
        ("section", said["where"]),
        ("districts", {"shows": "all"}),
        ("section", said["next"]),
        ("prose", said["next_words"]),
        ("calls", None),
        ("action", {"label": said["needs_button"], "page": None, "path": "/needs/"}),
        ("action", {"label": said["calls_button"], "page": None, "path": "/calls/"}),
    ]


def _quote(text: str, speaker: str) -> tuple[str, Any]:
    return "quote", {"text": text, "speaker": speaker}
