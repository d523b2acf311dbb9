"""Files in: readers, column roles, cleaning, the import report, privacy."""
