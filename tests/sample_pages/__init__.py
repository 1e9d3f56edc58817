"""An app with a page type that the site does not know: ``tests/content/test_new_page_type.py`` registers it."""
