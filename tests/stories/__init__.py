"""Pairs of real articles that a person has read, and what folds of them."""
