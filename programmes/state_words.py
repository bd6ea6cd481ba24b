"""The words in which people say why there is no number: forms and spreadsheets read the same."""

from programmes.quantities import State

#: How each state is written; the first word of a language is the one that templates offer. Empty cells are blank.
TOKENS = {
    State.ND: {
        "es": ("nd", "n/d", "n.d.", "s/d", "s.d.", "sd", "sin datos", "sin dato", "no disponible"),
        "en": ("nd", "no data", "not available", "not known"),
    },
    State.NA: {
        "es": ("na", "n/a", "n.a.", "no aplica", "no corresponde"),
        "en": ("na", "n/a", "not applicable"),
    },
    State.PENDING: {
        "es": ("pendiente", "por confirmar", "por definir"),
        "en": ("pending", "to be confirmed", "tbc"),
    },
}
_STATES = {word: state for state, words in TOKENS.items() for spoken in words.values() for word in spoken}


def state_of(text):
    """The state that a word means; ``None`` when it is none of them.

    >>> state_of("N/D"), state_of(" No  aplica "), state_of("pending"), state_of("12") is None
    (State.ND, State.NA, State.PENDING, True)
    """
    return _STATES.get(" ".join(text.split()).lower())
