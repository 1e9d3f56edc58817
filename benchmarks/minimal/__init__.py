"""A minimal Wagtail project, as a tutorial leaves it: what our pages are compared with."""
