"""A first proposal of what each column of a file is for. A person corrects it before anything is stored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from surveys.importing.cells import comparable, comparable_value, slug, text_of
from surveys.importing.dates import read_date
from surveys.importing.mapping import IMPORTED, Column, KnownQuestion, Mapping, Reason, ValueCode, codes_of
from surveys.importing.named_columns import guess_by_name
from surveys.importing.personal import is_personal_for_certain, mentions_personal_details
from surveys.importing.reading import JOINED_BY
from surveys.importing.sheet import Cell, Sheet
from surveys.importing.wording import likeness, wording

# A long file is sampled evenly: the guess is about the kind of a column.
_LOOKED_AT = 5_000
_ALIKE = 0.7
_SOMEWHAT_ALIKE = 0.35
_FITTING = 0.9
# Answers that many questions have: alone they do not tell which question a column answers.
_COMMON_CODES = frozenset({"yes", "no", "not_sure", "dont_know", "sometimes", "other", "rather_not_say"})
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TEXT_HINT = re.compile(
    r"\b(?:comments?|feedback|text|describe|tell us|why|anything else|suggestions?|improve|explain|own words|"
    r"say|thoughts|views?)\b"
)
_DATE_HINT = re.compile(r"\b(?:dates?|time|timestamp|submitted|received|completed|created|when|day)\b")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column as a guess sees it: its filled cells, their texts, and their different comparable wordings."""

    place: int
    header: str
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    forms: frozenset[str]


def guess_mapping(sheet: Sheet, questions: Sequence[KnownQuestion]) -> Mapping:
    """What each column seems to be for, and in `Column.reason` why it seems so.

    Headers are compared with the wordings of the known questions first, then values with the labels of
    their options. Personal details are always ignored. Numbers get no codes: whether 1 is the best or the
    worst of a scale is for a person to say.
    """
    seen = _seen_columns(sheet)
    guesses: dict[int, Column] = {}
    for column in seen:
        if not column.texts:
            guesses[column.place] = Column(column.header, "ignore", reason="empty")
        elif is_personal_for_certain(column.header, column.cells):
            guesses[column.place] = Column(column.header, "ignore", reason="personal_detail")
    _guess_by_title(seen, questions, guesses)
    for column in seen:
        if column.place in guesses:
            continue
        if mentions_personal_details(column.header):
            guesses[column.place] = Column(column.header, "ignore", reason="personal_detail")
            continue
        named = guess_by_name(column.header, column.texts, column.forms)
        if named is not None and (named.role == "ignore" or all(g.role != named.role for g in guesses.values())):
            guesses[column.place] = named
    _guess_by_values(seen, questions, guesses)
    _guess_day_of_submission(seen, guesses)
    for column in seen:
        if column.place not in guesses:
            guesses[column.place] = _comment_or_unknown(column, guesses)
    _settle_column_of_questions(seen, questions, guesses)
    return Mapping(tuple(guesses[place] for place in range(len(sheet.headers))))


def with_same_titles(mapping: Mapping, questions: Sequence[KnownQuestion]) -> Mapping:
    """The mapping with those columns used that nothing else was found for and whose header is the wording of a
    question: for questions so many that what merely resembles them would mislead."""
    by_title = {wording(title): question for question in reversed(questions) for title in question.titles}
    taken = {column.concept for column in mapping.columns}
    columns: list[Column] = []
    for column in mapping.columns:
        question = by_title.get(wording(column.header))
        if question and column.reason in ("not_known", "long_text") and question.concept not in taken:
            taken.add(question.concept)
            role = "answer" if question.kind == "choice" else "free_text"
            column = Column(column.header, role, question.concept, reason="title_same")  # type: ignore[arg-type]
        columns.append(column)
    return msgspec.structs.replace(mapping, columns=tuple(columns))


