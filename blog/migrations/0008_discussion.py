from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0007_pinned"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="discussion_url",
            field=models.URLField(
                blank=True,
                help_text="Where readers discuss it: the address of your post on Mastodon, of a discussion on GitHub. "
                "The page links to it at its end.",
                max_length=500,
                verbose_name="discussion",
            ),
        ),
    ]
