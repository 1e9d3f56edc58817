from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portfolio"

    def ready(self) -> None:
        from portfolio.models.tags import name_slugless_tag
        from portfolio.site_address import name_default_site

        pre_save.connect(name_slugless_tag, dispatch_uid="portfolio.tags.name_slugless_tag")
        post_migrate.connect(name_default_site, sender=self)
        from wagtail.signals import page_published

        from portfolio.desk.redirects import take_over
        from portfolio.models.home import home_part
        from portfolio.search import index_again
        from portfolio.skills import home_skills

        home_part(home_skills)
        take_over()
        page_published.connect(index_again, dispatch_uid="portfolio.search.index_again")
