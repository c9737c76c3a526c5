"""How fast the matching core is, beside a bare automaton and beside its peers: `make bench`, docs/benchmarks.md.

Reading order: corpus (articles of a folder) · ngrams (words and phrases of a corpus, by how many articles have
them) · draw (terms and context words of one agreement) · sections (its eight kinds of section) · sets (agreements
by the thousand).
"""
