"""The admin with many pages: no list, chooser or report asks the database more often for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from blog.models import Series
from portfolio.models import Person
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = 50  # rows of the longest list; what stands beside a row may cost a query for each
MORE = 5


def fill(number: int) -> None:
    for _ in range(number):
        page = builders.post(skills=[f"Skill {next(builders.numbers)}"], categories=["Tides"])
        page.save_revision()
        builders.role(period_text="2019 - 2021")
        builders.picture()
        Series.objects.create(title=f"Series {page.pk}")
        Person.objects.create(name=f"Person {page.pk}")
        Redirect.objects.create(old_path=f"/old/{page.pk}", redirect_page=page)
        later = builders.interview(live=False)
        later.go_live_at = timezone.now() + timedelta(days=1)
        later.save_revision().publish()


def addresses(group: str) -> list[str]:
    blog, home = builders.blog_index().pk, builders.home().pk
    for_all = [
        "/admin/",
        "/admin/posts/",
        "/admin/interviews/",
        "/admin/roles/",
        reverse("wagtailadmin_explore", args=[blog]),
        reverse("wagtailadmin_explore", args=[home]),
        reverse("wagtailadmin_explore", args=[builders.experience_index().pk]),
        reverse("wagtailadmin_pages:search") + "?q=post",
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[blog]),
        reverse("wagtailadmin_choose_page_search") + "?q=post",
        f"/admin/api/main/pages/?child_of={blog}&for_explorer=1",
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        *(reverse(f"wagtailsnippets_{name}:list") for name in ("experience_skill", "blog_series", "portfolio_person")),
        *(reverse(f"wagtailsnippetchoosers_{name}:choose") for name in ("blog_series", "experience_organisation")),
        reverse("skill_suggestions") + "?term=skill",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:aging_pages"),
        *(reverse("todo_item", args=[code]) for code in ("drafts", "scheduled", "summary")),
    ]
    return for_all if group == "Editors" else [*for_all, reverse("wagtailredirects:index")]


def count(client: Client, group: str) -> dict[str, int]:
    numbers = {}
    for address in addresses(group):
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        numbers[address] = len(queries)
    return numbers


def test_no_list_costs_more_queries_with_more_pages() -> None:
    clients = {group: Client() for group in ("Editors", "Moderators")}
    for group, client in clients.items():
        client.force_login(builders.user(group))
    fill(PAGE + 2)
    few = {group: count(client, group) for group, client in clients.items()}
    fill(MORE)
    many = {group: count(client, group) for group, client in clients.items()}
    grown = {
        (group, address): (number, many[group][address])
        for group, numbers in few.items()
        for address, number in numbers.items()
        if many[group][address] > number
    }
    assert grown == {}
