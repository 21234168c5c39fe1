"""Word files (docx), read and written: the only importer of `docx`."""

from safeguarding.word.reading import Block, NotReadable, read
from safeguarding.word.writing import write

__all__ = ["Block", "NotReadable", "read", "write"]
