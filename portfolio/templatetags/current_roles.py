"""``{% current_roles_sentence roles %}``: what the owner does now, in a sentence with links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from portfolio.languages.wording import and_list

register = template.Library()


@register.simple_tag
def current_roles_sentence(roles: Sequence[Any]) -> SafeString:
    """ "Now data engineer at Saltmarsh Instruments · at Port of Brackwater."

    Those that are only a place stand last and apart, as “and” joins them neither with a role nor with its place.
    """
    known = [role for role in roles if role.role or role.organisation] or roles
    groups = [role for role in known if role.role], [role for role in known if not role.role]
    parts = [(and_list([linked_role(role) for role in group]),) for group in groups if group]
    return format_html(gettext("Now {roles}."), roles=format_html_join(" · ", "{}", parts))


def linked_role(role: Any) -> SafeString:
    name = format_html('<span class="p-job-title">{}</span>', role.role)
    organisation = format_html('<span class="p-org">{}</span>', role.organisation or "")
    if role.role and role.organisation:
        # Translators: a position and where it is.
        return link(role, format_html(gettext("{role} at {organisation}"), role=name, organisation=organisation))
    if role.organisation:
        # Translators: where the owner works, in a role without a name: "Now at {organisation}."
        return format_html(gettext("at {organisation}"), organisation=link(role, organisation))
    return link(role, name if role.role else role.title)


def link(role: Any, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', role.url or "", text)
