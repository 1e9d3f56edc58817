"""Migrate a populated database from the first migration of each app to the newest, and print both states as JSON.

It is given a migrated database, whose own apps it first takes back: two hundred other migrations would take longer. A
process of its own, as migrations work on the default database, which the tests need as it is.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.utils import timezone  # noqa: E402

APPS = ("portfolio", "blog", "experience")
BODY = json.dumps([{"type": "text", "value": "<p>Low water at six.</p>", "id": "6f2d1c3e-0000-4000-8000-000000000001"}])
NAMES = ("Café", "Cafe\u0301", "Tide")  # the first two are the same to readers, and no two to a database


def populate(apps: Any) -> None:
    add_page = import_module("portfolio.migrations.0002_first_pages").add_page
    home = apps.get_model("portfolio", "HomePage").objects.get()
    image = apps.get_model("portfolio", "CustomImage").objects.create(
        title="Gauge", file="original_images/gauge.png", width=20, height=10
    )
    for number, name in enumerate(NAMES):
        for model, field in (("category", "name"), ("series", "title")):
            apps.get_model("blog", model).objects.create(**{field: name}, slug=f"n{number}", description="D")
        apps.get_model("experience", "Organisation").objects.create(name=name, slug=f"n{number}", logo=image)
        apps.get_model("experience", "Skill").objects.create(name=name, slug=f"n{number}", aliases="C++\nCpp")
        apps.get_model("taggit", "Tag").objects.create(name=name, slug=f"n{number}")

    person = apps.get_model("portfolio", "Person").objects.create(name="Ada Quay")
    post = add_page(apps, ("blog", "blogpage"), home, "High water", "high-water")
    post.summary, post.body, post.cover = "<p>A summary.</p>", BODY, image
    post.date = timezone.now()
    post.save()
    post.authors.add(person)
    apps.get_model("blog", "EntryTag").objects.create(
        tag=apps.get_model("taggit", "Tag").objects.first(), content_object_id=post.pk
    )
    role = add_page(apps, ("experience", "experiencepage"), home, "Harbour master", "harbour-master")
    role.period_text, role.body = "2019 - 2022", BODY
    role.save()


def rows() -> dict[str, list[dict[str, Any]]]:
    """What an owner would miss: the rows of the site's own tables, of its pages, sites and tags."""
    result = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith((*(f"{app}_" for app in APPS), "wagtailcore_page", "wagtailcore_site", "taggit_")):
                continue
            if table.startswith("portfolio_search_terms"):
                continue
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - its own tables
            names = [column[0] for column in cursor.description]
            result[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return result


def main() -> None:
    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in APPS]
    first = [(app, "0001_initial") for app in APPS]
    executor.migrate(first)
    populate(executor.loader.project_state([*others, *first]).apps)
    before = rows()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    sys.stdout.write(json.dumps({"before": before, "after": rows()}, default=str))


if __name__ == "__main__":
    main()
