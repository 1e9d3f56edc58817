"""One name is one tag, category, series, skill or organisation, however it is written, and its address says it."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from taggit.models import Tag

from blog.models import Category, Series
from experience.models import Organisation, Skill
from portfolio.documents.slugs import name_key, slug_of
from portfolio.models.tags import resolve_tag
from tests import builders
from tests.importer.trees import post, run, write_tree

SPELLINGS = [
    ("Café", "CAFÉ"),
    ("Ångström", "ångström"),
    ("Ёлка", "ЁЛКА"),
    ("Straße", "STRASSE"),
    ("Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ"),
    ("Ǆungla", "ǆungla"),
    ("가나다", "가나다"),
    ("Việt Nam", "VIỆT  NAM"),
    ("plain", "PLAIN"),
]
ADDRESSES = {
    "C": "c",
    "C++": "c-plus-plus",
    "C#": "c-sharp",
    ".NET": "dot-net",
    "F#": "f-sharp",
    "Node.js": "nodejs",
    "A/B": "a-b",
    "A*": "a-star",
    "ASP.NET": "aspnet",
    "v1.2": "v1-2",
    "C/C++": "c-c-plus-plus",
    "#hashtag": "hashtag",
    "don’t": "dont",
    "数学": "数学",
    "Привет, мир": "привет-мир",
    "🎉": "party-popper",
    "❤️": "heavy-black-heart",
    "++": "plus-sign",
    "!!!": "exclamation-mark",
}


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spellings_have_one_key(one, other, form):
    assert name_key(unicodedata.normalize(form, one)) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Café", "Cafe"), ("C", "C++"), ("ä", "a"), ("数学", "数")])
def test_different_names_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(("name", "slug"), ADDRESSES.items())
def test_a_slug_says_the_name(name, slug):
    assert slug_of(name) == slug
    validate_unicode_slug(slug)


def make(model, name):
    return resolve_tag(model, name) if model is Tag else model.objects.resolve(name)


MODELS = [Tag, Category, Series, Skill, Organisation]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_every_spelling_is_one_row(model, one, other):
    first = make(model, unicodedata.normalize("NFD", one))
    assert make(model, unicodedata.normalize("NFC", other)) == first
    assert make(model, one) == first
    assert model.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_addresses_say_the_names_and_are_unique(model):
    made = {name: make(model, name).slug for name in ADDRESSES}
    assert made == ADDRESSES
    assert make(model, "c plus plus").slug == "c-plus-plus-2"
    nameless = [make(model, name).slug for name in ("\ue000", "\ue001")]
    assert nameless == [model._meta.model_name, f"{model._meta.model_name}-2"]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Category, Series, Skill, Organisation])
def test_the_database_holds_a_name_unique(model):
    make(model, "Café")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**{"title" if model is Series else "name": "CAFE\u0301", "slug": "other"})
    with pytest.raises(ValidationError):
        model(**{"title" if model is Series else "name": "CAFE\u0301", "slug": "other"}).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_a_name_made_by_somebody_else_at_the_same_moment_is_used(model, monkeypatch):
    """What the database says between looking and making: nothing at first, then the other's row."""
    manager = "portfolio.models.tags.tags_named" if model is Tag else None
    other = make(model, "Café")
    answers = iter([{}, {name_key("Café"): other}])
    if model is Tag:
        monkeypatch.setattr(manager, lambda *args: next(answers))
    else:
        monkeypatch.setattr(type(model.objects), "named", lambda self, name: next(answers).get(name_key(name)))
    assert make(model, "CAFÉ") == other


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("model", MODELS)
def test_many_at_once_make_one(model):
    def one(name):
        try:
            return make(model, name).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, ["Ёлка", "ЁЛКА"] * 8))) == 1


@pytest.mark.django_db
def test_aliases_are_found_in_every_spelling():
    skill = Skill.objects.create(name="Deutsch", aliases="Größen\nНемецкий")
    assert Skill.objects.named("GRÖSSEN") == Skill.objects.named("НЕМЕЦКИЙ") == skill
    assert Skill.objects.named("Größ") is None
    with pytest.raises(ValidationError):
        Skill(name="Other", slug="other", aliases="НЕМЕЦКИЙ").full_clean()


@pytest.mark.django_db
def test_suggestions_know_every_spelling(client):
    Skill.objects.create(name="Ёлка", aliases="Größen")
    client.force_login(builders.user(is_superuser=True))
    for term in ("ёл", "ЁЛ", unicodedata.normalize("NFD", "ё"), "GRÖSS"):
        assert client.get(reverse("skill_suggestions"), {"term": term}).json() == ["Ёлка"]


@pytest.mark.django_db
def test_an_import_makes_one_of_each_and_redirects_old_addresses(tmp_path, client):
    config = "title: Tides\nurl: https://tides.example\nplugins: [jekyll-archives]\njekyll-archives: {enabled: all}\n"
    tags = unicodedata.normalize("NFD", '[Café, CAFÉ, "C#", .NET, 🎉, Ёлка]')
    files = {
        "_posts/2021-01-01-one.md": post("One.", tags=tags, categories="[Ёлка]", series="Ёлка", skills="[Ёлка]"),
        "_posts/2021-01-02-two.md": post(
            "Two.", tags="[café, ЁЛКА, c#, .net]", categories="[ЁЛКА]", series="ЁЛКА", skills="[ЁЛКА]"
        ),
    }
    run(write_tree(tmp_path, files, config))
    assert sorted(Tag.objects.values_list("slug", flat=True)) == [
        "c-sharp", "café", "dot-net", "party-popper", "ёлка",
    ]  # fmt: skip
    assert [model.objects.count() for model in (Category, Series, Skill)] == [1, 1, 1]
    assert client.get("/tag/net/")["Location"] == "/tags/dot-net/"
    assert client.get("/tags/dot-net/").status_code == 200
    assert client.get("/tag/c/")["Location"] == "/tags/c-sharp/"
