"""Lines of work by the national standard GB/T 4754-2017: twenty sections, A to T."""

from django.utils.translation import gettext_lazy as _

INDUSTRIES = (
    ("A", _("agriculture, forestry, fishing")),
    ("B", _("mining")),
    ("C", _("manufacturing")),
    ("D", _("electricity, heat, gas, water")),
    ("E", _("construction")),
    ("F", _("wholesale and retail")),
    ("G", _("transport, storage, post and delivery")),
    ("H", _("hotels and catering")),
    ("I", _("information, software, telecommunications")),
    ("J", _("finance")),
    ("K", _("real estate")),
    ("L", _("leasing and business services")),
    ("M", _("research and technical services")),
    ("N", _("water conservancy, environment, public facilities")),
    ("O", _("household, repair and other services")),
    ("P", _("education")),
    ("Q", _("health and social work")),
    ("R", _("culture, sport, entertainment")),
    ("S", _("public administration and social organisations")),
    ("T", _("international organisations")),
)
"""(letter of the section, its name)."""

OFFICIAL = (
    *("农、林、牧、渔业", "采矿业", "制造业", "电力、热力、燃气及水生产和供应业", "建筑业"),
    *("批发和零售业", "交通运输、仓储和邮政业", "住宿和餐饮业"),
    *("信息传输、软件和信息技术服务业", "金融业", "房地产业", "租赁和商务服务业"),
    *("科学研究和技术服务业", "水利、环境和公共设施管理业", "居民服务、修理和其他服务业"),
    *("教育", "卫生和社会工作", "文化、体育和娱乐业", "公共管理、社会保障和社会组织"),
    "国际组织",
)
"""The sections' names as the standard prints them, in its order."""

LETTERS = {letter: letter for letter, _name in INDUSTRIES} | {
    name: letter for (letter, _words), name in zip(INDUSTRIES, OFFICIAL, strict=True)
}
"""Every word a section goes by in a table, and its letter."""


def name_of(letter: str) -> str:
    """The section's name in the reader's language; nothing for none."""
    return next((str(name) for key, name in INDUSTRIES if key == letter), "")
