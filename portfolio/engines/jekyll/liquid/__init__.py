"""Jekyll's Liquid on python-liquid. Templates are untrusted programs: render them in a worker process only."""
