"""First steps of a new site, for administrators: each ticks itself off, and the panel goes with the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portfolio.models import ImportRun, SiteSettings

DEMO = "lindqvist.example"  # the key of the site in demo/


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
    if demo := ImportRun.objects.filter(site__key=DEMO, undone_at=None).order_by("pk").first():
        # What the demo filled in is not done yet.
        steps = [FirstStep("Remove the demo: undo its import", reverse("import_run", args=[demo.pk]), False), *steps]
    return steps
