"""Agreements as they may arrive, imported without help: what must be read of them at least."""
