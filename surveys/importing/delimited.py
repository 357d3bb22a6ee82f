"""Text tables: bytes to text, which character parts the columns, and the records."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

import charset_normalizer

from surveys.importing.sheet import Row, SheetProblem

# Longer marks first: the mark of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL_ENCODING = "cp1252"  # Excel on a Windows machine in Britain, "CSV (Comma delimited)"
_OTHER_ENCODINGS = ["cp1250", "cp1256"]  # the same for Polish, and for Urdu and Arabic
_DELIMITERS = ",;\t"
_NO_DELIMITER = "\x1f"
_SNIFFED_CHARACTERS = 100_000
_NOT_IN_TEXT = tuple(chr(code) for code in range(1, 0x20) if chr(code) not in "\t\n\r\x0b\x0c\x1a\x1f")


def decode(content: bytes) -> str:
    """The text of a file without its byte-order mark and NUL bytes.

    A mark decides; else UTF-8 if it is valid; else UTF-16 if every other byte is NUL; else the most
    plausible of a few eight-bit encodings. Raises SheetProblem: unreadable_encoding, or
    not_what_its_name_says when the bytes are no text at all.
    """
    text = _decoded(content).replace("\x00", "")
    _check_is_text(text)
    return text


def _check_is_text(text: str) -> None:
    controls = sum(text.count(control) for control in _NOT_IN_TEXT)
    if controls > 2 + len(text) // 50:
        raise SheetProblem("not_what_its_name_says")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise SheetProblem("unreadable_encoding") from None
    if content.count(0) > len(content) // 5:
        return _unmarked_utf_16(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        _check_is_text(content.decode("latin-1"))
        return _eight_bit(content)


def _unmarked_utf_16(content: bytes) -> str:
    low, high = content[0::2].count(0), content[1::2].count(0)
    try:
        if high > 10 * low:
            return content.decode("utf-16-le")
        if low > 10 * high:
            return content.decode("utf-16-be")
    except UnicodeDecodeError:
        raise SheetProblem("unreadable_encoding") from None
    raise SheetProblem("not_what_its_name_says")


def _eight_bit(content: bytes) -> str:
    matches = charset_normalizer.from_bytes(content, cp_isolation=[_USUAL_ENCODING, *_OTHER_ENCODINGS])
    best = matches.best()
    if best is None:
        raise SheetProblem("unreadable_encoding")
    # Short texts fit several encodings equally well: then the usual one is the likely one.
    usual = next((match for match in matches if _USUAL_ENCODING in match.could_be_from_charset), None)
    encoding = _USUAL_ENCODING if usual is not None and usual.chaos <= best.chaos else best.encoding
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise SheetProblem("unreadable_encoding") from None


def records(text: str) -> Iterator[Row]:
    """Every record, blank ones included, with the row number a spreadsheet would show."""
    delimiter, text = _delimiter(text)
    # The limit is the process's own and guards against memory use, which the size of the file bounds
    # already. A cell over it would cost the whole file, not its row.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = _Remembered(text)
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
        record = lines.taken()
        is_open = lines.at_end and _leaves_quote_open(record, delimiter)
        yield Row(number, tuple(cell or None for cell in cells), quote_left_open=is_open)


class _Remembered:
    """The lines of a text, keeping those read since `taken` was last called."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._since: list[str] = []
        self._length = len(text)
        self._read = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._since.append(line)
            self._read += len(line)
            yield line

    @property
    def at_end(self) -> bool:
        return self._read == self._length

    def taken(self) -> str:
        lines, self._since = "".join(self._since), []
        return lines


def _leaves_quote_open(record: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end of data" in str(problem)
    return False


def _delimiter(text: str) -> tuple[str, str]:
    """What parts the columns, and the text without the line that may declare it (`sep=;`, which Excel
    hides)."""
    first_line, _, rest = text.partition("\n")
    declared = first_line.strip().strip('"').lower()
    if declared.startswith("sep=") and len(declared) <= 5:
        return (declared[4:] or "\t"), rest
    sample = text[:_SNIFFED_CHARACTERS]
    ranked = sorted(
        (_fit(sample, delimiter, len(text) > len(sample)), -place) for place, delimiter in enumerate(_DELIMITERS)
    )
    (is_table, _, _), place = ranked[-1]
    return (_DELIMITERS[-place] if is_table else _NO_DELIMITER), text


def _fit(sample: str, delimiter: str, is_cut: bool) -> tuple[bool, float, int]:
    """How well a delimiter explains a sample: whether the first row is as wide as most rows (it may come
    after a title), the share of rows of that width, and the width."""
    widths = [len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if cells]
    if is_cut and len(widths) > 1:
        widths.pop()
    if not widths or max(widths) < 2:
        return (False, 0.0, 0)
    width, rows_of_width = Counter(widths).most_common(1)[0]
    share = rows_of_width / len(widths)
    if width >= 2 and widths[0] == width:
        return (True, share, width)
    table = widths[next(place for place, wide in enumerate(widths) if wide > 1) :]
    is_prose = sample.count(delimiter + " ") * 2 > sample.count(delimiter)
    width, rows_of_width = Counter(table).most_common(1)[0]
    is_under_title = len(table) > 1 and width == table[0] and rows_of_width >= 0.9 * len(table)
    # A first row of its own width comes with files in which rows were damaged; a column of prose is no table.
    return (not is_prose and (is_under_title or widths[0] > 1), share / 2, width)
