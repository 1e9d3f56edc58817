import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("experience", "0001_initial"),
        ("portfolio", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlogIndexPage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, help_text="A sentence or two above the list.")),
            ],
            options={
                "verbose_name": "blog index",
                "verbose_name_plural": "blog indexes",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Entry",
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
                    "date",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="The date readers see. Lists are sorted by it.",
                        verbose_name="published on",
                    ),
                ),
                (
                    "updated",
                    models.DateTimeField(
                        blank=True,
                        help_text="Only for a change readers should know of.",
                        null=True,
                        verbose_name="updated on",
                    ),
                ),
                (
                    "summary",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What it is about, in one to three sentences: shown in lists and above the text.",
                    ),
                ),
                (
                    "series_position",
                    models.PositiveIntegerField(
                        blank=True, help_text="1 for the first part.", null=True, verbose_name="part"
                    ),
                ),
                (
                    "canonical_url",
                    models.URLField(
                        blank=True,
                        help_text="Only when it was first published on another site: search engines are told to prefer that one.",
                        max_length=500,
                        verbose_name="original address",
                    ),
                ),
                (
                    "authors",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Leave empty when it is you.",
                        related_name="entries",
                        to="portfolio.person",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown above the text and when somebody shares the page.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portfolio.customimage",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Category",
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
                (
                    "description",
                    models.TextField(blank=True, help_text="One or two sentences at the top of the category's page."),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["name"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="EntrySkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="EntryTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        blank=True,
                        help_text="Made from the title when left empty.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                ("description", models.TextField(blank=True, help_text="What a reader gets who reads all parts.")),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["title"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="BlogPage",
            fields=[
                (
                    "entry_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="blog.entry",
                    ),
                ),
                ("body", wagtail.fields.StreamField([], blank=True, block_lookup={})),
            ],
            options={
                "verbose_name": "blog post",
            },
            bases=("blog.entry",),
        ),
        migrations.CreateModel(
            name="InterviewPage",
            fields=[
                (
                    "entry_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="blog.entry",
                    ),
                ),
                (
                    "interviewee_name",
                    models.CharField(blank=True, help_text="Who answered.", max_length=200, verbose_name="name"),
                ),
                (
                    "interviewee_role",
                    models.CharField(
                        blank=True, help_text="For example: Harbour master.", max_length=200, verbose_name="role"
                    ),
                ),
                ("interviewee_organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                (
                    "photo_credit",
                    models.CharField(
                        blank=True, help_text="Who took the photos, as it must be printed.", max_length=300
                    ),
                ),
                (
                    "interviewer",
                    models.CharField(
                        blank=True, help_text="Who asked, as in the byline.", max_length=200, verbose_name="name"
                    ),
                ),
                (
                    "interviewer_role",
                    models.CharField(
                        blank=True,
                        help_text="For example: Managing director at Quayside Media.",
                        max_length=300,
                        verbose_name="role",
                    ),
                ),
                (
                    "source_publication",
                    models.CharField(
                        blank=True,
                        help_text="Where it was printed first, if not here.",
                        max_length=200,
                        verbose_name="publication",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                (
                    "reading_minutes_given",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="As the publication printed it. Leave empty to have it worked out.",
                        null=True,
                        verbose_name="reading time in minutes",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [],
                        blank=True,
                        block_lookup={},
                        help_text="One “Question and answer” for each exchange, in order of the conversation.",
                    ),
                ),
            ],
            options={
                "verbose_name": "interview",
            },
            bases=("blog.entry",),
        ),
        migrations.AddField(
            model_name="entry",
            name="categories",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="One or two. Add new ones under Snippets.",
                related_name="entries",
                to="blog.category",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_category_per_name"
            ),
        ),
        migrations.AddField(
            model_name="entryskill",
            name="content_object",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="skill_items", to="blog.entry"
            ),
        ),
        migrations.AddField(
            model_name="entryskill",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="experience.skill"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="skills",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="Skills it shows or speaks of. It appears on their pages.",
                through="blog.EntrySkill",
                to="experience.Skill",
                verbose_name="skills",
            ),
        ),
        migrations.AddField(
            model_name="entrytag",
            name="content_object",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tag_items", to="blog.entry"
            ),
        ),
        migrations.AddField(
            model_name="entrytag",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(app_label)s_%(class)s_items",
                to="taggit.tag",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="tags",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="Words to find it by. Press Enter after each.",
                through="blog.EntryTag",
                to="taggit.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="entries",
                to="blog.series",
            ),
        ),
        migrations.AddField(
            model_name="interviewpage",
            name="interviewee_photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="portfolio.customimage",
                verbose_name="photo",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryskill",
            constraint=models.UniqueConstraint(fields=("tag", "content_object"), name="one_skill_per_entry"),
        ),
        migrations.AddConstraint(
            model_name="entrytag",
            constraint=models.UniqueConstraint(fields=("tag", "content_object"), name="one_tag_per_entry"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["-date"], name="entries_by_date"),
        ),
    ]
