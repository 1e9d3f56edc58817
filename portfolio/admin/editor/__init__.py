"""The form of a page in the admin: its scripts, buttons and menus, and what saving it does."""
