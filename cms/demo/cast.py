"""Who lives in the demo world: union bodies, social organisations and people, all made up."""

from __future__ import annotations

FEDERATION = ("浦东新区总工会", "Pudong New Area Federation of Trade Unions")

ZONES = (
    ("陆家嘴金融贸易区工会", "Lujiazui Finance and Trade Zone Union", "金融"),
    ("张江科学城工会", "Zhangjiang Science City Union", "科技"),
    ("外高桥保税区工会", "Waigaoqiao Bonded Zone Union", "物流"),
    ("金桥经济技术开发区工会", "Jinqiao Economic Zone Union", "制造"),
    ("上海国际旅游度假区工会", "International Resort Zone Union", "文旅"),
    ("临港新片区工会", "Lingang New Area Union", "制造"),
    ("世博地区工会", "Expo Area Union", "商务"),
    ("浦东机场综合保税区工会", "Pudong Airport Bonded Zone Union", "航空"),
    ("康桥工业区工会", "Kangqiao Industrial Park Union", "制造"),
)

INDUSTRIES = (
    ("浦东新区教育工会", "Pudong Education Workers' Union", "教育"),
    ("浦东新区卫生健康工会", "Pudong Health Workers' Union", "卫生"),
    ("浦东新区建筑业工会", "Pudong Construction Workers' Union", "建筑"),
    ("浦东新区快递物流行业工会", "Pudong Couriers' and Logistics Union", "物流"),
    ("浦东新区餐饮服务行业工会", "Pudong Catering Workers' Union", "餐饮"),
    ("浦东新区环卫行业工会", "Pudong Sanitation Workers' Union", "环卫"),
)

ENTERPRISES = (
    ("申港集装箱码头有限公司工会", "Shengang Container Terminal Union", "物流"),
    ("东岸精密制造有限公司工会", "East Bank Precision Union", "制造"),
    ("浦江速递有限公司工会", "Pujiang Express Union", "物流"),
    ("川沙食品有限公司工会", "Chuansha Foods Union", "食品"),
    ("临港新能源有限公司工会", "Lingang New Energy Union", "制造"),
)

# name, English name, prefix of the credit code, rating
SOCIAL = (
    ("浦东新区阳光社工服务社", "Sunshine Social Work Service", "52", "5A"),
    ("浦东新区乐群职工关爱中心", "Lequn Workers' Care Centre", "52", "4A"),
    ("浦东新区明德法律援助中心", "Mingde Legal Aid Centre", "52", "5A"),
    ("浦东新区工匠技能促进会", "Artisan Skills Association", "51", "4A"),
    ("浦东新区诚信审计服务中心", "Chengxin Audit Service Centre", "52", "4A"),
    ("浦东新区新芽亲子成长中心", "New Sprout Family Centre", "52", "3A"),
    ("浦东新区滨江文化艺术团", "Riverside Arts Troupe", "52", "3A"),
    ("浦东新区快乐健康促进中心", "Joyful Health Centre", "52", "4A"),
    ("浦东新区同行劳动关系研究会", "Tongxing Labour Relations Society", "51", "3A"),
    ("浦东新区海归青年服务社", "Returnee Youth Service", "52", "3A"),
    ("浦东新区心桥心理咨询中心", "Heart Bridge Counselling Centre", "52", "4A"),
    ("浦东新区书香阅读推广中心", "Bookish Reading Centre", "52", "3A"),
    ("浦东新区安心托管服务中心", "Peace-of-Mind Childcare Centre", "52", "4A"),
    ("浦东新区晨光志愿服务队", "Morning Light Volunteers", "51", "2A"),
    ("浦东新区建工之友服务中心", "Friends of Builders Centre", "52", "3A"),
    ("浦东新区骑手驿站服务中心", "Riders' Station Centre", "52", "3A"),
    ("浦东新区巧手职业培训中心", "Skilled Hands Training Centre", "52", "4A"),
    ("浦东新区和谐调解服务中心", "Harmony Mediation Centre", "52", "4A"),
    ("浦东新区东方体育俱乐部", "Oriental Sports Club", "52", "3A"),
    ("浦东新区慧学继续教育中心", "Huixue Continuing Education Centre", "52", "3A"),
    ("浦东新区女职工发展促进会", "Women Workers' Development Association", "51", "4A"),
    ("浦东新区爱心帮困基金会", "Caring Hands Foundation", "53", "4A"),
    ("浦东新区清源财务咨询中心", "Qingyuan Finance Advice Centre", "52", "3A"),
    ("浦东新区公益创投促进中心", "Social Venture Centre", "52", "5A"),
    ("浦东新区律安职工维权中心", "Lü'an Workers' Rights Centre", "52", "3A"),
    ("浦东新区桥梁工会组建服务社", "Bridge Union Building Service", "52", "3A"),
    ("浦东新区春蕾家庭服务中心", "Spring Bud Family Service", "52", "2A"),
    ("浦东新区匠心文化交流中心", "Craft Culture Exchange", "52", "3A"),
    ("浦东新区健步行健康俱乐部", "Brisk Walk Health Club", "52", "2A"),
    ("浦东新区蓝领学堂", "Blue Collar Academy", "52", "4A"),
    ("浦东新区夕阳红关爱服务社", "Sunset Care Service", "52", "3A"),
    ("浦东新区数字技能推广中心", "Digital Skills Centre", "52", "3A"),
    ("浦东新区工友食堂互助社", "Workmates' Canteen Co-op", "51", "2A"),
    ("浦东新区职康健康管理中心", "Worker Health Management Centre", "52", "4A"),
    ("浦东新区青年联谊服务中心", "Young People's Fellowship Centre", "52", "3A"),
    ("浦东新区平安出行宣教中心", "Safe Journeys Centre", "52", "3A"),
    ("浦东新区创新劳动竞赛促进会", "Labour Competition Association", "51", "4A"),
    ("浦东新区手拉手志愿者协会", "Hand in Hand Volunteers", "51", "3A"),
    ("浦东新区社工人才发展中心", "Social Workers' Development Centre", "52", "4A"),
    ("浦东新区浦惠综合服务中心", "Puhui Integrated Service Centre", "52", "4A"),
)

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "建国", "丽华", "志强", "秀英", "伟明", "海燕", "国栋", "晓梅", "文杰", "玉兰",
    "思远", "雅琴", "俊峰", "慧敏", "振华", "静怡", "立新", "春燕", "浩然", "美玲",
    "永刚", "晓东", "淑芬", "子涵", "德胜", "佳宁", "宏伟", "雪梅", "家豪", "婉清",
)  # fmt: skip


def invented_name(number: int) -> str:
    """The same made-up person's name for the same number."""
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 11 % len(GIVEN)]


# key, name, e-mail's first part, platform role
OFFICIALS = (
    ("officer", "陈静怡", "officer", "officer"),
    ("officer2", "周文杰", "officer2", "officer"),
    ("fund", "林振华", "fund", "fund_manager"),
    ("fund2", "沈雅琴", "fund2", "fund_manager"),
    ("auditor", "许德胜", "auditor", "auditor"),
    ("editor", "唐晓梅", "editor", "editor"),
    ("administrator", "郭立新", "administrator", "administrator"),
)

EXPERTS = (
    ("吴思远", "公共管理"),
    ("何慧敏", "社会工作"),
    ("高国栋", "劳动关系"),
    ("罗春燕", "财务审计"),
    ("梁浩然", "法律"),
    ("谢美玲", "职业教育"),
    ("韩俊峰", "企业管理"),
    ("曹淑芬", "心理健康"),
)
