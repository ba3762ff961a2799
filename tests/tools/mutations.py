"""The small faults that a module can be given, one at a time."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass
class Mutant:
    """A module with a fault: where it is, and what the code was and became."""

    line: int
    before: str
    after: str
    tree: ast.Module


def mutants(module: ast.Module) -> Iterator[Mutant]:
    """Yield a module with each fault in turn."""
    silent = {id(one) for part in _silent_parts(module) for one in ast.walk(part)}
    for index, node in enumerate(ast.walk(module)):
        if id(node) in silent:
            continue
        for number in range(len(faults(deepcopy(node)))):
            tree = deepcopy(module)
            changed = next(one for at, one in enumerate(ast.walk(tree)) if at == index)
            faults(changed)[number]()
            before, after = (ast.unparse(one).partition("\n")[0] for one in (node, changed))
            yield Mutant(getattr(node, "lineno", 0), before, after, tree)


def faults(node: ast.AST) -> list[Callable[[], None]]:
    """Return what can be done to a node, in its place."""
    match node:
        case ast.Compare(ops=[operator, *_]) if type(operator) in COMPARISONS:
            return [lambda: node.ops.__setitem__(0, COMPARISONS[type(operator)]())]
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return [_setter(node, "op", other)]
        case ast.BinOp(op=arithmetic) | ast.AugAssign(op=arithmetic) if (
            type(arithmetic) in OPERATORS
        ):
            return [_setter(node, "op", OPERATORS[type(arithmetic)]())]
        case ast.Constant(value=bool()):
            return [_setter(node, "value", not node.value)]
        case ast.Constant(value=int()):
            return [_setter(node, "value", int(str(node.value)) + 1)]
        case ast.If() | ast.IfExp() | ast.While():
            return [
                _setter(node, "test", ast.UnaryOp(ast.Not(), node.test, lineno=0, col_offset=0))
            ]
        case ast.Return(value=ast.expr()):
            return [_setter(node, "value", ast.Constant(None, lineno=0, col_offset=0))]
    return []


def _setter(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _silent_parts(module: ast.Module) -> Iterator[ast.AST]:
    """Yield annotations and decorators, faults in which would mostly change nothing."""
    for node in ast.walk(module):
        for name in ("annotation", "returns"):
            if isinstance(part := getattr(node, name, None), ast.AST):
                yield part
        yield from getattr(node, "decorator_list", [])
