"""Which object paths must have been evaluated before something else.

Every walk yields at each step of its way: the number of a path, or None where there is none. So
whoever follows can give others their turn, however long the way is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from afterlook.csom import request_model as model

Walk = Iterator[int | None]


def of_path(path: model.Path) -> Walk:
    """Return the paths that a path leads on from, in the order in which they are needed."""
    match path:
        case model.MethodPath(parent, _, arguments):
            yield parent
            yield from of_values(arguments)
        case model.PropertyPath(parent, _):
            yield parent
        case model.Construction(_, arguments) | model.StaticMethodPath(_, _, arguments):
            yield from of_values(arguments)


def of_values(values: Iterable[model.Value]) -> Walk:
    """Return the paths that values refer to."""
    waiting = [iter(values)]
    while waiting:
        value = next(waiting[-1], None)
        match value:
            case None:
                waiting.pop()
            case model.Reference(path):
                yield path
                continue
            case model.Array(items):
                waiting.append(iter(items))
            case model.Dictionary(named) | model.ValueObject(_, named):
                waiting.append(iter(named.values()))
        yield None


def of_expression(expression: model.ExpressionOperation) -> Walk:
    """Return the paths that an expression refers to."""
    for operation in _operations(expression):
        if operation.constant is None:
            yield None
        else:
            yield from of_values((operation.constant,))


def statics_of(expression: model.ExpressionOperation) -> Iterator[tuple[str, str] | None]:
    """Return the static properties that an expression refers to: type and name."""
    for operation in _operations(expression):
        is_static = operation.name == "ExpressionStaticProperty"
        attributes = operation.attributes
        yield (attributes["TypeId"], attributes["Name"]) if is_static else None


def of_children(query: model.ClientQuery, children: model.ChildItemQuery | None) -> Walk:
    """Return the paths that the expressions within a query refer to."""
    waiting = [(query, children)]
    while waiting:
        current, below = waiting.pop()
        yield None
        if below is not None:
            waiting.append((below, None))
            if below.expression is not None:
                yield from of_expression(below.expression)
        for part in current.properties:
            yield None
            if part.query is not None or part.children is not None:
                waiting.append((part.query or _NOTHING, part.children))


def is_long(values: Sequence[model.Value], steps: int) -> bool:
    """Tell whether a walk along values takes more steps than that."""
    return next(islice(of_values(values), steps, None), _END) is not _END


def _operations(expression: model.ExpressionOperation) -> Iterator[model.ExpressionOperation]:
    """Return the operations of an expression, from left to right."""
    waiting = [expression]
    while waiting:
        operation = waiting.pop()
        waiting += reversed(operation.operands)
        yield operation


_NOTHING = model.ClientQuery(select_all=False, properties=())
_END = object()
