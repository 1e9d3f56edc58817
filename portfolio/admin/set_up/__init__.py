"""Make a site one's own: the first sign-in, and the accent colour."""
