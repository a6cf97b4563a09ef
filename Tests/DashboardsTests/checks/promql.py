"""Walking through parsed PromQL."""

import promql_parser


def parse(text):
    return promql_parser.parse(text)


def kind(node):
    return type(node).__name__


def children(node):
    if kind(node) == "MatrixSelector":
        return [node.vector_selector]
    nodes = [getattr(node, name, None) for name in ("expr", "lhs", "rhs", "param")] + list(getattr(node, "args", []) or [])
    return [n for n in nodes if n is not None and kind(n)[0].isupper()]


def walk(node, path=()):
    """Every node with those around it, the outermost first."""
    yield node, path
    for child in children(node):
        yield from walk(child, path + (node,))


def selectors(node):
    for found, path in walk(node):
        if kind(found) == "VectorSelector":
            yield found, path


def matchers(selector):
    """Operator and value by label."""
    operators = {"Equal": "=", "NotEqual": "!=", "Re": "=~", "NotRe": "!~"}
    return {m.name: (operators[str(m.op).split(".")[1]], m.value) for m in selector.matchers.matchers}


def function_around(path):
    """The function whose range a selector is, as increase."""
    around = [n for n in path if kind(n) == "Call"]
    return around[-1].func.name if len(path) > 1 and kind(path[-1]) == "MatrixSelector" and around else ""


def aggregations(path):
    """Operator and kept labels of the aggregations around a node, the innermost first. No labels means none is kept."""
    for node in reversed(path):
        if kind(node) == "AggregateExpr":
            by = node.modifier is not None and str(node.modifier.type).endswith("By")
            yield str(node.op), list(node.modifier.labels) if by else []
