"""Organisations: employers, universities, projects."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portfolio.models.unique_names import UniqueName


class Organisation(UniqueName, index.Indexed, models.Model):
    """A company, university or project; roles at the same one are shown together."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200, unique=True, blank=True, allow_unicode=True, help_text="Made from the name when left empty."
    )
    url = models.URLField("web address", max_length=500, blank=True)
    logo = models.ForeignKey(
        "portfolio.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("url"), FieldPanel("logo"), FieldPanel("slug", heading="Address")]
    search_fields = [index.SearchField("name", boost=2), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
