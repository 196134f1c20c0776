"""The hall of the top floor's models."""

from cms.pages.call import CallPage
from cms.pages.faq import FaqPage
from cms.pages.guide import GuidePage, GuideStepPage
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.report import ReportPage
from cms.pages.results import ResultsPage
from cms.pages.story import StoryPage
from cms.pages.text import TextPage
from cms.reports.models import Drawing, FrozenFact, ReportPaper
from cms.visits.models import Visit

__all__ = [
    "CallPage",
    "Drawing",
    "FaqPage",
    "FrozenFact",
    "GuidePage",
    "GuideStepPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ReportPage",
    "ReportPaper",
    "ResultsPage",
    "StoryPage",
    "TextPage",
    "Visit",
]
