"""Editors and moderators find the site at once, and editors change only the pictures and files they brought."""

from django.db import migrations

GROUPS = ("Editors", "Moderators")


def begin_at_home(apps, schema_editor):
    """Wagtail's groups may work on the root of all pages, where nobody has anything to do but administrators."""
    Page = apps.get_model("wagtailcore", "Page")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    homes = list(apps.get_model("portfolio", "HomePage").objects.values_list("page_ptr", flat=True))
    below_root = Page.objects.filter(depth=2).values_list("pk", flat=True)
    if len(homes) != 1 or set(below_root) != set(homes):
        return  # somebody has arranged the tree anew; their groups are theirs
    for row in GroupPagePermission.objects.filter(group__name__in=GROUPS, page__depth=1):
        there = GroupPagePermission.objects.filter(
            group_id=row.group_id, page_id=homes[0], permission_id=row.permission_id
        )
        if there.exists():
            row.delete()
        else:
            row.page_id = homes[0]
            row.save()


def keep_editors_from_changing_others_files(apps, schema_editor):
    """A picture that is on a page is published: to replace it is to publish. One's own may be put right."""
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        group__name="Editors", permission__codename__in=("change_image", "change_document", "change_customimage")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0009_pending_files"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.RunPython(begin_at_home, migrations.RunPython.noop),
        migrations.RunPython(keep_editors_from_changing_others_files, migrations.RunPython.noop),
    ]
