"""The graph: its words, where it is kept, and what is read out of it."""
