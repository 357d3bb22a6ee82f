"""Whether two questions ask the same, and if not, what differs. English.

Each module reads one thing out of a question: `plain_wording`, `concepts`, `periods`, `audiences`, `aspects`;
`same_question` weighs them.
"""
