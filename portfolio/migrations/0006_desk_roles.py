"""Moderators import and export the site."""

from django.db import migrations


def let_moderators_import(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    # Permissions are made after all migrations; the name is the one the model gives it then.
    kind = ContentType.objects.get_or_create(app_label="portfolio", model="importjob")[0]
    permission = Permission.objects.get_or_create(
        content_type=kind, codename="import_site", defaults={"name": "Can import and export the site"}
    )[0]
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0005_desk")]

    operations = [migrations.RunPython(let_moderators_import, migrations.RunPython.noop)]
