"""People: authors and interviewers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portfolio.models.unique_names import NamedSlug


class Person(NamedSlug, index.Indexed, models.Model):
    """An author or interviewer; an empty ``slug`` is made from the name."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200, unique=True, blank=True, allow_unicode=True, help_text="Made from the name when left empty."
    )
    role = models.CharField(max_length=200, blank=True, help_text="For example: Managing editor.")
    organisation = models.CharField(max_length=200, blank=True)
    url = models.URLField("web address", blank=True, help_text="Where readers can learn more about this person.")
    bio = models.TextField(blank=True, help_text="One or two sentences.")
    photo = models.ForeignKey(
        "portfolio.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="public_profile",
        verbose_name="account",
        help_text="Whose public profile this is. What this account writes has this author.",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("url"),
        FieldPanel("bio"),
        FieldPanel("photo"),
        FieldPanel("slug", heading="Address"),
        FieldPanel("user", permission="auth.change_user"),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.SearchField("organisation"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name
