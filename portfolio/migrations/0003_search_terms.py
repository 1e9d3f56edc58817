"""The table that readers' search asks, which is no model: see ``portfolio/search/index_table.py``."""

from django.db import migrations

SQLITE = (
    """
    CREATE VIRTUAL TABLE portfolio_search_terms USING fts5(
        words, extras, stems, prefix='3',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co So'"
    )
    """,
)
POSTGRESQL = (
    "CREATE TABLE portfolio_search_terms (page_id bigint PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE INDEX portfolio_search_terms_gin ON portfolio_search_terms USING gin (terms)",
)


def create(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE portfolio_search_terms")


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0002_first_pages")]

    operations = [migrations.RunPython(create, drop)]
