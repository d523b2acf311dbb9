"""Language models: texts of items and of sequences to vectors."""
