"""First pages and groups: a home page, a blog and a timeline, and what editors and moderators may do there."""

from django.db import migrations
from django.utils import timezone

WELCOME = "Welcome to your new Wagtail site!"
STEP = 4  # characters of one level in a treebeard path

SNIPPETS = [
    ("blog", "category"),
    ("blog", "series"),
    ("experience", "organisation"),
    ("experience", "skill"),
    ("portfolio", "person"),
]
# An editor may need a new organisation or category to write; changing what others use is the moderators' part.
GROUPS = {
    "Editors": [(*model, ("add",)) for model in SNIPPETS],
    "Moderators": [(*model, ("add", "change", "delete")) for model in [*SNIPPETS, ("wagtailredirects", "redirect")]],
}


def content_type(apps, app_label, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)[0]


def free_path(children, parent_path):
    last = children.order_by("path").values_list("path", flat=True).last()
    number = int(last[-STEP:], 36) + 1 if last else 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return parent_path + digits.rjust(STEP, "0")


def add_page(apps, model, parent, title, slug):
    """Wagtail's own way to add a page needs real models; a migration has only their tables."""
    Page = apps.get_model("wagtailcore", "Page")
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    now = timezone.now()
    page = apps.get_model(*model).objects.create(
        title=title,
        draft_title=title,
        slug=slug,
        show_in_menus=True,
        live=True,
        first_published_at=now,
        last_published_at=now,
        locale_id=apps.get_model("wagtailcore", "Locale").objects.order_by("pk").values_list("pk", flat=True).first(),
        content_type=content_type(apps, *model),
        path=free_path(children, parent.path),
        depth=parent.depth + 1,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
    )
    Page.objects.filter(pk=parent.pk).update(numchild=children.count())
    return page


def add_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    if apps.get_model("portfolio", "HomePage").objects.exists():
        return
    root = Page.objects.filter(depth=1).order_by("path").first()
    home = add_page(apps, ("portfolio", "homepage"), root, "Home", "home")
    add_page(apps, ("blog", "blogindexpage"), home, "Blog", "blog")
    add_page(apps, ("experience", "experienceindexpage"), home, "Experience", "experience")

    welcome = Page.objects.filter(depth=2, title=WELCOME, content_type=content_type(apps, "wagtailcore", "page"))
    sites = Site.objects.filter(root_page__in=welcome)
    if sites.exists():
        sites.update(root_page=home.pk)
    elif not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True)
    welcome.delete()
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2).count())


def add_permissions(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, grants in GROUPS.items():
        group = Group.objects.get_or_create(name=name)[0]
        for app_label, model, actions in grants:
            # Permissions are made after all migrations; the names are those Django gives them then.
            verbose_name = apps.get_model(app_label, model)._meta.verbose_name
            for action in actions:
                permission = Permission.objects.get_or_create(
                    content_type=content_type(apps, app_label, model),
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {verbose_name}"},
                )[0]
                group.permissions.add(permission)


def add_import_permission(apps, schema_editor):
    """Moderators import and export the site."""
    Permission = apps.get_model("auth", "Permission")
    # Permissions are made after all migrations; the name is the one the model gives it then.
    permission = Permission.objects.get_or_create(
        content_type=content_type(apps, "portfolio", "importjob"),
        codename="import_site",
        defaults={"name": "Can import and export the site"},
    )[0]
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        group.permissions.add(permission)


def begin_at_home(apps, schema_editor):
    """Wagtail's groups may work on the root of all pages, where nobody has anything to do but administrators."""
    Page = apps.get_model("wagtailcore", "Page")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    homes = list(apps.get_model("portfolio", "HomePage").objects.values_list("page_ptr", flat=True))
    below_root = Page.objects.filter(depth=2).values_list("pk", flat=True)
    if len(homes) != 1 or set(below_root) != set(homes):
        return  # somebody has arranged the tree anew; their groups are theirs
    for row in GroupPagePermission.objects.filter(group__name__in=tuple(GROUPS), page__depth=1):
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
        ("portfolio", "0001_initial"),
        ("blog", "0001_initial"),
        ("experience", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(operation, migrations.RunPython.noop)
        for operation in (
            add_pages,
            add_permissions,
            add_import_permission,
            begin_at_home,
            keep_editors_from_changing_others_files,
        )
    ]