def _seen_columns(sheet: Sheet) -> list[_Seen]:
    step = -(-len(sheet.rows) // _LOOKED_AT)
    sample = sheet.rows[::step]
    columns: list[_Seen] = []
    for place, header in enumerate(sheet.headers):
        filled = [
            (cell, text) for cell, text in ((row.cells[place], text_of(row.cells[place])) for row in sample) if text
        ]
        texts = tuple(text for _, text in filled)
        forms = frozenset(comparable_value(text) for text in set(texts))
        columns.append(_Seen(place, header, tuple(cell for cell, _ in filled), texts, forms))
    return columns


def _guess_by_title(seen: Sequence[_Seen], questions: Sequence[KnownQuestion], guesses: dict[int, Column]) -> None:
    """The best pairs of column and question first; each column once, each question once, but for the
    columns into which one choice was spread, which hold a label of the question or nothing."""
    pairs = [
        (score, column, question)
        for column in seen
        if column.place not in guesses
        for question in questions
        if (score := _title_score(column, question)) >= _ALIKE
    ]
    taken: set[str] = set()
    for score, column, question in sorted(pairs, key=lambda pair: -pair[0]):
        is_spread = JOINED_BY in column.header and _share_with_codes(column, question) == 1.0
        if column.place not in guesses and (question.concept not in taken or is_spread):
            taken.add(question.concept)
            guesses[column.place] = _known(column, question, "title_same" if score == 1.0 else "title_alike")


def _title_score(column: _Seen, question: KnownQuestion) -> float:
    titles = (*question.titles, question.concept.replace("_", " "))
    parts = column.header.split(JOINED_BY)
    headers = (column.header, *parts) if len(parts) > 1 else parts
    score = max((likeness(header, title) for header in headers for title in titles), default=0.0)
    if question.kind == "text":
        return score
    share = _share_with_codes(column, question)
    if len(parts) > 1 and share < _FITTING:
        return 0.0  # "other (please say)" beside a choice
    return score if score == 1.0 or share >= 0.5 else 0.0


def _share_with_codes(column: _Seen, question: KnownQuestion) -> float:
    codes = codes_of(question)
    return sum(comparable_value(text) in codes for text in column.texts) / max(1, len(column.texts))


def _known(column: _Seen, question: KnownQuestion, reason: Reason) -> Column:
    role = "answer" if question.kind == "choice" else "free_text"
    return Column(column.header, role, question.concept, reason=reason)  # type: ignore[arg-type]


def _guess_by_values(seen: Sequence[_Seen], questions: Sequence[KnownQuestion], guesses: dict[int, Column]) -> None:
    for column in seen:
        taken = {guess.concept for guess in guesses.values()}
        free = [question for question in questions if question.kind == "choice" and question.concept not in taken]
        if column.place in guesses or all(form.isdigit() for form in column.forms):
            continue
        fitting = [question for question in free if _share_with_codes(column, question) >= _FITTING]
        alike = {question.concept: _header_likeness(column, question) for question in fitting}
        best = max(alike.values(), default=0.0)
        likeliest = [question for question in fitting if alike[question.concept] == best]
        if len(likeliest) == 1 and (best >= _SOMEWHAT_ALIKE or _is_telling(column, likeliest[0])):
            guesses[column.place] = _known(column, likeliest[0], "values_match")


def _header_likeness(column: _Seen, question: KnownQuestion) -> float:
    return max((likeness(column.header, title) for title in question.titles), default=0.0)


def _is_telling(column: _Seen, question: KnownQuestion) -> bool:
    codes = codes_of(question)
    return len({codes[form] for form in column.forms if form in codes} - _COMMON_CODES) >= 2


def _guess_day_of_submission(seen: Sequence[_Seen], guesses: dict[int, Column]) -> None:
    if any(guess.role == "submitted_at" for guess in guesses.values()):
        return
    hinted = [column for column in seen if _DATE_HINT.search(comparable(column.header))]
    unhinted = [column for column in seen if column not in hinted]
    for column in (*hinted, *unhinted):
        if column.place not in guesses and _is_dates(column, may_be_numbers=column in hinted):
            guesses[column.place] = Column(column.header, "submitted_at", reason="dates")
            return


def _is_dates(column: _Seen, *, may_be_numbers: bool) -> bool:
    cells = [text_of(cell) if isinstance(cell, str) else cell for cell in column.cells]
    read = sum(
        read_date(cell, "day_first") is not None or read_date(cell, "month_first") is not None
        for cell in cells
        if may_be_numbers or not (isinstance(cell, int | float) or (isinstance(cell, str) and cell.isdigit()))
    )
    return read >= 0.8 * len(cells) > 0


def _comment_or_unknown(column: _Seen, guesses: dict[int, Column]) -> Column:
    different = len(column.forms) / len(column.texts)
    words = sum(len(_LETTERS.findall(text)) for text in column.texts) / len(column.texts)
    is_hinted = _TEXT_HINT.search(comparable(column.header)) is not None
    is_comment = (words >= 3 and different >= 0.3) or (is_hinted and words >= 1.5 and different >= 0.2)
    if not is_comment or _is_dates(column, may_be_numbers=False):
        return Column(column.header, "ignore", reason="not_known")
    taken = {guess.concept for guess in guesses.values()}
    names = (slug(wording(column.header)), slug(column.header), slug(f"{column.header} {column.place + 1}"))
    concept = next((IMPORTED + name for name in names if IMPORTED + name not in taken), IMPORTED + names[-1])
    return Column(column.header, "free_text", concept, reason="long_text")


def _settle_column_of_questions(
    seen: Sequence[_Seen], questions: Sequence[KnownQuestion], guesses: dict[int, Column]
) -> None:
    """A column of questions needs a comment that answers them; a question that is ours keeps its own
    concept."""
    has_text = any(
        (guess.concept or "").startswith(IMPORTED) for guess in guesses.values() if guess.role == "free_text"
    )
    ours = {
        wording(title): question.concept
        for question in questions
        if question.kind == "text"
        for title in question.titles
    }
    for column in seen:
        if guesses[column.place].role != "question":
            continue
        if not has_text:
            guesses[column.place] = Column(column.header, "ignore", reason="not_known")
            continue
        asked = {comparable_value(text): text for text in reversed(column.texts)}
        values = tuple(ValueCode(text, ours[wording(text)]) for text in asked.values() if wording(text) in ours)
        guesses[column.place] = Column(column.header, "question", values=values, reason="header_known")
