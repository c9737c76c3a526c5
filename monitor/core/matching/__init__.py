"""Which sections an article belongs to, with proof: the contract of the matching core.

Reading order: markup (entities and tags out, with a map back) · text (as compared) · automaton (all phrases,
found in one pass) · phrases (what is searched for a term or a word) · scan (what stands where in an article) ·
reach (how near) · terms (which of it are hits) · nearness, query (the same for Boolean queries) · context ·
place · taken_from (sources) · aboutness · byline · matcher (all rules of all sections, and the verdicts).
"""
