"""A matcher that backtracks as Python's does, and counts its steps instead of taking time.

Owns walking a parsed pattern over a text, and making texts that a pattern takes long to refuse.
Must not know which patterns there are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
Item = tuple[Any, Any]

MAX_REPEAT = sre.MAXREPEAT
_ONE = frozenset({sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN})
"""What takes one character, which is most of what a pattern is made of."""

_SAMPLES = "a0 x1._-,;:/'\"\\{}()<>=&+#T\t\nZé\0"
_ALPHABET = 5
"""Different characters that texts are made of: enough for every pair of neighbours."""


class TooManySteps(Exception):
    """The pattern took more steps than it may."""


class Matcher:
    """One pattern over one text; `steps` counts the characters that were looked at."""

    def __init__(self, pattern: re.Pattern[Any], text: str, most: int) -> None:
        self._items, self._taken = _kept(pattern)
        self._flags = pattern.flags
        self._text = text
        self._left = most
        self._most = most

    @property
    def steps(self) -> int:
        return self._most - self._left

    def run(self, *, whole: bool, everywhere: bool) -> None:
        """Match, wholly or not; `everywhere` tries each place, as a search does."""
        end = len(self._text)
        at = 0
        while at <= end:
            found = -1

            def then(place: int) -> bool:
                nonlocal found
                if whole and place != end:
                    return False
                found = place
                return True

            matched = self._row(self._items, 0, at, then)
            if not everywhere:
                return
            at = max(at + 1, found) if matched else at + 1

    def _spend(self, steps: int = 1) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooManySteps

    def _row(self, items: Any, index: int, at: int, then: Then) -> bool:
        if index == len(items):
            return then(at)
        return self._item(items[index], at, lambda place: self._row(items, index + 1, place, then))

    def _item(self, item: Item, at: int, then: Then) -> bool:
        kind, what = item
        if kind in _ONE:
            return self._takes(item, at) and then(at + 1)
        match kind:
            case sre.BRANCH:
                for one in what[1]:  # noqa: SIM110  (a generator would take of the C stack)
                    if self._row(one, 0, at, then):
                        return True
                return False
            case sre.SUBPATTERN:
                return self._row(what[3], 0, at, then)
            case sre.ATOMIC_GROUP:
                end = self._alone(what, at)
                return end is not None and then(end)
            case sre.ASSERT | sre.ASSERT_NOT:
                place = at if what[0] > 0 else at - _width(what[1])
                held = place >= 0 and self._alone(what[1], place) is not None
                return held is (kind is sre.ASSERT) and then(at)
            case sre.AT:
                self._spend()
                return self._is_at(what, at) and then(at)
            case sre.GROUPREF:
                self._spend()
                return then(at + 1) if at < len(self._text) else False
            case sre.MAX_REPEAT | sre.POSSESSIVE_REPEAT | sre.MIN_REPEAT:
                return self._repeat(kind, what, at, then)
        raise NotImplementedError(kind)

    def _alone(self, items: Any, at: int) -> int | None:
        """Return where the first match ends: nobody comes back for another."""
        ends: list[int] = []

        def then(place: int) -> bool:
            ends.append(place)
            return True

        self._row(items, 0, at, then)
        return ends[0] if ends else None

    def _repeat(self, kind: Any, what: Any, at: int, then: Then) -> bool:
        least, most, body = what
        items = body
        if kind is sre.POSSESSIVE_REPEAT:
            count, place = 0, at
            while count < most and (end := self._alone(items, place)) is not None:
                count += 1
                if end == place:
                    break
                place = end
            return count >= least and then(place)
        if len(items) == 1 and _is_one(items[0]):
            return self._of_one(kind, items[0], least, most, at, then)

        def more(place: int, count: int) -> bool:
            def again(end: int) -> bool:
                return end != place and more(end, count + 1)

            if kind is sre.MIN_REPEAT:
                stops = count >= least and then(place)
                return stops or (count < most and self._row(items, 0, place, again))
            goes_on = count < most and self._row(items, 0, place, again)
            return goes_on or (count >= least and then(place))

        return more(at, 0)

    def _of_one(self, kind: Any, item: Item, least: int, most: int, at: int, then: Then) -> bool:
        """Repeat what takes one character each time."""
        if kind is sre.MIN_REPEAT:
            place = at
            for count in range(most + 1):
                if count >= least and then(place):
                    return True
                if not self._takes(item, place):
                    return False
                place += 1
            return False
        place = at
        while place - at < most and self._takes(item, place):
            place += 1
        while place - at >= least:
            if then(place):
                return True
            self._spend()
            place -= 1
        return False

    def _takes(self, item: Item, at: int) -> bool:
        self._left -= 1
        if self._left < 0:
            raise TooManySteps
        if at >= len(self._text):
            return False
        char = self._text[at]
        answer = self._taken.get((id(item), char))
        if answer is None:
            answer = self._taken[id(item), char] = takes(item, char, self._flags)
        return answer

    def _is_at(self, where: Any, at: int) -> bool:
        text = self._text
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return at == 0
        if where in (sre.AT_END, sre.AT_END_STRING):
            return at == len(text)
        before = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
        after = at < len(text) and (text[at].isalnum() or text[at] == "_")
        return (before != after) is (where is sre.AT_BOUNDARY)


def takes(item: Item, char: str, flags: int) -> bool:
    """Tell whether what stands for one character takes this one."""
    kind, what = item
    if kind is sre.IN and flags & re.IGNORECASE and char.isalpha():
        return any(_in(what, case) for case in (char.lower(), char.upper()))
    if flags & re.IGNORECASE and kind in (sre.LITERAL, sre.NOT_LITERAL):
        same = what >= 0 and chr(what).lower() == char.lower()
        return same is (kind is sre.LITERAL)
    match kind:
        case sre.LITERAL:
            return ord(char) == int(what)
        case sre.NOT_LITERAL:
            return ord(char) != int(what)
        case sre.ANY:
            return bool(flags & re.DOTALL) or char != "\n"
        case sre.IN:
            return _in(what, char)
    raise NotImplementedError(kind)


def _in(members: Any, char: str) -> bool:
    negated = members[0][0] is sre.NEGATE
    return any(_member(one, char) for one in members[negated:]) is not negated


def _member(member: Item, char: str) -> bool:
    kind, what = member
    match kind:
        case sre.LITERAL:
            return ord(char) == int(what)
        case sre.RANGE:
            return bool(what[0] <= ord(char) <= what[1])
    is_in = {
        sre.CATEGORY_DIGIT: char.isdecimal(),
        sre.CATEGORY_SPACE: char.isspace(),
        sre.CATEGORY_WORD: char.isalnum() or char == "_",
        sre.CATEGORY_NOT_DIGIT: not char.isdecimal(),
        sre.CATEGORY_NOT_SPACE: not char.isspace(),
        sre.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }
    return bool(is_in[what])


def _is_one(item: Item) -> bool:
    return item[0] in _ONE


def _width(items: Any) -> int:
    return int(items.getwidth()[1])


@cache
def _kept(pattern: re.Pattern[Any]) -> tuple[Any, dict[tuple[int, str], bool]]:
    """Return a parsed pattern, and which characters its parts were found to take, by their ids."""
    return _parsed(pattern), {}


def _parsed(pattern: re.Pattern[Any]) -> Any:
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    items = parser.parse(text, pattern.flags)
    _apply_flags(items)
    return items


def _apply_flags(items: Any, *, any_char: bool = False) -> None:
    """Spell out what `(?s:…)` means for the dots in it."""
    for place, (kind, what) in enumerate(items):
        if kind is sre.ANY and any_char:
            items[place] = (sre.NOT_LITERAL, -1)
        elif kind is sre.BRANCH:
            for one in what[1]:
                _apply_flags(one, any_char=any_char)
        elif kind is sre.SUBPATTERN:
            _apply_flags(what[3], any_char=any_char or bool(what[1] & re.DOTALL))
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _apply_flags(what[2], any_char=any_char)


def example(items: Iterable[Item], flags: int) -> str:
    """Return a short text that a row of items takes."""
    return "".join(_example(item, flags) for item in items)


def _example(item: Item, flags: int) -> str:
    kind, what = item
    if kind is sre.BRANCH:
        return example(what[1][0], flags)
    if kind is sre.SUBPATTERN:
        return example(what[3], flags)
    if kind is sre.ATOMIC_GROUP:
        return example(what, flags)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return example(what[2], flags) * int(what[0])
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF):
        return ""
    if kind is sre.LITERAL:
        return chr(what)
    return next(char for char in _candidates(item) if takes(item, char, flags))


def _candidates(item: Item) -> Iterator[str]:
    yield from _SAMPLES
    yield from map(chr, range(0x3000))


class _Repeats:
    """The places in a pattern where something repeats: what leads there, what repeats."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.flags = pattern.flags
        self.found: list[tuple[str, str]] = []
        self.chars: dict[str, None] = {}
        self._walk(list(_parsed(pattern)), "")

    def _walk(self, items: Iterable[Item], before: str) -> str:
        for item in items:
            kind, what = item
            if kind is sre.BRANCH:
                for one in what[1]:
                    self._walk(one, before)
            elif kind is sre.SUBPATTERN:
                self._walk(what[3], before)
            elif kind is sre.ATOMIC_GROUP:
                self._walk(what, before)
            elif kind in (sre.ASSERT, sre.ASSERT_NOT):
                self._walk(what[1], before)
            elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
                if what[1] > 8:
                    self.found += [(before, one) for one in self._bodies(what[2])]
                self._walk(what[2], before)
            elif _is_one(item):
                self.chars.setdefault(_example(item, self.flags))
            before += _example(item, self.flags)
        return before

    def _bodies(self, body: Any) -> list[str]:
        items = list(body)
        if len(items) == 1 and items[0][0] is sre.BRANCH:
            return [example(one, self.flags) for one in items[0][1][1]]
        inner = [example([item], self.flags) or _once(item, self.flags) for item in items]
        return [example(items, self.flags) or "".join(inner), "".join(inner)]


def _once(item: Item, flags: int) -> str:
    kind, what = item
    return example(what[2], flags) if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) else ""


def hostile_texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Return texts that a pattern is tried on: pumped, with and without what spoils a match."""
    repeats = _Repeats(pattern)
    chars = list(islice(repeats.chars, _ALPHABET))
    spoilers = ["", "\0", "é\n"]
    pairs = ["".join(pair) for pair in product(chars, repeat=2)]
    befores = dict.fromkeys(["", *(before for before, _ in repeats.found)])
    pumps = dict.fromkeys([*(body for _, body in repeats.found), *chars, *pairs, *befores])
    for before, pump, after in product(befores, pumps, spoilers):
        if pump:
            yield before + pump * (length // len(pump)) + after


def steps_of(
    pattern: re.Pattern[Any], text: str, most: int, *, whole: bool, everywhere: bool
) -> int:
    """Return how many steps a pattern takes on a text. Raises `TooManySteps` beyond `most`."""
    matcher = Matcher(pattern, text, most)
    matcher.run(whole=whole, everywhere=everywhere)
    return matcher.steps
