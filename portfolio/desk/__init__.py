"""What the admin adds to Wagtail's: importing and exporting, a dashboard of what needs doing, links that stay whole."""
