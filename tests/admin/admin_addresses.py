"""Every address of the admin, and one of everything that such an address may speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Site, Workflow
from wagtail.models import Task as WorkflowTask

from blog.models import BlogPage, Series
from experience.models import Skill
from portfolio.admin.trash.snapshot import trash
from portfolio.models import ImportJob, LinkCheck, Person, SiteExport
from tests import builders

# Catch-alls of Wagtail's own: "no such page in the admin".
NO_NAME = {"admin/test404/", "admin/^.*/$"}


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    route: str
    pattern: URLPattern


def addresses(resolver: URLResolver | None = None, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from addresses(entry, here, inside)
        elif here.startswith("admin/"):
            yield Address(":".join((*spaces, entry.name or "")), here, entry)


class Things:
    """One of everything that an address may speak of."""

    def __init__(self) -> None:
        self.editor = builders.user("Editors")
        self.moderator = builders.user("Moderators")
        self.administrator = builders.user(is_superuser=True)
        self.page: BlogPage = builders.post(title="Low water", slug="low", skills=["Python"], categories=["Tides"])
        self.page.save_revision(user=self.moderator)
        self.quiet = builders.post(title="Quiet", slug="quiet")
        self.locked = builders.post(title="Kept", slug="kept", locked=True)
        self.image = builders.picture()
        self.document = Document.objects.create(title="Table", file=ContentFile(b"x", name="table.txt"))
        self.redirect = Redirect.add_redirect("/old", self.page)
        self.workflow = Workflow.objects.get()
        self.state = self.workflow.start(self.page, self.editor)
        self.collection = Collection.get_first_root_node().add_child(name="Charts")
        self.job = ImportJob.objects.create(name="notes", state="checked")
        self.export = SiteExport.objects.create()
        self.check = LinkCheck.objects.create()
        self.trashed = trash(builders.post(title="Gone", live=False, owner=self.editor), self.editor)
        self.snippets = {
            "person": Person.objects.create(name="Ilse"),
            "category": self.page.categories.first(),
            "series": Series.objects.create(title="A year"),
            "organisation": builders.organisation(),
            "skill": Skill.objects.get(),
        }

    def pk_for(self, name: str) -> int:
        task = WorkflowTask.objects.get()
        known = {
            "wagtailadmin_collections": self.collection,
            "wagtailadmin_workflows:edit_task": task,
            "wagtailadmin_workflows:disable_task": task,
            "wagtailadmin_workflows:enable_task": task,
            "wagtailadmin_workflows": self.workflow,
            "wagtailsettings": Site.objects.get(),
            "wagtailsites": Site.objects.get(),
            "wagtailusers_users": self.editor,
            "wagtailusers_groups": self.editor.groups.get(),
            "wagtaildocs": self.document,
            "wagtailadmin_api:documents": self.document,
            "wagtailimages": self.image,
            "wagtailadmin_api:images": self.image,
            "export_page": self.page,
            "import_": self.job,
            "export_": self.export,
            "link_check": self.check,
            "trash_": self.trashed,
            "invite": self.editor,
            "merge_skill": self.snippets["skill"],
        }
        for start in sorted(known, key=len, reverse=True):
            if name.startswith(start):
                return known[start].pk
        snippet = next((thing for kind, thing in self.snippets.items() if f"_{kind}:" in name), None)
        return (snippet or self.page).pk

    def arguments(self, address: Address) -> dict[str, Any]:
        blog = builders.blog_index().pk
        values = {
            "image_id": self.image.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "parent_page_id": blog,
            "destination_id": blog,
            "redirect_id": self.redirect.pk,
            "revision_id": self.page.latest_revision_id,
            "content_type_app_name": "blog",
            "content_type_model_name": "blogpage",
            "app_label": "blog",
            "model_name": "blogpage",
            "app_name": "blog",
            "action": "delete",
            "action_name": "unpublish",
            "filter_spec": "width-100",
            "collection_id": self.collection.pk,
            "session_id": 1,
            "uploaded_file_id": 1,
            "task_id": WorkflowTask.objects.get().pk,
            "task_state_id": self.state.current_task_state_id,
            "workflow_state_id": self.state.pk,
            "workflow_pk": self.workflow.pk,
            "object_id": str(self.page.pk),
            "kind": "post",
            "code": "drafts",
            "uidb64": "MQ",
            "token": "set-password",
            "pk": self.pk_for(address.name),
        }
        given: dict[str, Any] = {name: values.get(name, self.page.pk) for name in address.pattern.pattern.converters}
        if address.name.startswith("wagtailsettings"):
            given |= {"app_name": "portfolio", "model_name": "sitesettings"}
        elif address.name == "wagtailadmin_workflows:add_task":
            given |= {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
        elif address.name in ("guide_page", "guide_picture"):
            given["name"] = "write"
        elif address.name == "new_choice":
            given["kind"] = "category"
        elif address.name == "edit_markdown":
            given["page_id"] = self.quiet.pk  # while a page waits for approval its author cannot edit it
        elif address.name == "wagtailadmin_pages:unlock":
            given["page_id"] = self.locked.pk
        elif address.name in ("wagtailadmin_pages:workflow_action", "wagtailadmin_pages:collect_workflow_action_data"):
            given["action_name"] = "approve"
        elif address.name == "wagtailadmin_tag_model_autocomplete":
            given |= {"app_name": "experience", "model_name": "skill"}
        return given

    def url(self, address: Address) -> str:
        if address.name == "wagtailadmin_pages:revisions_compare":
            return reverse(address.name, args=[self.page.pk, "earliest", "latest"])
        return reverse(address.name, kwargs=self.arguments(address))


def ask(client: Client, method: str, url: str) -> Any:
    """Whatever the answer does is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
