"""First steps of a new site, for administrators: each ticks itself off, and the panel goes with the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import ModelLogEntry, Page

from portfolio.admin.set_up.demo_runs import has_demo
from portfolio.models import SiteSettings


@dataclass(frozen=True, slots=True)
class FirstStep:
    text: str
    url: str
    done: bool


class FirstStepsPanel(Component):
    name = "first_steps"
    template_name = "portfolio/admin/dashboard/first_steps.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        steps = first_steps(parent_context["request"])
        return {"steps": steps if not all(step.done for step in steps) else []}


def first_steps(request: HttpRequest) -> list[FirstStep]:
    settings = SiteSettings.for_request(request)
    edit = reverse("wagtailsettings:edit", args=["portfolio", "sitesettings"])
    own = Page.objects.live().filter(depth__gt=2).exclude(owner=None)
    of_demo = filled_by_demo(settings)
    is_known = settings.owner_name and settings.headline and of_demo.isdisjoint({"owner_name", "headline"})
    is_shown = settings.portrait_id is not None and "portrait_id" not in of_demo
    is_placed = "time_zone" not in of_demo and (settings.time_zone != "UTC" or were_saved(settings))
    steps = [
        FirstStep("Enter your name and what you do", edit, bool(is_known)),
        FirstStep("Add your portrait", edit, is_shown),
        FirstStep("Choose your time zone", f"{edit}#tab-look_and_language", is_placed),
        FirstStep("Publish your first post", reverse("new_page", args=["post"]), own.exists()),
    ]
    if has_demo():
        steps = [FirstStep("Remove the demo", reverse("remove_demo"), False), *steps]
    return steps


def were_saved(settings: SiteSettings) -> bool:
    """Whether somebody has saved the settings, and with them the time zone that they begin with."""
    return ModelLogEntry.objects.for_instance(settings).filter(action="wagtail.edit").exists()


def filled_by_demo(settings: SiteSettings) -> set[str]:
    """The settings that still are the demo's: they are not done yet."""
    if not has_demo():
        return set()
    from portfolio.admin.set_up.forms import values_of_demo  # loads the importer, which few processes need

    return values_of_demo(settings)
