"""Every address of the admin, asked for as an editor, as a moderator and as an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Site, Workflow
from wagtail.models import Task as WorkflowTask
from wagtail.permissions import policy_registry

from blog.models import BlogPage, Series
from experience.models import Skill
from portfolio.models import ImportJob, LinkCheck, Person, SiteExport
from tests import builders
from tests.desk.role_table import table

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),  # files of answers that nobody reads
]

# Catch-alls of Wagtail's own: "no such page in the admin".
NO_NAME = {"admin/test404/", "admin/^.*/$"}
# What answers 404 to an administrator too, for want of something that no test needs: an alias, an upload under way.
NOT_THERE = {
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_api:pages:find",
    "wagtailadmin_api:documents:find",
    "wagtaildocs:create_multiple_from_uploaded_document",
    "wagtaildocs:delete_upload_multiple",
    "wagtailimages:create_multiple_from_uploaded_image",
    "wagtailimages:delete_upload_multiple",
    "wagtailadmin_api:images:find",
    "wagtailimages:url_generator",
    "wagtailimages:url_generator_output",
    "wagtailadmin_block_preview",
    "wagtailsettings:preview_on_edit",
    "wagtail_bulk_action",
    "desk_import_run",
    "desk_import_run_undo",
    "desk_import_undo",
    "desk_import_report",
    "desk_export_download",
}


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
            "desk_export_page": self.page,
            "desk_import": self.job,
            "desk_export": self.export,
            "desk_links": self.check,
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
        elif address.name in ("desk_guide_page", "desk_guide_picture"):
            given["name"] = "write"
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


def refused(response: Any) -> bool:
    """Turned away: to the sign-in, to the dashboard with a message, by a 403, or as if nothing were there."""
    to = response.headers.get("Location", "")
    if to == "/admin/":
        return any("do not have permission" in str(said) for said in get_messages(response.wsgi_request))
    return response.status_code in (403, 404) or to.startswith("/admin/login/")


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


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    found = {address.name for address in addresses() if address.route not in NO_NAME}
    assert found - set(table()) == set(), "decide who may reach these"
    assert set(table()) - found == set(), "there are no such addresses any more"


def test_each_role_reaches_what_it_may_and_nothing_above() -> None:
    """For each address the lowest role that may and the highest that may not: each role may what those below it may."""
    things = Things()
    people = [signed_in(user) for user in (None, things.editor, things.moderator, things.administrator)]
    lowest, wrong = table(), []
    for address in addresses():
        if address.route in NO_NAME or address.name in ("wagtailadmin_error_test", "wagtailadmin_logout"):
            continue
        url, level = things.url(address), lowest[address.name]
        answer = ask(people[level], "get", url)
        if answer.status_code == 405:
            answer = ask(people[level], "post", url)
        if address.name not in NOT_THERE and refused(answer):
            wrong.append(f"{address.name} {url}: level {level} is kept out ({answer.status_code})")
        for method in ("get", "post") if level else ():
            answer = ask(people[level - 1], method, url)
            if answer.status_code != 405 and not refused(answer):
                wrong.append(f"{address.name} {url}: level {level - 1} gets in by {method} ({answer.status_code})")
    assert not wrong, "\n".join(wrong)


def test_what_is_not_there_is_not_there_for_administrators_either() -> None:
    """Or an address on that list would be kept from those below and nobody would know whether it ever answers."""
    things = Things()
    administrator, wrong = signed_in(things.administrator), []
    for address in addresses():
        if address.name in NOT_THERE:
            answers = {ask(administrator, method, things.url(address)).status_code for method in ("get", "post")}
            if 404 not in answers or answers - {404, 405}:
                wrong.append(f"{address.name}: {answers}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_an_editors_bulk_actions_do_nothing_to_what_is_published_or_somebody_elses(action: str, client: Client) -> None:
    editor = builders.user("Editors")
    live, draft, own = (
        builders.post(slug="live", owner=editor),
        builders.post(slug="draft", live=False, owner=builders.user("Editors")),
        builders.post(slug="own", live=False, owner=editor),
    )
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    everything = "&".join(f"id={page.pk}" for page in (live, draft, own))
    client.post(f"{address}?{everything}", {"chooser": builders.home().pk, "include_descendants": "on"})
    left = list(Page.objects.filter(pk__in=[live.pk, draft.pk, own.pk]).order_by("pk").values_list("live", "depth"))
    # Whoever began a draft may throw it away.
    own_draft = [] if action == "delete" else [(False, own.depth)]
    assert left == [(True, live.depth), (False, draft.depth), *own_draft]


@pytest.mark.parametrize(
    ("group", "own", "gone"), [("Editors", False, False), ("Editors", True, True), ("Moderators", False, True)]
)
def test_an_editor_deletes_a_draft_of_their_own_and_a_moderator_anybodys(
    group: str, own: bool, gone: bool, client: Client
) -> None:
    person = builders.user(group)
    page = builders.post(live=False, owner=person if own else None)
    client.force_login(person)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Page.objects.filter(pk=page.pk).exists() is not gone


@pytest.mark.parametrize(("model", "make"), [("customimage", builders.picture), ("skill", None)])
def test_an_editors_bulk_actions_delete_nothing_of_others(model: str, make: Any, client: Client) -> None:
    thing = make() if make else Skill.objects.create(name="Python")
    client.force_login(builders.user("Editors"))
    address = reverse("wagtail_bulk_action", args=[thing._meta.app_label, model, "delete"])
    client.post(f"{address}?id={thing.pk}")
    thing.refresh_from_db()


def test_an_editor_may_put_right_their_own_picture(client: Client) -> None:
    editor = builders.user("Editors")
    own, other = builders.picture(uploaded_by_user=editor), builders.picture("red")
    client.force_login(editor)
    assert client.get(reverse("wagtailimages:edit", args=[own.pk])).status_code == 200
    assert refused(client.get(reverse("wagtailimages:edit", args=[other.pk])))


def test_editors_begin_at_the_home_page_and_administrators_at_the_root(client: Client) -> None:
    policy = policy_registry.get_by_type(Page)
    for group in ("Editors", "Moderators"):
        assert policy.explorable_root_instance(builders.user(group)).pk == builders.home().pk
    assert policy.explorable_root_instance(builders.user(is_superuser=True)).depth == 1


def test_the_menu_lists_posts_interviews_and_roles_with_dates(client: Client) -> None:
    builders.post(title="Earlier", date=builders.FIRST_DAY)
    builders.post(title="Later")
    builders.interview(title="A talk")
    builders.role(title="Keeper", period_text="2019 - 2021")
    client.force_login(builders.user("Editors"))
    menu = client.get("/admin/").content.decode()
    for address, said in (
        ("/admin/posts/", "Later"),
        ("/admin/interviews/", "A talk"),
        ("/admin/roles/", "2019 - 2021"),
    ):
        assert address in menu
        assert said in client.get(address).content.decode()
    posts = client.get("/admin/posts/").content.decode()
    assert posts.index("Later") < posts.index("Earlier")
    assert "A talk" not in posts


def test_the_blog_is_explored_newest_first_unless_asked_otherwise(client: Client) -> None:
    builders.post(title="Written last, of an old day", date=builders.FIRST_DAY)
    builders.post(title="Of a new day").save_revision()
    Page.objects.get(title="Written last, of an old day").specific.save_revision()
    client.force_login(builders.user("Editors"))
    address = reverse("wagtailadmin_explore", args=[builders.blog_index().pk])
    html = client.get(address).content.decode()
    assert html.index("Of a new day") < html.index("Written last")
    html = client.get(address, {"ordering": "-latest_revision_created_at"}).content.decode()
    assert html.index("Written last") < html.index("Of a new day")
