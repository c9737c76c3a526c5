"""The relevance floor: real articles, read and labelled, and how well the shipped profile finds them.

`labels.jsonl` says what a reader found, one article a line, without any of its text; `articles` finds the
articles in ../shared/data, `measure` judges them, `floors` keeps what was reached once. What it all means:
docs/relevance.md.
"""
