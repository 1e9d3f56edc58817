"""After the password of a page or document the reader is there, and nowhere else."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests import builders

pytestmark = pytest.mark.django_db

PASSWORD = "low water"
ELSEWHERE = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "",
        "/",
    ),
    *(
        "/blog/open/",
        "/admin/",
        "/documents/999999/a.pdf",
        "/nothing/",
        "\r\nSet-Cookie: a=b",
        "http://[",
        "/blog/gauges/../open/",
    ),
    *(
        "//testserver.evil.example/blog/gauges/",
        "https://evil.example/blog/gauges/?x=1",
        "/media/a.png",
        "?x=1",
        "word",
        "a.b",
    ),
]
IDS = [f"{place} {ascii(address)[1:20]}" for place, address in enumerate(ELSEWHERE)]


def restrict(page) -> str:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password=PASSWORD)
    return f"/_util/authenticate_with_password/{restriction.pk}"


@pytest.mark.parametrize("return_url", ELSEWHERE, ids=IDS)
def test_the_password_of_a_page_leads_to_the_page(return_url, client):
    builders.post(title="Open")
    page = builders.post(title="Gauges")
    where = restrict(page)
    answer = client.post(f"{where}/{page.pk}/", {"password": PASSWORD, "return_url": return_url})
    assert (answer.status_code, answer.url) == (302, "/blog/gauges/")
    assert client.get(page.url).status_code == 200


def test_the_query_of_the_page_is_kept(client):
    where = restrict(builders.blog_index())
    fields = {"password": PASSWORD, "return_url": "/blog/?page=2&q=a b"}
    answer = client.post(f"{where}/{builders.blog_index().pk}/", fields)
    assert answer.url == "/blog/?page=2&q=a%20b"


def test_a_page_below_the_restricted_one_is_where_its_reader_lands(client):
    page = builders.post(title="Gauges")
    where = restrict(builders.blog_index())
    asked = client.get(page.url)
    assert f"{where}/{page.pk}/" in asked.content.decode()
    answer = client.post(f"{where}/{page.pk}/", {"password": PASSWORD, "return_url": page.url})
    assert answer.url == page.url


def test_a_wrong_password_leads_nowhere(client):
    page = builders.post(title="Gauges")
    answer = client.post(f"{restrict(page)}/{page.pk}/", {"password": "high", "return_url": page.url})
    assert answer.status_code == 200
    assert client.get(page.url).context["form"] is not None


def test_a_password_says_nothing_of_pages_that_are_not_behind_it(client):
    page, other, draft = (builders.post(title=title, live=title != "Draft") for title in ("Gauges", "Open", "Draft"))
    where = restrict(page)
    PageViewRestriction.objects.create(page=draft, restriction_type="password", password=PASSWORD)
    fields = {"password": PASSWORD, "return_url": "/"}
    for pk in (other.pk, draft.pk, 999_999):
        for answer in (client.get(f"{where}/{pk}/"), client.post(f"{where}/{pk}/", fields)):
            assert answer.status_code == 404, pk
    assert client.get(f"/_util/authenticate_with_password/999999/{page.pk}/").status_code == 404


@pytest.mark.parametrize("return_url", ELSEWHERE[:10], ids=IDS[:10])
def test_the_password_of_a_collection_leads_to_one_of_its_documents(return_url, client):
    collection = Collection.get_first_root_node().add_child(name="Private")
    make = get_document_model().objects.create
    document = make(title="a", file=ContentFile(b"a", name="a.csv"), collection=collection)
    public = make(title="b", file=ContentFile(b"b", name="b.csv"))
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    where = f"/documents/authenticate_with_password/{restriction.pk}/"
    assert where in client.get(document.url).content.decode()
    for wanted, place in ((document.url, document.url), (public.url, "/"), (return_url or "/", "/")):
        answer = client.post(where, {"password": PASSWORD, "return_url": wanted})
        assert (answer.status_code, answer.url) == (302, place)
    opened = client.get(document.url)
    assert opened.getvalue() == b"a"
