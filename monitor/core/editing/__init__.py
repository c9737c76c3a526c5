"""A file of the library as values: what changed between two states, and how three of them go together."""
