"""The CV at ``/resume/``: on the screen, on paper, and as a PDF that is made beforehand."""
