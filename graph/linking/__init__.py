"""Which texts are copies, which mentions tell of one happening, which actors are the same.

Pure functions over ``graph.model``: no SQL, no files, no state. A store finds the candidates, these
modules decide, and every decision carries its reason.

    copies.py       the same text printed twice → one origin
    units.py        what of a mention counts for linking, and when two of them can be one happening
    happenings.py   units of one kind of act → happenings
    relink.py       after a change: which units to look at again, and what they belong to now
    consensus.py    the mentions of one event → its fields
    same_actor.py   judgements on actors
"""
