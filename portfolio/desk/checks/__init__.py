"""What is wrong with published pages: looked for when they change, shown on the dashboard."""
