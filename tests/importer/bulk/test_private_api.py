"""What bulk inserts use of the private parts of Wagtail, treebeard, modelcluster and Django is still as they expect."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page, ReferenceIndex

from blog.models import BlogPage, Category
from portfolio.importer.bulk import private_api
from portfolio.models import HomePage, Person, StandardPage

pytestmark = pytest.mark.django_db


def stored_page(slug: str, **fields: Any) -> StandardPage:
    return HomePage.objects.get().add_child(instance=StandardPage(title="Tides", slug=slug, **fields))


def test_paths_are_those_that_treebeard_gives() -> None:
    home = HomePage.objects.get()
    step = private_api.last_step(home)
    page = stored_page("first")
    assert page.path == private_api.child_path(home, step + 1)
    assert private_api.last_step(HomePage.objects.get()) == step + 1
    assert private_api.last_step(page) == 0


def test_a_page_that_is_not_stored_has_its_parent_and_its_address(django_assert_num_queries: Any) -> None:
    home = HomePage.objects.get()
    page = StandardPage(title="Tides", slug="tides", depth=home.depth + 1, path=private_api.child_path(home, 99))
    page.set_url_path(home)
    private_api.set_parent(page, home)
    with django_assert_num_queries(0):
        assert page.get_parent() is home
        assert page.url == "/tides/"


def test_relations_of_a_new_page_with_a_key_are_empty_and_not_asked_for(django_assert_num_queries: Any) -> None:
    page = BlogPage(title="Tides")
    page.tags.add("moon")
    for model in (BlogPage, *BlogPage._meta.get_parent_list()):
        setattr(page, model._meta.pk.attname, 4711)
    private_api.set_missing_relations(page)
    with django_assert_num_queries(0):
        assert list(page.categories.all()) == []
        (item,) = private_api.related_objects(page, "tag_items")
    assert item.content_object_id == 4711


def test_objects_of_many_to_many_relations_are_in_memory(django_assert_num_queries: Any) -> None:
    category = Category.objects.create(name="Sea", slug="sea")
    page = BlogPage(title="Tides", categories=[category])
    with django_assert_num_queries(0):
        assert private_api.related_objects(page, "categories") == [category]


def test_cleaning_asks_for_no_other_page_with_the_slug(django_assert_num_queries: Any) -> None:
    stored_page("tides")
    page = StandardPage(title="Tides", slug="tides", locale_id=1)
    private_api.set_parent(page, HomePage.objects.get())
    private_api.skip_slug_check(page)
    with django_assert_num_queries(0):
        page.clean()


def test_references_are_those_that_wagtail_stores() -> None:
    page = stored_page("tides")
    target = stored_page("moon")
    page.body = [("text", f'<p><a linktype="page" id="{target.pk}">Moon</a></p>')]
    page.save()
    stored = ReferenceIndex.objects.filter(object_id=str(page.pk))
    names = ("to_content_type_id", "to_object_id", "model_path", "content_path")
    assert stored.exists()
    assert set(private_api.extract_references(page)) == set(stored.values_list(*names))
    for row in stored:
        assert row.content_path_hash == private_api.content_path_hash(row.content_path)


def test_rows_of_a_model_with_a_parent_are_inserted_alone() -> None:
    home = HomePage.objects.get()
    page = Page(title="Tides", slug="tides", depth=3, path=private_api.child_path(home, 99), url_path="/home/tides/")
    page.pk, page.locale_id, page.content_type_id = 4711, home.locale_id, home.content_type_id
    private_api.insert_values(Page, Page._meta.local_concrete_fields, [page], connection)
    child = StandardPage(title="Tides", page_ptr_id=4711)
    private_api.insert_values(StandardPage, StandardPage._meta.local_concrete_fields, [child], connection)
    assert StandardPage.objects.get(pk=4711).slug == "tides"


def test_values_are_inserted_one_by_one(django_assert_num_queries: Any) -> None:
    people = [Person(name=name, slug=name.lower()) for name in ("Mara", "Ines")]
    fields = [field for field in Person._meta.local_concrete_fields if not field.primary_key]
    with django_assert_num_queries(1) as context:
        private_api.insert_values(Person, fields, people, connection)
    assert "UNNEST" not in context.captured_queries[0]["sql"].upper()
    assert Person.objects.count() == 2
