"""Names of reference data in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A name of reference data in both languages."""

    es: str
    en: str

    def __getitem__(self, language):
        return self.es if language == "es" else self.en
