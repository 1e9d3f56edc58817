from __future__ import annotations

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portfolio"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portfolio.models.home import home_part
        from portfolio.search import index_again
        from portfolio.skills import home_skills

        home_part(home_skills)
        page_published.connect(index_again, dispatch_uid="portfolio.search.index_again")
