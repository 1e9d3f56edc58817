"""Site settings: owner, navigation, colour, language and time zone, set in the admin."""

from __future__ import annotations

from typing import Self
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page, Site

from portfolio.blocks.prose import INLINE
from portfolio.blocks.stream_field import BlockField
from portfolio.documents.language_codes import MAX_LANGUAGE
from portfolio.languages.language_select import LanguageSelect, validate_language
from portfolio.markdown.tex.macros import macros_of
from portfolio.markdown.tex.tokens import TexError
from portfolio.models.site.analytics import BY_NAME, CHOICES, Analytics, analytics_of, checked_site_id, checked_url
from portfolio.models.site.icons import icon_version
from portfolio.models.site.navigation import MenuLink, NavigationLinkBlock, menu_links, menu_pages
from portfolio.models.site.palettes import CHOICES as PALETTE_CHOICES
from portfolio.models.site.palettes import PAPER
from portfolio.models.site.theme import Theme, theme_of
from portfolio.models.site.typefaces import CHOICES as TYPEFACE_CHOICES
from portfolio.models.site.typefaces import SYSTEM
from portfolio.models.site.widgets import AccentInput, PaletteSelect, TimeZoneSelect, TypefaceSelect
from portfolio.models.site_state import cached_for_version
from portfolio.models.tree import listing_page_joins


class ProfileLinkBlock(blocks.StructBlock):
    """A link to a profile of the owner on another site."""

    label = blocks.CharBlock(max_length=60, help_text="For example: GitHub.")
    url = blocks.URLBlock(label="Address", max_length=500)

    class Meta:
        icon = "link-external"
        label_format = "{label}"


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list, such as Europe/Stockholm.")


def validate_formula_macros(tex: str) -> None:
    try:
        has_macros = bool(macros_of(tex))
    except TexError:
        has_macros = False
    if tex.strip() and not has_macros:
        raise ValidationError(r"Write TeX definitions, like this: \newcommand{\R}{\mathbb{R}}")


