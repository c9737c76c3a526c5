"""Which sections an article belongs to, with proof: the contract of the matching core.

Reading order: text (as compared, with a map back) · automaton (all phrases, found in one pass) · phrases (what
is searched for a term or a word) · scan (what stands where in an article) · terms (which of it are hits) ·
context · place · sources · aboutness · byline · matcher (all rules of all sections, and the verdicts).
"""
