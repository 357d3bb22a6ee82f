"""When a question is asked, as other tools write it: read into what must hold, and written again.

Read are comparisons with one answer, ``selected()``, ``and``, ``or``, ``not()``; names as ``${name}`` (XLSForm) or as
``name.NAOK`` (LimeSurvey).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from surveys.building.codes import ONE_OF, SOME_OF, own_codes
from surveys.document import RATHER_NOT_SAY, OnlyIf, Question
from surveys.question_types.number_scale import NUMBERS

Operator = Literal["=", "!=", "<", "<=", ">", ">="]


class CannotRead(Exception):
    """It asks for something that a condition of ours cannot say."""


class Compares(msgspec.Struct, frozen=True):
    name: str
    operator: Operator
    value: str


class Selected(msgspec.Struct, frozen=True):
    name: str
    value: str


class Not(msgspec.Struct, frozen=True):
    of: Node


class All(msgspec.Struct, frozen=True):
    of: tuple[Node, ...]


class Any(msgspec.Struct, frozen=True):
    of: tuple[Node, ...]


Node = Compares | Selected | Not | All | Any

_TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{\s*(?P<inner>[^}\s]+)\s*\})"
    r"|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<operator>==|!=|<=|>=|&&|\|\||[=<>!(),])"
    r"|(?P<word>[^\W\d][\w.\-]*))"
)
_WORDS = {
    **{"==": "=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
    **{"&&": "and", "||": "or", "!": "not"},
}
_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
_SUFFIX = re.compile(r"\.(NAOK|code|value|valueNAOK|shown)$")
DEEPEST = 40


def parse(text: str) -> Node:
    """Raises :class:`CannotRead`."""
    tokens: list[tuple[str, str]] = []
    place = 0
    text = text.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or len(tokens) > 2000:
            raise CannotRead
        place = found.end()
        if found["name"]:
            tokens.append(("name", found["inner"]))
        elif found["text"]:
            tokens.append(("value", found["text"][1:-1]))
        elif found["number"]:
            tokens.append(("value", found["number"]))
        elif found["operator"]:
            tokens.append(("sign", _WORDS.get(found["operator"], found["operator"])))
        else:
            word = found["word"]
            signs = (*_WORDS, "and", "or", "not", "selected")
            lower = word.lower()
            tokens.append(("sign", _WORDS.get(lower, lower)) if lower in signs else ("name", _SUFFIX.sub("", word)))
    node, rest = _any(tokens, 0, 0)
    if rest != len(tokens):
        raise CannotRead
    return node


_Tokens = list[tuple[str, str]]


def _any(tokens: _Tokens, place: int, depth: int) -> tuple[Node, int]:
    return _several(tokens, place, depth, "or", _all, Any)


def _all(tokens: _Tokens, place: int, depth: int) -> tuple[Node, int]:
    return _several(tokens, place, depth, "and", _one, All)


def _several(
    tokens: _Tokens,
    place: int,
    depth: int,
    sign: str,
    read: Callable[[_Tokens, int, int], tuple[Node, int]],
    made: Callable[[tuple[Node, ...]], Node],
) -> tuple[Node, int]:
    first, place = read(tokens, place, depth)
    nodes = [first]
    while place < len(tokens) and tokens[place] == ("sign", sign):
        node, place = read(tokens, place + 1, depth)
        nodes.append(node)
    return (nodes[0] if len(nodes) == 1 else made(tuple(nodes))), place


def _one(tokens: _Tokens, place: int, depth: int) -> tuple[Node, int]:
    if place >= len(tokens) or depth > DEEPEST:
        raise CannotRead
    kind, said = tokens[place]
    if (kind, said) == ("sign", "("):
        node, place = _any(tokens, place + 1, depth + 1)
        return node, _past(tokens, place, ")")
    if (kind, said) == ("sign", "not"):
        node, place = _one(tokens, place + 1, depth + 1)
        return Not(node), place
    if (kind, said) == ("sign", "selected"):
        place = _past(tokens, place + 1, "(")
        name = _of_kind(tokens, place, "name")
        place = _past(tokens, place + 1, ",")
        value = _of_kind(tokens, place, "value")
        return Selected(name, value), _past(tokens, place + 1, ")")
    if place + 2 < len(tokens) and tokens[place + 1][1] in _OPERATORS:
        operator: Operator = tokens[place + 1][1]  # type: ignore[assignment]
        if kind == "name":
            return Compares(said, operator, _of_kind(tokens, place + 2, "value")), place + 3
        if kind == "value" and operator in ("=", "!="):
            return Compares(_of_kind(tokens, place + 2, "name"), operator, said), place + 3
    raise CannotRead


def _past(tokens: _Tokens, place: int, sign: str) -> int:
    if place >= len(tokens) or tokens[place] != ("sign", sign):
        raise CannotRead
    return place + 1


def _of_kind(tokens: _Tokens, place: int, kind: str) -> str:
    if place >= len(tokens) or tokens[place][0] != kind:
        raise CannotRead
    return tokens[place][1]


def names_in(node: Node) -> frozenset[str]:
    """Every question that an expression asks for."""
    if isinstance(node, Not):
        return names_in(node.of)
    if isinstance(node, All | Any):
        return frozenset().union(*(names_in(each) for each in node.of))
    return frozenset({node.name})


def conditions_of(node: Node, questions: Mapping[str, Question]) -> tuple[OnlyIf, ...]:
    """What must hold, all of it, over ``questions`` by the names that the expression gives them.

    ``and`` joins conditions; ``or`` joins codes of one question; ``not`` turns one question's codes around.
    Raises :class:`CannotRead` for the rest.
    """
    if isinstance(node, All):
        return tuple(condition for each in node.of for condition in conditions_of(each, questions))
    if isinstance(node, Any):
        choices = [conditions_of(each, questions) for each in node.of]
        if any(len(each) != 1 for each in choices) or len({each[0].concept for each in choices}) != 1:
            raise CannotRead
        codes = dict.fromkeys(code for [each] in choices for code in each.codes)
        return (OnlyIf(choices[0][0].concept, tuple(codes)),)
    if isinstance(node, Not):
        turned = conditions_of(node.of, questions)
        if len(turned) != 1:
            raise CannotRead
        question = next(each for each in questions.values() if each.concept == turned[0].concept)
        return (_others(question, turned[0].codes),)
    return (_single(node, questions[node.name]),)


def _single(node: Compares | Selected, question: Question) -> OnlyIf:
    if isinstance(node, Selected):
        if question.kind not in ONE_OF | SOME_OF:
            raise CannotRead
        return OnlyIf(question.concept, (node.value,))
    if node.operator in ("=", "!="):
        if question.kind not in (*ONE_OF, "number_scale"):
            raise CannotRead
        same = OnlyIf(question.concept, (node.value,))
        return same if node.operator == "=" else _others(question, same.codes)
    if question.kind != "number_scale" or not re.fullmatch(r"-?\d+(\.\d+)?", node.value):
        raise CannotRead
    bound = float(node.value)
    holds: dict[str, Callable[[float], bool]] = {
        "<": lambda number: number < bound,
        "<=": lambda number: number <= bound,
        ">": lambda number: number > bound,
        ">=": lambda number: number >= bound,
    }
    return OnlyIf(question.concept, tuple(code for code in NUMBERS if holds[node.operator](int(code))))


def _others(question: Question, codes: Sequence[str]) -> OnlyIf:
    """The other answers to a question. Somebody who gave none is no longer asked: ours ask for an answer."""
    if question.kind not in (*ONE_OF, "number_scale") or not set(codes) <= {*own_codes(question), RATHER_NOT_SAY}:
        raise CannotRead
    return OnlyIf(question.concept, tuple(code for code in (*own_codes(question), RATHER_NOT_SAY) if code not in codes))


def turns_around(node: Node) -> bool:
    """Whether it asks what was not answered: true in other tools for those too who gave no answer at all."""
    if isinstance(node, All | Any):
        return any(turns_around(each) for each in node.of)
    return isinstance(node, Not) or (isinstance(node, Compares) and node.operator == "!=")


def written(condition: OnlyIf, question: Question, name: str) -> str | None:
    """A condition as XLSForm says it, of the question that is called ``name`` there.

    ``None`` for a condition that it cannot say.
    """
    known = (*own_codes(question), RATHER_NOT_SAY)
    if not own_codes(question) or not condition.codes:
        return None
    if any("'" in code or code not in known for code in condition.codes):
        return None
    if question.kind in SOME_OF:
        said = [f"selected(${{{name}}}, '{code}')" for code in condition.codes]
    else:
        said = [f"${{{name}}} = '{code}'" for code in condition.codes]
    return said[0] if len(said) == 1 else f"({' or '.join(said)})"
