"""The guide: one page for each thing that people do in the admin, from the folder of the documentation."""
