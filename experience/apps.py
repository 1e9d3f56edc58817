from __future__ import annotations

from django.apps import AppConfig


class ExperienceConfig(AppConfig):
    name = "experience"
    verbose_name = "Experience"

    def ready(self) -> None:
        from experience.current import current_roles
        from portfolio.models.home import home_part

        home_part(current_roles)
