"""The question bank: every concept we ask for, with its wordings and what became of it.

What others need of it, all inside a unit of the store but for what is pure::

    reading.concepts() -> list[Concept]              those that may be asked, by code; retired=True for all
    reading.concept(code) -> Concept | None          also a retired one
    concepts.question_of(concept, edition, languages) -> Question        pure
    changing.add(concept, by=…, now=…) -> Concept    raises BankProblem
    changing.change_wording(code, edition, language, wording, by=…, now=…)
    changing.replace(code, concept, by=…, now=…)     another meaning: a new concept, the old one retires
    searching.search(text) -> set[str]               codes whose words contain these, in any language
"""
