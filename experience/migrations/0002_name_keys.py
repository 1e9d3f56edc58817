"""A key by which two spellings of one name are known to be the same."""

from django.db import migrations, models

from portfolio.documents.slugs import name_key


def fill(apps, schema_editor):
    for model, name in (("organisation", "name"), ("skill", "name")):
        taken = set()
        for row in apps.get_model("experience", model).objects.order_by("pk"):
            key = name_key(getattr(row, name))
            row.key = key if key not in taken else f"{key} #{row.pk}"
            taken.add(row.key)
            if model == "skill" and row.aliases:
                keys = (name_key(line) for line in row.aliases.splitlines())
                row.alias_keys = "".join(f"\n{key}" for key in keys if key) + "\n"
            row.save()


class Migration(migrations.Migration):
    dependencies = [("experience", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="organisation", name="one_organisation_per_name"),
        migrations.RemoveConstraint(model_name="skill", name="one_skill_per_name"),
        migrations.AddField(
            model_name="organisation",
            name="key",
            field=models.CharField(blank=True, default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="skill",
            name="key",
            field=models.CharField(blank=True, default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="skill",
            name="alias_keys",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="organisation",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=600, unique=True),
        ),
        migrations.AlterField(
            model_name="skill",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=600, unique=True),
        ),
    ]
