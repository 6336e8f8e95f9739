"""From files, feeds and datasets to coded articles."""
