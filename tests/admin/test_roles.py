"""Every address of the admin, asked for as an editor, as a moderator and as an administrator."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from experience.models import Skill
from tests import builders
from tests.admin.admin_addresses import NO_NAME, Things, addresses, ask, signed_in
from tests.admin.role_table import table

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),  # files of answers that nobody reads
]

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
    "import_run",
    "import_run_undo",
    "import_undo",
    "import_report",
    "export_download",
}


def refused(response: Any) -> bool:
    """Turned away: to the sign-in, to the dashboard with a message, by a 403, or as if nothing were there."""
    to = response.headers.get("Location", "")
    if to == "/admin/":
        return any("do not have permission" in str(said) for said in get_messages(response.wsgi_request))
    return response.status_code in (403, 404) or to.startswith("/admin/login/")


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
