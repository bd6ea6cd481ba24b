"""What does not fit in a programme's data: pure checks, facts in, findings out. Nothing is ever corrected.

Each check takes plain values and returns a list of findings, empty when all is well. A finding is said in
whichever language is asked for; ``seen`` holds the values it was found with, in one stable form.
"""

from programmes.findings.finding import Acceptance, Finding, Level, Message, Name, Suggested, said, say

__all__ = ["Acceptance", "Finding", "Level", "Message", "Name", "Suggested", "said", "say"]
