"""A key beside each tag by which two spellings of its name are known to be the same."""

import django.db.models.deletion
from django.db import migrations, models

from portfolio.documents.slugs import name_key


def fill(apps, schema_editor):
    keys = apps.get_model("portfolio", "TagKey").objects
    for tag in apps.get_model("taggit", "Tag").objects.order_by("pk"):
        keys.get_or_create(key=name_key(tag.name), defaults={"tag": tag})


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0005_markup_results"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.CreateModel(
            name="TagKey",
            fields=[
                (
                    "tag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="name_key",
                        serialize=False,
                        to="taggit.tag",
                    ),
                ),
                ("key", models.CharField(max_length=600, unique=True)),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
