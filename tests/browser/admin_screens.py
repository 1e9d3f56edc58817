"""Every screen of the admin that is ours: those of our views, and forms and lists of our page types and snippets.

Runs inside an installation (`manage.py shell`) and makes one of everything that a screen may speak of.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, Site, get_page_models
from wagtail.snippets.models import get_snippet_models

from blog.models import BlogIndexPage, BlogPage
from experience.models import Skill
from portfolio.admin.trash.snapshot import trash
from portfolio.models import ImportJob, ImportRun, LinkCheck, SiteExport
from tests.admin.admin_addresses import Address, addresses

OURS = ("portfolio", "blog", "experience")
# Wagtail's screens that show something of ours.
WAGTAIL = {"dashboard": "wagtailadmin_home", "account": "wagtailadmin_account", "pages": "wagtailadmin_explore_root"}
FILES = {"import_report", "export_download", "guide_picture"}


def screens(user: Any) -> dict[str, str]:
    """The address of each screen by its name."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    examples = Examples(user)
    found = {name: reverse(view) for name, view in WAGTAIL.items()} | dict(forms(examples))
    for address in addresses():
        is_own = address.pattern.callback.__module__.partition(".")[0] in OURS
        if is_own and not address.name.startswith("wagtailadmin_api:") and address.name not in FILES:
            url = reverse(address.name, kwargs=examples.arguments(address))
            if is_screen(client.get(url)):
                found |= {address.name: url} if url not in found.values() else {}
    return found


def is_screen(response: Any) -> bool:
    assert response.status_code in (200, 204, 302, 400, 405), (response.request["PATH_INFO"], response.status_code)
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return is_page and b"</html>" in b"".join(response)


def is_ours(model: Any) -> bool:
    return model._meta.app_label in OURS


class Examples:
    """One of everything that an address may speak of."""

    def __init__(self, user: Any) -> None:
        self.user = user
        blog = BlogIndexPage.objects.get()
        self.draft = blog.add_child(instance=BlogPage(title="To be looked at", slug="to-be-looked-at", live=False))
        self.draft.save_revision(user=user)
        gone = blog.add_child(instance=BlogPage(title="Thrown away", slug="thrown-away", live=False))
        self.of_address = {
            "import_run": ImportRun.objects.first(),
            "import": ImportJob.objects.create(name="notes", state="checked"),
            "export_page": self.draft,
            "export": SiteExport.objects.create(),
            "link_check": LinkCheck.objects.create(),
            "trash": trash(gone, user),
            "invite": user,
            "merge_skill": Skill.objects.first(),
        }

    def arguments(self, address: Address) -> dict[str, Any]:
        pk = next((one.pk for name, one in self.of_address.items() if address.name.startswith(name)), None)
        values = {"page_id": self.draft.pk, "kind": "post", "code": "drafts", "name": "write", "pk": pk}
        return {name: values[name] for name in address.pattern.pattern.converters}


def forms(examples: Examples) -> Iterator[tuple[str, str]]:
    """Of each type the form of an existing page, else that of a new one; lists and forms of snippets; settings.

    Those that only hold a list have the fields of a plain page.
    """
    yield "edit post", reverse("wagtailadmin_pages:edit", args=[examples.draft.pk])
    yield "new post", reverse("wagtailadmin_pages:add", args=["blog", "blogpage", examples.draft.get_parent().pk])
    for model in filter(is_ours, get_page_models()):
        name = model._meta.verbose_name
        if name.endswith(" index"):
            continue
        existing = next((page for page in Page.objects.exact_type(model) if page.pk != examples.draft.pk), None)
        if existing is not None:
            yield f"edit {name}", reverse("wagtailadmin_pages:edit", args=[existing.pk])
        elif model.is_creatable:
            parent = Page.objects.type(*model.allowed_parent_page_models()).exclude(depth=1).first()
            arguments = [model._meta.app_label, model._meta.model_name, parent.pk]
            yield f"new {name}", reverse("wagtailadmin_pages:add", args=arguments)
    for model in filter(is_ours, get_snippet_models()):
        name, views = model._meta.verbose_name, model.snippet_viewset
        existing = model.objects.first()
        form = views.get_url_name("edit" if existing else "add")
        yield f"list of {name}", reverse(views.get_url_name("list"))
        yield f"form of {name}", reverse(form, args=[existing.pk] if existing else [])
    for model in filter(is_ours, registry):
        arguments = [model._meta.app_label, model._meta.model_name, Site.objects.get().pk]
        yield f"settings {model._meta.verbose_name}", reverse("wagtailsettings:edit", args=arguments)


def print_screens(name: str) -> None:
    sys.stdout.write(json.dumps(screens(get_user_model().objects.get(username=name))))
