"""Taxonomy of entries: categories and series."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portfolio.models.unique_names import UniqueName


class Category(UniqueName, index.Indexed, models.Model):
    """One of the few subjects of the site; its name is unique whatever the letter case."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200, unique=True, blank=True, allow_unicode=True, help_text="Made from the name when left empty."
    )
    description = models.TextField(blank=True, help_text="One or two sentences at the top of the category's page.")

    panels = [FieldPanel("name"), FieldPanel("description"), FieldPanel("slug", heading="Address")]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("description"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])


class Series(UniqueName, index.Indexed, models.Model):
    """Entries to be read one after the other."""

    slug_source = "title"

    title = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200, unique=True, blank=True, allow_unicode=True, help_text="Made from the title when left empty."
    )
    description = models.TextField(blank=True, help_text="What a reader gets who reads all parts.")

    panels = [FieldPanel("title"), FieldPanel("description"), FieldPanel("slug", heading="Address")]
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("description"),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = "series"
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])

    def parts(self) -> models.QuerySet:
        """The published parts in reading order: by their number, those without one at the end, by date."""
        return self.entries.published().order_by(models.F("series_position").asc(nulls_last=True), "date", "pk")
