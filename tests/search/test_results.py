"""What a query finds: the same on every database, since this suite runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from portfolio.search import index_table
from portfolio.search.query import Term
from portfolio.search.views import matches
from tests import builders

pytestmark = pytest.mark.django_db

POSTS = {
    "Learning C++ templates": "operator overloading",
    "Notes on C# records": "dotnet things",
    "Why .NET matters": "node.js and asp.net",
    "100% coverage is a lie": "half of it 50%",
    "snake_case everywhere": "the my_variable name",
    "State-of-the-art gauges": "well-known e-mail",
    "Naïve café": "Zürich straße façade",
    "O'Reilly's \"quoted\" book": "it's",
    "東京の潮汐": "日本語の記事です。海の話。",
    "Privet мир": "Привет, как дела",
    "Rust &amp; Go": "AT&amp;T",
    "NOT a query": "AND OR NEAR",
    "Release v1.2.3": "see 10.0.0.1 and /etc/passwd",
    "Emoji 🎉 party": "the spring tide rose",
    "İstanbul ISPARTA": "dotless ı, and a tide in spring",
}


@pytest.fixture
def _posts() -> None:
    for number, (title, text) in enumerate(POSTS.items()):
        title = title.replace("&amp;", "&")
        builders.post(title=title, date=datetime(2024, 1, number + 1, tzinfo=UTC), body=[("text", f"<p>{text}</p>")])


def found(query: str) -> set[str]:
    return {page.title for page in matches(query)}


@pytest.mark.usefixtures("_posts")
def test_a_query_finds_what_was_meant() -> None:
    wanted = {
        "C++": "Learning C++",
        "C#": "Notes on C#",
        ".NET": "Why .NET",
        ".net": "Why .NET",
        "node.js": "Why .NET",
        "100%": "100% coverage",
        "50%": "100% coverage",
        "my_variable": "snake_case",
        "variable": "snake_case",
        "state-of-the-art": "State-of-the-art",
        "email": "State-of-the-art",
        "e-mail": "State-of-the-art",
        "café": "Naïve",
        "cafe": "Naïve",
        "CAFE\u0301": "Naïve",
        "Zurich": "Naïve",
        "straße": "Naïve",
        "STRASSE": "Naïve",
        "O’Reilly": "O'Reilly",
        "oreilly": "O'Reilly",
        '"quoted"': "O'Reilly",
        "東京": "東京",
        "潮汐": "東京",
        "潮": "東京",
        "海の話": "東京",
        "記事": "東京",
        "ДЕЛА": "Privet",
        "AT&T": "Rust",
        "NOT query": "NOT a query",
        "near": "NOT a query",
        "v1.2.3": "Release",
        "1.2.3": "Release",
        "10.0.0.1": "Release",
        "/etc/passwd": "Release",
        "template": "Learning",
        "templ": "Learning",
        "overload": "Learning",
        "istanbul": "İstanbul",
        "isparta": "İstanbul",
        "🎉": "Emoji",
    }
    missed = {
        query: found(query) for query, start in wanted.items() if not any(t.startswith(start) for t in found(query))
    }
    assert missed == {}


@pytest.mark.usefixtures("_posts")
def test_a_query_finds_nothing_else() -> None:
    wanted = {
        "C++": {"Learning C++ templates"},
        "C#": {"Notes on C# records"},
        "c": {"Learning C++ templates", "Notes on C# records"},
        "京東": set(),
        "spring tide": {"Emoji 🎉 party", "İstanbul ISPARTA"},
        '"spring tide"': {"Emoji 🎉 party"},
        "go": {"Rust & Go"},
        "tide absent": set(),
        "%": set(),
    }
    assert {query: found(query) for query in wanted} == wanted


@pytest.mark.usefixtures("_posts")
def test_operators_of_the_databases_are_words_like_any() -> None:
    quotes = ['"', "'", '"a b', "'::tsquery", "'; DROP TABLE x", "\\", "a\\"]
    signs = "* te* % _ %% ( ) () {} [] ! & | :: ^a -a -- +a a:b {{7*7}} %s %(x)s <->".split()
    words = ["a OR b", "AND", "NOT", "NEAR(a b)", "words : x", "a AND (b", "a <-> b", "a & b"]
    extremes = ["x" * 300, "a " * 300, "é" * 255, "\ud800", "𐍈", "\0"]
    for query in (*quotes, *signs, *words, *extremes):
        assert len(found(query)) < len(POSTS), query


def test_an_edited_page_is_found_by_its_new_words_only() -> None:
    post = builders.post(title="High water", body=[("text", "<p>sluice</p>")])
    post.body = [("text", "<p>culvert</p>")]
    post.save_revision().publish()
    assert (found("culvert"), found("sluice")) == ({"High water"}, set())


def rows(page: Page) -> int:
    key = "page_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {index_table.NAME} WHERE {key} = %s", [page.pk])  # noqa: S608
        return cursor.fetchone()[0]


def test_a_deleted_page_leaves_the_index() -> None:
    post = builders.post(title="High water")
    assert rows(post) == 1
    pk = post.pk
    post.delete()
    post.pk = pk
    assert rows(post) == 0


def test_update_index_makes_the_index_anew() -> None:
    builders.post(title="High water")
    with connection.cursor() as cursor:
        index_table.clear(cursor)
    assert found("water") == set()
    call_command("update_index", backend_name="readers", verbosity=0)
    assert found("water") == {"High water"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no other way than the index")
def test_postgresql_reads_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, parameters = index_table.matching(connection, Term("tide"))
        cursor.execute(f"EXPLAIN {sql}", parameters)
        assert f"{index_table.NAME}_gin" in "\n".join(row[0] for row in cursor.fetchall())
