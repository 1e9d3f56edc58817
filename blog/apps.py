from __future__ import annotations

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Writing"

    def ready(self) -> None:
        from blog.latest import latest
        from portfolio.models.home import home_part

        home_part(latest)
