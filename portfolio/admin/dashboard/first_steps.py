"""First steps of a new site, for administrators: each ticks itself off, and the panel goes with the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

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
    steps = [
        FirstStep("Enter your name and what you do", edit, bool(settings.owner_name and settings.headline)),
        FirstStep("Add your portrait", edit, settings.portrait_id is not None),
        FirstStep("Choose your time zone", f"{edit}#tab-look_and_language", settings.time_zone != "UTC"),
        FirstStep("Publish your first post", reverse("new_page", args=["post"]), own.exists()),
    ]
    if has_demo():
        # What the demo filled in is not done yet.
        steps = [FirstStep("Remove the demo", reverse("remove_demo"), False), *steps]
    return steps
