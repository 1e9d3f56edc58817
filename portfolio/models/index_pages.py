"""Index pages that a site has only when it needs them, such as the list of projects."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.utils.translation import gettext, override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from portfolio.blocks.prose import INLINE
from portfolio.languages.reader_language import SOURCE_LANGUAGE, interface_language
from portfolio.models.site.settings import SiteSettings
from portfolio.models.tree import TreePage
from portfolio.models.visibility import public
from portfolio.validation.page_form import free_page_slug


class IndexPage(TreePage):
    """Mixin of a page that lists the pages below it.

    It is made, as a draft, together with the first page below it, and published with the first of them that is.
    """

    default_title: ClassVar[str]
    default_slug: ClassVar[str]
    lists_children = True

    intro = RichTextField(blank=True, features=INLINE, help_text="A sentence or two above the list.")

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        abstract = True

    @classmethod
    def add_below(cls, parent: Page) -> Self:
        """Make the draft below ``parent``."""
        page = cls(title=in_site_language(cls.default_title), show_in_menus=True, live=False)
        page.slug = free_page_slug(cls.default_slug, parent, page)
        parent.add_child(instance=page)
        page.save_revision(log_action=False)
        return page


def in_site_language(text: str) -> str:
    """The translation of a marked text, whatever language the person who is signed in has chosen."""
    code = SiteSettings.objects.filter(site__is_default_site=True).values_list("language_code", flat=True).first()
    with override(interface_language(code or "") or SOURCE_LANGUAGE):
        return gettext(text)


def publish_index(instance: Page, **kwargs: Any) -> None:
    """Signal handler: publish the index above a published page, unless somebody has published or withdrawn it."""
    parent = instance.get_parent()
    if parent.live or parent.first_published_at is not None:
        return
    page = parent.specific
    if isinstance(page, IndexPage):
        page.save_revision(log_action=False).publish()


def index_url(model: type[Page]) -> str:
    """The address of the first public page of the type; "" without one."""
    page = public(model._default_manager.live().filter(alias_of=None)).order_by("path").first()
    return (page.url or "") if page else ""
