"""Addresses of this room."""

from django.urls import path

from marketplace.desk import budget_views, portfolio_views, views

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/portfolio/", portfolio_views.portfolio, name="portfolio"),
    path(
        "desk/portfolio.csv",
        portfolio_views.portfolio_file,
        {"ending": "csv"},
        name="portfolio_csv",
    ),
    path(
        "desk/portfolio.xlsx",
        portfolio_views.portfolio_file,
        {"ending": "xlsx"},
        name="portfolio_xlsx",
    ),
    path("desk/spending/", budget_views.spending, name="spending"),
    path("desk/spending.csv", budget_views.spending_file, {"ending": "csv"}, name="spending_csv"),
    path(
        "desk/spending.xlsx", budget_views.spending_file, {"ending": "xlsx"}, name="spending_xlsx"
    ),
    path("desk/spending/<int:pk>/", budget_views.promise, name="promise"),
]
