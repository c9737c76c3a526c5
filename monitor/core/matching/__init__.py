"""Which sections an article belongs to, with proof: the contract of the matching core.

Reading order. The text: characters (what each counts as) · markup (entities and tags out, with a map back) ·
oddities (addresses, initials, `&`) · folding (many texts at once, into streams of words) · text (words by
number, and what stands between them). What is sought: phrases (its spellings) · lexicon (their numbers) ·
automaton (all of them, found in one pass). What stands where: scan · reach (how near) · terms (which of it
are hits) · nearness, query (the same for Boolean queries). The other rules: context · place · taken_from
(sources) · aboutness · byline · filing. All of it: section (one section's verdict) · compiled (who asks for
what) · panel (many agreements) · matcher.
"""
