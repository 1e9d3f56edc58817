"""A key by which two spellings of one name are known to be the same."""

from django.db import migrations, models

from portfolio.documents.slugs import name_key


def fill(apps, schema_editor):
    for model, name in (("category", "name"), ("series", "title")):
        taken = set()
        for row in apps.get_model("blog", model).objects.order_by("pk"):
            key = name_key(getattr(row, name))
            row.key = key if key not in taken else f"{key} #{row.pk}"
            taken.add(row.key)
            row.save()


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_excerpt")]

    operations = [
        migrations.RemoveConstraint(model_name="category", name="one_category_per_name"),
        migrations.AddField(
            model_name="category",
            name="key",
            field=models.CharField(blank=True, default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="series",
            name="key",
            field=models.CharField(blank=True, default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="category",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=600, unique=True),
        ),
        migrations.AlterField(
            model_name="series",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=600, unique=True),
        ),
    ]
