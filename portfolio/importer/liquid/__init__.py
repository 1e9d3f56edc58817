"""Jekyll's Liquid on python-liquid. Templates are programs of strangers: render them in a worker process only."""
