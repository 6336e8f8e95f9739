"""Article → annotated article: words, dependencies, names, and what the event heads see."""
