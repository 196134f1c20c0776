"""The hall of the top floor's models."""

from cms.pages.call import CallPage
from cms.pages.home import HomePage
from cms.pages.report import ReportPage
from cms.pages.story import StoryPage
from cms.pages.text import TextPage

__all__ = ["CallPage", "HomePage", "ReportPage", "StoryPage", "TextPage"]
