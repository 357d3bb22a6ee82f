"""Survey fatigue: what families were asked, what it cost them, what came of it, and what to expect of the next ask.

Every measure is an indicator of how the partnership asks, never a score of families: nothing in here gives a number for
one family. Functions are pure; what they know of a ledger is a frame of **asks**, one row a contact, with the columns

    family, person, survey, partner   text, as strings or categories; family and person are keyed hashes
    kind                              one of `ledger.KINDS`
    asked_at                          datetime64 with zone UTC
    outcome                           one of `ledger.OUTCOMES`
    minutes                           float, NaN where it is not known

and any others (audience, language, channel), by which the measures can be told apart.

- `ledger`: KINDS, OUTCOMES, COLUMNS; `with_history(asks)`: the asks that reached somebody, and what came before each
- `reading`: `read_asks(raw)`: asks from the text of a partner's CSV, with what was left out or read with a doubt
- `terms`: Term, `read_terms(raw)`, `in_terms(history, terms)`
- `results`: Share (n, part, value, low, high), Spread (median, p90, highest, families), what each measure
  gives, `share_of`
- `burden`: Budget, DEFAULT_BUDGET, asks and minutes per family per term, `over_budget`, `load` (who carries it)
- `response`: `response_rate_by_ask`, `reminder_yield`, `break_off`
- `decay`: `decay(history)`, the slope within a person
- `measures`: FatigueMeasures; `fatigue_measures(asks, terms, budget)`, `fatigue_by(asks, terms, column, budget)`;
  `told_apart(rows, column, measure)` for those that follow
- `questions`: `stopping_by_question`, `item_non_response`, `straight_lining`, `speeding`, `free_text_length`,
  `already_known`
- `closing`: `days_to_an_answer`, `too_many` (families' own word on it)
- `response_model`, `forecast`: `fit_response_model(asks)`, `forecast(model, ...)`: the answers to expect
- `sampling`: `precision_of_sample`, `sample_for_precision`
"""
