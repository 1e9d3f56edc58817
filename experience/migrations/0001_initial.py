import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("portfolio", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExperienceIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("intro", wagtail.fields.RichTextField(blank=True, help_text="A few sentences above the timeline.")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [], blank=True, block_lookup={}, help_text="Anything else that does not belong to the timeline."
                    ),
                ),
            ],
            options={
                "verbose_name": "experience index",
                "verbose_name_plural": "experience indexes",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        blank=True,
                        help_text="Made from the name when left empty.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portfolio.customimage",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="ExperiencePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="What you were there, for example: Data engineer.", max_length=200
                    ),
                ),
                (
                    "employment_type",
                    models.CharField(
                        blank=True,
                        help_text="For example: Full-time, Part-time, Freelance. May stay empty.",
                        max_length=100,
                    ),
                ),
                (
                    "period_text",
                    models.CharField(
                        help_text="As you want it shown: “2023 – now”, “2018 - 2020”, “Sep 2021 – Mar 2023”, “since 2020” or “2019”.",
                        max_length=120,
                        verbose_name="period",
                    ),
                ),
                ("start", models.DateField(blank=True, editable=False, null=True)),
                (
                    "start_precision",
                    models.CharField(
                        blank=True,
                        choices=[("year", "year"), ("month", "month"), ("day", "day"), ("", "unknown")],
                        default="",
                        editable=False,
                        max_length=5,
                    ),
                ),
                ("end", models.DateField(blank=True, editable=False, null=True)),
                (
                    "end_precision",
                    models.CharField(
                        blank=True,
                        choices=[("year", "year"), ("month", "month"), ("day", "day"), ("", "unknown")],
                        default="",
                        editable=False,
                        max_length=5,
                    ),
                ),
                ("ongoing", models.BooleanField(default=False, editable=False)),
                (
                    "location",
                    models.CharField(
                        blank=True, help_text="Town, country or “remote”. May stay empty.", max_length=200
                    ),
                ),
                (
                    "summary",
                    wagtail.fields.RichTextField(
                        blank=True, help_text="One or two sentences, for lists and search results."
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [], blank=True, block_lookup={}, help_text="What you did there and what came of it."
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Choose one, or make a new one in the chooser.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="experience.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "experience entry",
                "verbose_name_plural": "experience entries",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
                (
                    "aliases",
                    models.TextField(
                        blank=True,
                        help_text="Other ways to write it, one a line. Imports that meet one of them use this skill.",
                    ),
                ),
                ("description", models.TextField(blank=True, help_text="One sentence at the top of the skill's page.")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="one_skill_per_name")
                ],
            },
            bases=(models.Model, modelsearch.index.Indexed),
        ),
        migrations.CreateModel(
            name="ExperienceSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skill_items",
                        to="experience.experiencepage",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="experiences", to="experience.skill"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="experiencepage",
            name="skills",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="What the work took. Type a few letters and choose; a new name makes a new skill.",
                through="experience.ExperienceSkill",
                to="experience.Skill",
                verbose_name="Tags",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_organisation_per_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="experienceskill",
            constraint=models.UniqueConstraint(fields=("tag", "content_object"), name="one_skill_per_role"),
        ),
    ]
