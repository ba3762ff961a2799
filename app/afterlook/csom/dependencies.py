"""Which object paths must have been evaluated before something else.

Must not know what a path leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from afterlook.csom import request as asked


def of_path(path: asked.Path) -> Iterator[int]:
    """Return the paths that a path leads on from, in the order in which they are needed."""
    match path:
        case asked.MethodPath(parent, _, arguments):
            yield parent
            yield from of_values(arguments)
        case asked.PropertyPath(parent, _):
            yield parent
        case asked.Construction(_, arguments) | asked.StaticMethodPath(_, _, arguments):
            yield from of_values(arguments)


def of_values(values: Iterable[asked.Value]) -> Iterator[int]:
    """Return the paths that values refer to."""
    for value in values:
        match value:
            case asked.Reference(path):
                yield path
            case asked.Array(items):
                yield from of_values(items)
            case asked.Dictionary(named) | asked.ValueObject(_, named):
                yield from of_values(named.values())


def of_expression(operation: asked.Operation) -> Iterator[int]:
    """Return the paths that an expression refers to."""
    if operation.constant is not None:
        yield from of_values((operation.constant,))
    for operand in operation.operands:
        yield from of_expression(operand)


def statics_of(operation: asked.Operation) -> Iterator[tuple[str, str]]:
    """Return the static properties that an expression refers to: type and name."""
    if operation.name == "ExpressionStaticProperty":
        yield operation.attributes["TypeId"], operation.attributes["Name"]
    for operand in operation.operands:
        yield from statics_of(operand)


def of_children(query: asked.Query, children: asked.ChildQuery | None) -> Iterator[int]:
    """Return the paths that the expressions within a query refer to."""
    if children is not None:
        if children.expression is not None:
            yield from of_expression(children.expression)
        yield from of_children(children, None)
    for part in query.properties:
        yield from of_children(part.query or _NOTHING, part.children)


_NOTHING = asked.Query(select_all=False, properties=())
