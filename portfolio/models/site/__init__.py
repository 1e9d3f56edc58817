"""The settings of a site: the owner, menu, look, icons and analytics."""
