"""A new site starts with a home page, a blog and a timeline, and with groups that can work on them."""

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


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0002_ledger"),
        ("blog", "0001_initial"),
        ("experience", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(add_pages, migrations.RunPython.noop),
        migrations.RunPython(add_permissions, migrations.RunPython.noop),
    ]
