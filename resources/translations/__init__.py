"""What is on the screen, in the languages that Seqlens speaks."""
