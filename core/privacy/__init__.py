"""Other people's data: passphrases, pseudonyms, forgetting, small groups. Imports nothing."""
