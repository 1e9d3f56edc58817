"""The guide in the admin's help menu, from ``docs/guide/``."""
