"""What the analyst asks for in words: constraints and wishes on a list."""
