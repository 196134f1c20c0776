"""The official seven categories of project, in Chinese and English: data, not rules."""

OFFICIAL: tuple[dict[str, str], ...] = (
    {
        "code": "labour-competition",
        "name": "劳动竞赛",
        "name_en": "Labour competition",
        "description": "立功竞赛、技能比武、师徒带教和班组创新：让职工的本领和企业的发展一起提高。",
        "description_en": (
            "Merit contests, skill matches, apprenticeships and team innovation: workers' skills "
            "and the enterprise grow together."
        ),
    },
    {
        "code": "funds-audit",
        "name": "经费审查",
        "name_en": "Funds audit",
        "description": "由专业机构对基层工会经费的收支和管理进行审查审计，并辅导规范做账。",
        "description_en": (
            "Professional review and audit of what grassroots unions receive and spend, with "
            "guidance on keeping proper books."
        ),
    },
    {
        "code": "legal-aid",
        "name": "法律援助",
        "name_en": "Legal aid",
        "description": "劳动关系咨询、调解、仲裁和诉讼援助，以及走进园区和工地的法律宣传。",
        "description_en": (
            "Advice on labour relations, mediation, help in arbitration and court, and legal "
            "education in parks and on building sites."
        ),
    },
    {
        "code": "union-building",
        "name": "工会组建",
        "name_en": "Union building",
        "description": "帮助尚未建会的企业和新就业形态劳动者建立工会、发展会员、规范运作。",
        "description_en": (
            "Founding unions where there is none, among enterprises and workers in new forms of "
            "employment; winning members and working by the rules."
        ),
    },
    {
        "code": "cultural-literacy",
        "name": "文化素养提升",
        "name_en": "Cultural literacy",
        "description": "读书、艺术、健身和学历技能课程：丰富职工的精神文化生活，提升综合素养。",
        "description_en": (
            "Reading, arts, sport and courses: a richer cultural life for workers and what they "
            "learn from it."
        ),
    },
    {
        "code": "life-care",
        "name": "生活关爱",
        "name_en": "Life care",
        "description": "心理疏导、健康管理、亲子托管、交友联谊和困难帮扶：把关爱送到职工身边。",
        "description_en": (
            "Counselling, health, child care, social life and help in hardship, brought to where "
            "workers are."
        ),
    },
    {
        "code": "comprehensive-service",
        "name": "职工综合服务",
        "name_en": "Comprehensive service",
        "description": "依托职工服务站点和户外驿站，为一定区域的职工提供一揽子的综合服务。",
        "description_en": (
            "A whole set of services for the workers of an area, from service stations and "
            "outdoor rest stops."
        ),
    },
)
