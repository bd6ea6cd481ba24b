"""What changed between two status sheets: figures, texts word by word, what appeared and what vanished. Pure."""

from reporting.changes.comparing import BlockChanges, Change, changes

__all__ = ["BlockChanges", "Change", "changes"]
