"""The one kind of failure that an analyst can mend, told in words that can be translated."""

from __future__ import annotations


class SeqlensError(Exception):
    """Something that the analyst can put right.

    The message is a template in English, so that the window can translate the template and fill in the values
    afterwards: ``SeqlensError("{file}: line {line} has no user id. Fill it in or ...", file="a.csv", line=7)``.
    It says what is wrong, where, and what to do.

    Attributes:
        template: the English sentence with named fields.
        values: what fills the fields.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values
