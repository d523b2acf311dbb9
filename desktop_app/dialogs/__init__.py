"""Import, export, settings and about."""
