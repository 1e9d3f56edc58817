from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portfolio"

    def ready(self) -> None:
        from portfolio.models.tags import name_slugless_tag
        from portfolio.site_address import name_default_site

        pre_save.connect(name_slugless_tag, dispatch_uid="portfolio.tags.name_slugless_tag")
        post_migrate.connect(name_default_site, sender=self)
        from wagtail.images import get_image_model
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished

        from portfolio import statistics
        from portfolio.desk.checks.looking import on_gone, on_published
        from portfolio.desk.redirects import take_over
        from portfolio.models.home import home_part
        from portfolio.models.site import SiteSettings
        from portfolio.models.version import when_changed
        from portfolio.renditions import tasks
        from portfolio.resume import tasks as resume
        from portfolio.search import index_again
        from portfolio.share_images import tasks as share_images
        from portfolio.skills import home_skills

        home_part(home_skills)
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(when_changed, dispatch_uid="portfolio.version.when_changed")
        take_over()
        page_published.connect(on_published, dispatch_uid="portfolio.desk.on_published")
        page_unpublished.connect(on_gone, dispatch_uid="portfolio.desk.on_gone")
        pre_delete.connect(on_gone, sender=Page, dispatch_uid="portfolio.desk.on_deleted")
        page_published.connect(index_again, dispatch_uid="portfolio.search.index_again")
        images = get_image_model()
        post_save.connect(tasks.when_stored, sender=images)
        post_delete.connect(tasks.when_deleted, sender=images.get_rendition_model())
        page_published.connect(tasks.when_published, dispatch_uid="portfolio.renditions.when_published")
        page_published.connect(share_images.when_published, dispatch_uid="portfolio.share_images.when_published")
        post_save.connect(share_images.when_settings_saved, sender=SiteSettings)
        page_published.connect(statistics.when_published, dispatch_uid="portfolio.statistics.when_published")
        page_published.connect(resume.when_page_changed, dispatch_uid="portfolio.resume.when_published")
        page_unpublished.connect(resume.when_page_changed, dispatch_uid="portfolio.resume.when_unpublished")
        post_delete.connect(resume.when_page_changed, dispatch_uid="portfolio.resume.when_deleted")
        for model in resume.SHOWN:
            for signal in (post_save, post_delete):
                signal.connect(resume.when_row_changed, sender=model, dispatch_uid="portfolio.resume.when_row_changed")
