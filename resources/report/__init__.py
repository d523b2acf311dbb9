"""The page of a comparison, and its words in other languages."""
