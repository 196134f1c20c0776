"""What the demo world's people write: survey questions, project titles and plans."""

from __future__ import annotations

SURVEY = {
    "title": "2014年浦东职工需求调研",
    "title_en": "Pudong workers' needs survey 2014",
    "slug": "2014",
    "intro": "想听听您的心里话：工会能为您做点什么？共五题，约两分钟，不记名。",
    "intro_en": "We would like to hear from you: what can the union do for you? "
    "Five questions, about two minutes, no names.",
}
SURVEY_2025 = {
    "title": "2025年浦东职工需求调研",
    "title_en": "Pudong workers' needs survey 2025",
    "slug": "2025",
    "intro": "十年之后，我们再来问一次：工会能为您做点什么？共五题，约两分钟，不记名。",
    "intro_en": "Ten years on we ask again: what can the union do for you? "
    "Five questions, about two minutes, no names.",
}

# wording, English, category, share of workers in percent who choose it
WISHES = (
    ("参加技能比武和劳动竞赛", "Skills contests and labour competitions", "labour-competition", 34),
    ("工会经费使用更公开透明", "Union money spent in the open", "funds-audit", 12),
    ("免费的法律咨询和劳动争议援助", "Free legal advice and help in disputes", "legal-aid", 41),
    ("在没有工会的企业建工会", "A union where there is none", "union-building", 15),
    ("业余时间学文化、学技能、看演出", "Culture and courses after work", "cultural-literacy", 47),
    ("子女暑托、健康体检、心理关爱", "Holiday childcare, check-ups, counselling", "life-care", 58),
    ("家门口的一站式职工服务", "One-stop services near home", "comprehensive-service", 39),
)

# category → (title, English-free summary, plan, what the milestone shows)
PROJECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "labour-competition": (
        ("一线工匠技能比武", "面向一线职工开展岗位练兵与技能比武，以赛促学。"),
        ("绿色施工劳动竞赛", "在建筑工地组织绿色施工与安全生产竞赛。"),
        ("班组创新金点子大赛", "征集班组小改小革，评选并推广金点子。"),
        ("数控技能挑战赛", "联合制造企业举办数控操作技能挑战赛。"),
        ("快递小哥技能竞赛", "为快递员举办分拣、配送与安全骑行竞赛。"),
        ("集装箱装卸技能赛", "在港区开展装卸技能与安全竞赛。"),
    ),
    "funds-audit": (
        ("基层工会经费审查辅导", "为基层工会提供经费审查辅导与账务体检。"),
        ("阳光经费进企业", "帮助企业工会公开经费使用情况，接受职工监督。"),
        ("经审干部实务培训", "以真实案例培训基层经审干部。"),
        ("小微工会代理记账", "为小微企业工会提供规范的代理记账服务。"),
    ),
    "legal-aid": (
        ("职工法律援助一小时服务圈", "律师下沉园区，职工一小时内得到面对面法律咨询。"),
        ("农民工讨薪援助站", "在工地与街镇设立援助站，协助农民工依法讨薪。"),
        ("劳动争议调解进园区", "专业调解员进驻园区，化解劳动争议。"),
        ("女职工权益保护课堂", "讲解孕产哺乳期权益，提供个案援助。"),
        ("新就业形态劳动者普法", "为骑手、网约车司机普及劳动与保险知识。"),
        ("工伤维权陪伴计划", "为工伤职工提供认定、理赔全程陪伴。"),
    ),
    "union-building": (
        ("楼宇联合工会孵化", "走访商务楼宇，孵化联合工会并培训工会主席。"),
        ("小微企业建会帮办", "为小微企业提供建会手续全程帮办。"),
        ("骑手流动工会之家", "为骑手建立流动工会之家，吸纳入会。"),
        ("园区工会组建加速", "在开发区开展建会宣传与入会服务。"),
    ),
    "cultural-literacy": (
        ("职工夜校", "下班后的艺术、语言与技能小班课程。"),
        ("职工读书会与书香驿站", "在企业设立书架，组织读书会与作者见面会。"),
        ("工地文化大篷车", "把演出、电影和展览送到工地。"),
        ("职工合唱团培育", "组建并辅导企业职工合唱团，年终汇演。"),
        ("数字素养提升班", "为中年职工讲授手机办公与信息安全。"),
        ("外来务工者城市融入课堂", "沪语、礼仪与城市生活课程。"),
    ),
    "life-care": (
        ("职工子女暑托班", "暑期为双职工家庭子女提供托管与课程。"),
        ("心理关爱进班组", "心理咨询师进班组，开展减压团辅与个案咨询。"),
        ("一线职工健康体检随访", "为高强度岗位职工提供体检与随访。"),
        ("单身职工联谊", "组织跨企业单身职工交友活动。"),
        ("困难职工帮扶陪伴", "为困难职工家庭建立一户一策帮扶。"),
        ("骑手驿站关爱", "为骑手提供饮水、充电、应急药品与休息点。"),
        ("爱心妈咪小屋运营", "为孕产期女职工运营哺乳室与咨询服务。"),
    ),
    "comprehensive-service": (
        ("家门口职工服务站", "在街镇设立一站式职工服务站。"),
        ("园区职工服务联盟", "整合园区资源，为职工提供菜单式服务。"),
        ("职工需求热线与转介", "开通需求热线，登记、转介并回访。"),
        ("周末职工服务集市", "每月一次把法律、健康、就业服务带到园区。"),
        ("新上海人安家服务", "为外来职工提供租房、入学、就医指引。"),
    ),
}

CRITERIA = (
    ("回应需求", "Answers a need", "是否回应了调研中的职工需求，对象与人数是否清楚。", 30),
    ("方案可行", "Can be done", "活动安排、进度与风险是否考虑周全。", 25),
    ("团队能力", "Team", "团队资质、经验与分工。", 20),
    ("预算合理", "Fair price", "单价与数量是否合理，管理费是否节制。", 15),
    ("可持续性", "What stays", "项目结束后留下什么。", 10),
)

OUTCOMES = {
    "labour-competition": "参赛职工中有四成在半年内取得了更高一级的技能等级。",
    "funds-audit": "受审的基层工会全部补齐了账目，经费使用情况已向会员公开。",
    "legal-aid": "咨询当天有答复；参与调解的争议八成以上达成协议。",
    "union-building": "新建工会的企业选出了自己的工会委员会，会员证已发到手中。",
    "cultural-literacy": "八成以上学员坚持到结课，不少人报名了下一期。",
    "life-care": "双职工家庭不再为暑期看护请假；体检异常的职工都得到了复查提醒。",
    "comprehensive-service": "九成来访职工的事情一次办完，平均等候不到十分钟。",
}
"""What changed for the people served, by category."""
