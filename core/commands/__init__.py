"""The headless commands: each module gives one or some of them their arguments and carries them out."""
