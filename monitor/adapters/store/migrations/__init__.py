"""How the schema came to be what `schema.py` says; run by `migrate.py`, never by hand."""