@register_setting(icon="user", order=1)
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """The settings of one site.

    ``links`` and ``navigation`` are streams of ``link`` blocks: {label, url} and {page, url, label}. Templates show
    ``navigation_links``.
    """

    select_related = ("portrait", "logo", "icon")
    request: HttpRequest | None = None  # set by ``for_request``

    owner_name = models.CharField("your name", max_length=200, blank=True)
    headline = models.CharField(max_length=300, blank=True, help_text="What you do, in one sentence.")
    portrait = models.ForeignKey(
        "portfolio.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    bio = RichTextField("about you", blank=True, features=[*INLINE, "ul"], help_text="A short paragraph or two.")
    email = models.EmailField(
        "contact address",
        blank=True,
        help_text="An e-mail address, shown to everybody. Leave empty to keep it to yourself.",
    )
    location = models.CharField(max_length=200, blank=True, help_text="Town or region, as you want it shown.")
    links = BlockField([("link", ProfileLinkBlock())], blank=True, help_text="Your profiles elsewhere.")
    navigation = BlockField(
        [("link", NavigationLinkBlock())], blank=True, help_text="The links at the top of every page, in this order."
    )
    palette = models.CharField(
        "colours",
        max_length=20,
        choices=PALETTE_CHOICES,
        default=PAPER.name,
        help_text="Each has a light and a dark half; readers see the one that their device asks for.",
    )
    typefaces = models.CharField("typefaces", max_length=20, choices=TYPEFACE_CHOICES, default=SYSTEM.name)
    accent_colour = models.CharField(
        "accent colour",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits, like this: #0b6e75")],
        help_text="For links and the focus ring. Leave empty for that of the colours above.",
    )
    logo = models.ForeignKey(
        "portfolio.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown at the top of every page instead of your name. Best with a transparent background.",
    )
    icon = models.ForeignKey(
        "portfolio.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="site icon (favicon)",
        help_text="A square picture of at least 512 pixels, for browser tabs, bookmarks and home screens.",
    )
    footer_text = RichTextField(
        blank=True, features=INLINE, max_length=2000, help_text="At the foot of every page: a licence, an imprint."
    )
    language_code = models.CharField(
        "language",
        max_length=MAX_LANGUAGE,
        default="en",
        validators=[validate_language],
        help_text="The language of your pages, and of the site's own words such as “min read” and of its dates. "
        "A page may have another.",
    )
    time_zone = models.CharField(
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text="The place whose calendar the dates on your pages follow.",
    )

    formula_macros = models.TextField(
        "macros of formulas",
        blank=True,
        max_length=20_000,
        validators=[validate_formula_macros],
        help_text="TeX definitions that every formula can use, one a line, like this: \\newcommand{\\R}{\\mathbb{R}}",
    )

    analytics_provider = models.CharField(
        "provider",
        max_length=20,
        blank=True,
        choices=CHOICES,
        help_text="Pages load its script and send each visit there. Leave empty for no analytics. "
        "Say in your privacy notice what it stores.",
    )
    analytics_url = models.CharField(
        "its address", max_length=200, blank=True, help_text="Of your own installation: https://stats.example.org"
    )
    analytics_site_id = models.CharField(
        "site ID",
        max_length=200,
        blank=True,
        help_text="Plausible: the domain. Umami: the website ID. Matomo: the number. GoatCounter needs none.",
    )

    send_webmentions = models.BooleanField(
        "tell other sites when you link to them",
        default=False,
        help_text="When you publish a page, this server asks each page of another site that its text links to whether "
        "it takes Webmentions, and sends one where it does. What came of it is in the history of your page.",
    )

    not_found_page = models.ForeignKey(
        "portfolio.StandardPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page for unknown addresses",
        help_text="Its title and text are shown where there is no page, above the search. It needs to be published.",
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
            ObjectList([FieldPanel("navigation"), FieldPanel("not_found_page")], heading="Navigation"),
            ObjectList(
                [
                    FieldPanel("palette", widget=PaletteSelect),
                    FieldPanel("accent_colour", widget=AccentInput()),
                    FieldPanel("typefaces", widget=TypefaceSelect),
                    FieldPanel("logo"),
                    FieldPanel("icon"),
                    FieldPanel("footer_text"),
                    FieldPanel("language_code", widget=LanguageSelect()),
                    FieldPanel("time_zone", widget=TimeZoneSelect()),
                    FieldPanel("formula_macros", widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})),
                ],
                heading="Look and language",
            ),
            ObjectList(
                [
                    FieldPanel("analytics_provider"),
                    FieldPanel("analytics_url"),
                    FieldPanel("analytics_site_id"),
                ],
                heading="Analytics",
            ),
            ObjectList([FieldPanel("send_webmentions")], heading="Webmentions"),
        ]
    )

    class Meta:
        verbose_name = "site settings"

    def __str__(self) -> str:
        return self.owner_name or "Site settings"

    def clean(self) -> None:
        super().clean()
        if not self.analytics_provider:
            return
        errors = {}
        try:
            self.analytics_url = checked_url(self.analytics_url)
        except ValidationError as error:
            errors["analytics_url"] = error
        try:
            provider = BY_NAME.get(self.analytics_provider)
            self.analytics_site_id = checked_site_id(provider, self.analytics_site_id) if provider else ""
        except ValidationError as error:
            errors["analytics_site_id"] = error
        if errors:
            raise ValidationError(errors)

    @property
    def theme(self) -> Theme:
        return theme_of(self.palette, self.typefaces, self.accent_colour)

    @property
    def analytics(self) -> Analytics | None:
        return analytics_of(self.analytics_provider, self.analytics_url, self.analytics_site_id)

    @property
    def icon_version(self) -> str:
        """For the addresses of the owner's icons; "" for the icons of the design."""
        return icon_version(self.icon) if self.icon else ""

    @classmethod
    def for_site(cls, site: Site) -> Self:
        """The settings loaded together with the site, else those in the database, which are created if need be."""
        loaded = getattr(site, "sitesettings", None) if site and Site.sitesettings.is_cached(site) else None
        return loaded or super().for_site(site)

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        settings = super().for_request(request)
        settings.request = request
        return settings

    @property
    def navigation_links(self) -> list[MenuLink]:
        """The links chosen here, else the home page's children that are shown in menus."""
        return cached_for_version(("menu", self.site_id), self.read_navigation_links)

    def read_navigation_links(self) -> list[MenuLink]:
        chosen = [child.value for child in self.navigation]
        return menu_links(chosen, menu_pages(chosen, self.home).select_related(*listing_page_joins()))

    @property
    def home(self) -> Page:
        return (Site.find_for_request(self.request) if self.request else self.site).root_page


def read_formula_macros() -> str:
    """The macros of the default site: bodies are rendered without a request, too."""
    return cached_for_version("formula macros", _default_formula_macros)


def _default_formula_macros() -> str:
    macros = SiteSettings.objects.filter(site__is_default_site=True).values_list("formula_macros", flat=True)
    return macros.first() or ""
