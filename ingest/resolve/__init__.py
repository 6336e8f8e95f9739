"""Names, phrases and times → actors, places and days."""
