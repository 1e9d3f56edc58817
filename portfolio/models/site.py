"""What the whole site says about its owner, set once in the admin."""

from __future__ import annotations

from typing import Any, Self
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.functional import cached_property
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site

from portfolio.blocks.foreseen import foresee
from portfolio.blocks.page_links import linked_ids
from portfolio.blocks.prose import INLINE
from portfolio.models.navigation import Link, NavigationLinkBlock, links, menu_pages
from portfolio.models.tree import list_types


class ProfileLinkBlock(blocks.StructBlock):
    """A profile of the owner elsewhere."""

    label = blocks.CharBlock(max_length=60, help_text="For example: GitHub.")
    url = blocks.URLBlock(label="Address", max_length=500)

    class Meta:
        icon = "link-external"
        label_format = "{label}"


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list, such as Europe/Stockholm.")


class TimeZoneSelect(forms.Select):
    def __init__(self) -> None:
        super().__init__(choices=[(name, name.replace("_", " ")) for name in sorted(available_timezones())])


@register_setting(icon="user", order=1)
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Owner, navigation and colour of one site.

    ``links`` and ``navigation`` are streams of ``link`` blocks: {label, url} and {page, url, label}; templates show
    ``navigation_links``.
    """

    select_related = ("portrait",)

    owner_name = models.CharField("your name", max_length=200, blank=True)
    headline = models.CharField(max_length=300, blank=True, help_text="What you do, in one sentence.")
    portrait = models.ForeignKey(
        "portfolio.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    bio = RichTextField("about you", blank=True, features=[*INLINE, "ul"], help_text="A short paragraph or two.")
    email = models.EmailField(blank=True, help_text="Shown to everybody. Leave empty to keep it to yourself.")
    location = models.CharField(max_length=200, blank=True, help_text="Town or region, as you want it shown.")
    links = StreamField([("link", ProfileLinkBlock())], blank=True, help_text="Your profiles elsewhere.")
    navigation = StreamField(
        [("link", NavigationLinkBlock())], blank=True, help_text="The links at the top of every page, in this order."
    )
    accent_colour = models.CharField(
        "accent colour",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits, like this: #0b6e75")],
        help_text="For links and the focus ring: # and six digits. Leave empty for the design's own.",
    )
    language_code = models.CharField(
        "language",
        max_length=12,
        default="en",
        validators=[
            RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", "Write a language code, like this: en, pt or pt-BR")
        ],
        help_text="The language your pages are written in, as a code: en, es, pt, fr, de.",
    )

    time_zone = models.CharField(
        max_length=64,
        default="UTC",
        validators=[known_time_zone],
        help_text="The place whose calendar the dates on your pages follow.",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("owner_name"),
                    FieldPanel("headline"),
                    FieldPanel("portrait"),
                    FieldPanel("bio"),
                    FieldPanel("email"),
                    FieldPanel("location"),
                    FieldPanel("links"),
                ],
                heading="You",
            ),
            ObjectList([FieldPanel("navigation")], heading="Navigation"),
            ObjectList(
                [
                    FieldPanel("accent_colour"),
                    FieldPanel("language_code"),
                    FieldPanel("time_zone", widget=TimeZoneSelect()),
                ],
                heading="Look and language",
            ),
        ]
    )

    class Meta:
        verbose_name = "site settings"

    def __str__(self) -> str:
        return self.owner_name or "Site settings"

    @classmethod
    def for_site(cls, site: Site) -> Self:
        """The settings that the site was loaded with, else those that the database has or that are made now."""
        known = site._state.fields_cache.get("sitesettings") if site else None
        return known or super().for_site(site)

    @property
    def navigation_links(self) -> list[Link]:
        """The links chosen here, else the home page's children that are shown in menus."""
        return links(self.chosen, self.menu)

    @property
    def chosen(self) -> list[Any]:
        return [child.value for child in self.navigation]

    @property
    def home(self) -> Page:
        request = getattr(self, "_request", None)
        return (Site.find_for_request(request) if request else self.site).root_page

    @cached_property
    def menu(self) -> list[Page]:
        """The pages that the menu leads to."""
        return list(menu_pages(self.chosen, self.home).select_related(*list_types()))

    def look_around(self, page: Any) -> None:
        """Find the pages of the menu, the trail of ``page`` and the pages that its text links to in one query.

        All else that its text refers to takes another.
        """
        if "menu" in self.__dict__ or "trail" in page.__dict__:
            return
        in_menu = Q(pk__in=menu_pages(self.chosen, self.home).order_by().values("pk"))
        above = [page.path[:length] for length in range(2 * page.steplen, len(page.path), page.steplen)]
        linked = linked_ids(getattr(page, "body", None))
        found = list(
            Page.objects.filter(in_menu | Q(path__in=above, live=True) | Q(pk__in=linked))
            .select_related(*list_types())
            .annotate(is_in_menu=ExpressionWrapper(in_menu, output_field=BooleanField()))
            .order_by("path")
        )
        self.menu = [target for target in found if target.is_in_menu]
        page.trail = [step for step in found if step.path in above and step.live]
        page.linked_pages = {target.pk: target for target in found if target.pk in linked}
        foresee([getattr(page, "body", None)])
