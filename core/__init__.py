"""Everything of Seqlens that is not a screen. Never imports Qt."""

__version__ = "0.1.0"
