"""Facts about the repositories of projects, asked of GitHub, GitLab and Codeberg by a command and never by readers."""
