"""Lists that others keep: fetched, normalised, and compiled into one file that is quick to ask."""
