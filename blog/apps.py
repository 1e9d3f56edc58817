from __future__ import annotations

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Writing"

    def ready(self) -> None:
        from blog.latest import latest
        from blog.page_kinds import BLOG_INDEX, CATEGORIES, INTERVIEW, POST, SERIES, TAGS
        from portfolio.content.registry import register, register_taxonomies
        from portfolio.models.home import register_home_context

        register_home_context(latest)
        register(BLOG_INDEX, POST, INTERVIEW)
        register_taxonomies(SERIES, CATEGORIES, TAGS)
