"""Which sections an article belongs to, with proof: the contract of the matching core.

Reading order. The text: characters (what each counts as) · markup (entities and tags out, with a map back) ·
oddities (addresses, initials, `&`) · folding (many texts at once, into streams of words) · text (words by
number, and what stands between them) · standfirst (how much of one is the article's own). What is sought:
phrases (its spellings) · tables (columns and rows of numbers) · rows (what is in them) · doubts (what a pattern
leaves in doubt) · lexicon (their numbers) · scopes (how near a word must be) · trie, automaton (all of them,
found in one pass). A batch in columns: `columns/`, from where patterns stand to the nearest context word of
each. Place by place, what has to be weighed: found · scan · reach (what is near) · terms (which places are
hits) · nearness, query (the same for Boolean queries). The other rules: outlets (their numbers) · place ·
taken_from (sources) · aboutness · byline · filing. All of it: section (one section's rules) · compiled (who
asks for what) · seats (all sections) · weighing (its tangled cases) · sitting (one batch before them) ·
outcomes (what they say of it) · ready, written (that with its proof, as it is stored) · panel · matcher. Beside
some of these stand compiled twins: `native/`.
"""
