"""A batch of articles looked at in columns of numbers: everything that is asked the same way of every hit.

Reading order, as the numbers flow: sheet (the words of all articles, numbered through) · hits (what the automaton
saw, as places) · asked (which sections ask for it) · standing (where all that they look for stands; second_look at
what a glance does not tell) · stands (to ask it what stands where) · terms (the cases in which nothing has to be
weighed, and their hits) · wordlists, context (the nearest context word of every hit) · proofs (which place proves
a place rule) · spans (what matched, in the original).
"""
