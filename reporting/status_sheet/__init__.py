"""The status sheet: ``build_status_sheet(programme, as_of, known_at=None) -> StatusSheet``."""
