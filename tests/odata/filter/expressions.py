"""Filters that fit the model of a task, in every form that the grammar has."""

from collections.abc import Callable

from hypothesis import strategies as st

from afterlook.outlook import edm

WORDS = [
    *("", " ", "a", "A", "ab", "Ab ", "a%b", "%", "_", "a_b", "'", "''", '"', "\\", "\\N", "[]"),
    *("ß", "ss", "İ", "i", "ı", "ſ", "s", "Σ", "ς", "ΟΔΟΣ", "οδος", "é", "É", "e\u0301"),  # noqa: RUF001
    *("😀", "a😀b", "null", "true", "\t", "\u00a0a"),
]
TEXTS = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5
)
DAYS = ["0001-01-01", "1600-02-29", "1900-03-01", "2000-02-29", "2016-04-26", "2100-02-28"]
DAYS += ["9999-12-31"]
TIMES = ["00:00", "00:00:00", "12:30:15.5", "23:59:59.9999999"]
STAMPS = ["CreatedDateTime", "lastmodifieddatetime"]
DATES = ["DueDateTime", "StartDateTime", "completeddatetime"]
ENUMERATIONS = {"Status": edm.STATUS, "Importance": edm.IMPORTANCE, "SENSITIVITY": edm.SENSITIVITY}
EQUALITY = ["eq", "ne", "EQ"]
COMPARISONS = [*EQUALITY, "gt", "ge", "lt", "le", "Le"]
DEPTH = 3


class _Writer:
    """Writes filters by drawing; `items` are the lambda variables that stand for a text."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._items: list[str] = []

    def pick(self, options: list[str]) -> str:
        return self._draw(st.sampled_from(options))

    def _one(self, *parts: Callable[[], str]) -> str:
        return self._draw(st.sampled_from(parts))()

    def condition(self, depth: int) -> str:
        leaves: list[Callable[[], str]] = [
            lambda: f"{self.text(depth)} {self.pick(COMPARISONS)} {self.text(depth)}",
            lambda: f"{self.number(depth)} {self.pick(COMPARISONS)} {self.number(depth)}",
            lambda: f"{self.moment()} {self.pick(COMPARISONS)} {self.moment()}",
            lambda: f"{self._path()} {self.pick(COMPARISONS)} '{self.pick(DAYS)}T10:00'",
            lambda: f"date({self.moment()}) {self.pick(COMPARISONS)} {self.pick(DAYS)}",
            lambda: f"time({self.moment()}) {self.pick(COMPARISONS)} {self.pick(TIMES)}",
            lambda: f"{self.pick(DATES)} {self.pick(EQUALITY)} null",
            lambda: (
                f"{self.pick(['contains', 'startswith', 'endswith'])}"
                f"({self.text(depth)},{self.text(depth)})"
            ),
            lambda: f"{self.text(depth)} in ({self.literal()}, null,{self.literal()})",
            lambda: self.pick(["HasAttachments", "true", "HasAttachments eq false"]),
            self._of_enumeration,
        ]
        if not depth:
            return self._one(*leaves)
        return self._one(
            *leaves,
            *(lambda: self.joined(depth - 1),) * 4,
            lambda: f"not ({self.condition(depth - 1)})",
            lambda: f"({self.condition(0)}) {self.pick(EQUALITY)} ({self.condition(depth - 1)})",
            lambda: self._quantifier(depth - 1),
        )

    def joined(self, depth: int) -> str:
        parts = [self.condition(depth) for _ in range(self._draw(st.integers(2, 3)))]
        return "(" + f" {self.pick(['and', 'or', 'AND'])} ".join(parts) + ")"

    def _of_enumeration(self) -> str:
        name = self.pick(list(ENUMERATIONS))
        type_ = ENUMERATIONS[name]
        member = self.pick([*type_.members, type_.members[0].lower()])
        spelt = self.pick([f"'{member}'", f"{type_.name}'{member}'"])
        return f"{name} {self.pick(COMPARISONS)} {spelt}"

    def _quantifier(self, depth: int) -> str:
        variable = f"c{len(self._items)}"
        self._items.append(variable)
        inner = self.condition(min(depth, 1))
        self._items.pop()
        kind = self.pick(["any", "all", "Any"])
        return self.pick([f"Categories/{kind}({variable}:{inner})", "categories/any()"])

    def text(self, depth: int) -> str:
        leaves = [self.literal, lambda: self.pick(["Subject", "AssignedTo", "owner", *self._items])]
        if not depth:
            return self._one(*leaves)
        return self._one(
            *leaves * 3,
            lambda: f"concat({self.text(depth - 1)},{self.text(depth - 1)})",
            lambda: f"{self.pick(['trim', 'tolower', 'TOUPPER'])}({self.text(depth - 1)})",
            lambda: f"substring({self.text(0)},{self.whole(depth - 1)})",
            lambda: f"substring({self.text(0)},{self.whole(0)},{self.whole(depth - 1)})",
        )

    def literal(self) -> str:
        return "'" + self._draw(TEXTS).replace("'", "''") + "'"

    def number(self, depth: int) -> str:
        doubles = ["0.5", "-2.0", "1e1", "0.25", "3.75"]
        return self._one(
            lambda: self.pick(doubles),
            lambda: self.whole(depth),
            lambda: f"{self.whole(0)} {self.pick(['add', 'sub', 'mul'])} {self.pick(doubles)}",
            lambda: f"({self.whole(depth)} div {self.pick(doubles)})",
        )

    def whole(self, depth: int) -> str:
        leaves: list[Callable[[], str]] = [
            lambda: str(self._draw(st.integers(-4, 12))),
            lambda: f"length({self.text(0)})",
            lambda: f"indexof({self.text(0)},{self.text(0)})",
            lambda: f"{self.pick(['year', 'month', 'day'])}({self.moment()})",
            lambda: f"year(date({self.moment()}))",
            lambda: f"{self.pick(['hour', 'minute', 'second'])}({self.moment()})",
        ]
        if not depth:
            return self._one(*leaves)
        return self._one(
            *leaves,
            lambda: f"-({self.whole(depth - 1)})",
            lambda: f"({self.whole(depth - 1)} {self.pick(['add', 'sub'])} {self.whole(0)})",
            lambda: f"({self.whole(0)} {self.pick(['mul', 'div', 'mod'])} {self.whole(depth - 1)})",
        )

    def moment(self) -> str:
        return self._one(
            lambda: self.pick(STAMPS),
            self._path,
            lambda: f"{self.pick(DAYS)}T{self.pick(TIMES)}Z",
            lambda: self.pick(["now()", "2016-04-26T10:00:00+02:00", "2000-02-29T23:00-08:00"]),
        )

    def _path(self) -> str:
        return f"{self.pick(DATES)}/{self.pick(['DateTime', 'datetime'])}"


@st.composite
def filters(draw: st.DrawFn) -> str:
    """Write a filter; a few come to numbers that are refused for their size, or nest too deeply."""
    return _Writer(draw).condition(DEPTH)
