"""Sections of the résumé beside roles and skills, named as in JSON Resume (https://jsonresume.org/schema)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from experience.models.periods import PERIOD_HELP
from experience.pango import PangoHelpPanel
from portfolio.blocks.stream_field import BlockField
from portfolio.documents.periods import parse_period

LONG = 2000
WEB_ADDRESS = URLValidator(schemes=["http", "https"])


def validate_period(text: str) -> None:
    if text and parse_period(text) is None:
        raise ValidationError("This cannot be read. Write a year, a month and year, or two with a dash between.")


def text(label: str = "", required: bool = False, length: int = 300, help_text: str = "") -> blocks.CharBlock:
    return blocks.CharBlock(label=label or None, required=required, max_length=length, help_text=help_text)


def long_text(label: str = "") -> blocks.TextBlock:
    return blocks.TextBlock(label=label or None, required=False, max_length=LONG, rows=3)


def points(help_text: str) -> blocks.TextBlock:
    return blocks.TextBlock(required=False, max_length=LONG, rows=3, help_text=help_text)


def period() -> blocks.CharBlock:
    return blocks.CharBlock(
        label="Period", required=False, max_length=120, validators=[validate_period], help_text=PERIOD_HELP
    )


def day() -> blocks.CharBlock:
    return blocks.CharBlock(
        label="Date", required=False, max_length=60, validators=[validate_period], help_text="“2021” or “May 2021”."
    )


def address() -> blocks.CharBlock:
    return blocks.CharBlock(label="Web address", required=False, max_length=500, validators=[WEB_ADDRESS])


class EducationBlock(blocks.StructBlock):
    """A degree or course of study."""

    institution = text(required=True)
    area = text("Subject")
    study_type = text("Degree", help_text="For example: MSc, Bachelor.")
    period = period()
    score = text("Grade", length=60)
    courses = points("One a line.")
    url = address()

    class Meta:
        icon = "site"
        label_format = "{study_type} {area}, {institution}"


class CertificateBlock(blocks.StructBlock):
    """A certificate or licence."""

    name = text(required=True)
    issuer = text()
    date = day()
    url = address()

    class Meta:
        icon = "check"
        label_format = "{name}"


class AwardBlock(blocks.StructBlock):
    """An award, prize or grant."""

    title = text(required=True)
    awarder = text()
    date = day()
    summary = long_text()

    class Meta:
        icon = "pick"
        label_format = "{title}"


class LanguageBlock(blocks.StructBlock):
    """A language, and how well it is spoken."""

    language = text(required=True, length=100)
    fluency = text(length=100, help_text="For example: Native, Fluent, B2.")

    class Meta:
        icon = "comment"
        label_format = "{language}"


class VolunteeringBlock(blocks.StructBlock):
    """Unpaid work."""

    organization = text("Organisation", required=True)
    position = text()
    period = period()
    summary = long_text()
    highlights = points("One a line.")
    url = address()

    class Meta:
        icon = "group"
        label_format = "{position}, {organization}"


class InterestBlock(blocks.StructBlock):
    """An interest, with words for it."""

    name = text(required=True)
    keywords = points("One a line.")

    class Meta:
        icon = "pick"
        label_format = "{name}"


class ReferenceBlock(blocks.StructBlock):
    """What somebody says of the owner."""

    name = text(required=True, help_text="Who says it.")
    reference = long_text("Words")

    class Meta:
        icon = "openquote"
        label_format = "{name}"


def section(block: blocks.StructBlock, help_text: str) -> BlockField:
    return BlockField([("item", block)], blank=True, help_text=help_text)


@register_setting(icon="doc-full", order=2)
class ResumeSections(BaseSiteSetting):
    """What the résumé says beside the roles and skills, which have pages. Each section is a stream of ``item``."""

    education = section(EducationBlock(), "The latest first.")
    certificates = section(CertificateBlock(), "Certificates and licences.")
    awards = section(AwardBlock(), "Awards, prizes and grants.")
    languages = section(LanguageBlock(), "The languages you speak.")
    volunteering = section(VolunteeringBlock(), "Unpaid work.")
    interests = section(InterestBlock(), "What else you care about.")
    references = section(ReferenceBlock(), "What others say of you. Everybody can read it.")
    # Values of an imported résumé that nothing here has a place for, as they were.
    other = models.JSONField(default=dict, blank=True, editable=False)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(template="experience/admin/import_resume_help.html"),
                    PangoHelpPanel(),
                    *(FieldPanel(name) for name in ("education", "certificates", "awards")),
                ],
                heading="Learning",
            ),
            ObjectList(
                [FieldPanel(name) for name in ("languages", "volunteering", "interests", "references")],
                heading="More about you",
            ),
        ]
    )

    class Meta:
        verbose_name = "résumé"

    def __str__(self) -> str:
        return "Résumé"

    @classmethod
    def of_default_site(cls) -> ResumeSections:
        """Those of the default site, or empty ones; nothing is stored."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()
