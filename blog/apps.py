from __future__ import annotations

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Writing"

    def ready(self) -> None:
        from blog.home_sections import newest_writing
        from blog.page_kinds import BLOG_INDEX, CATEGORIES, INTERVIEW, POST, SERIES, TAGS
        from portfolio.content.registry import register, register_taxonomies
        from portfolio.models.home.sections import register_home_section

        register_home_section("writing", newest_writing)
        register(BLOG_INDEX, POST, INTERVIEW)
        register_taxonomies(SERIES, CATEGORIES, TAGS)
