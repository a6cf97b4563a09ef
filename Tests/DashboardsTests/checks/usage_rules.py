"""Our rules about queries: what makes a number of this exporter wrong without making the query fail."""

import re

from boards import Finding
from promql import aggregations, function_around, kind, matchers, parse, selectors, walk

WHOLE_EXPORTER = re.compile(r"process_|agentusage_exporter_|agentusage_ledger_(restored|size_bytes|write_failures_total)$")
OF_RULES = re.compile(r"ALERTS$|.*:agentusage_")
COUNTER = re.compile(r"(agentusage|process)_\w+_(total|bucket|sum|count)$")
USAGE = re.compile(r"agentusage_(agent|project|model|source|skill|tool|api_key|user|phone_number|workspace|budget)_(?!info$)")
PERIODIC = re.compile(r"agentusage_\w*period_\w+$|agentusage_budget_\w+$|.*:agentusage_\w+:period$")
CREDITS = re.compile(r"agentusage_\w*credits")


def selection(name, title):
    """Which of the board's variables a selector must have, and which it must not."""
    if title.startswith("variable "):
        return set(), set()
    if OF_RULES.match(name):
        return {"provider", "workspace"}, {"job", "instance"}
    if WHOLE_EXPORTER.match(name):
        return {"job", "instance"}, set()
    return {"job", "instance", "provider", "workspace"}, set()


def selector_rules(board, title, number, selector, path):
    name, found = selector.name or "", matchers(selector)
    where = (title, number)
    wanted, refused = selection(name, title)
    optional = "|" if name == "ALERTS" else ""
    for label in sorted(wanted):
        if found.get(label) not in (("=~", f"${label}"), ("=~", f"${label}{optional}")):
            yield Finding("x-selection", f'{name} has no {label}=~"${label}{optional}"', *where)
    for label in sorted(refused & set(found)):
        yield Finding("x-selection", f"{name} is matched by {label}, which it does not have", *where)
    if COUNTER.match(name) and function_around(path) not in ("rate", "increase"):
        yield Finding("x-counter", f"{name} is a counter outside rate and increase", *where)
    if function_around(path) in ("rate", "irate") and not WHOLE_EXPORTER.match(name):
        yield Finding("x-rate", f"{name} moves in steps that a rate interval misses: use increase over a fixed window", *where)
    around = list(aggregations(path))
    if name.endswith("_active_users"):
        yield from pinned(board, "x-window", "window", found, around, name, where)
        if function_around(path) == "sum_over_time" or any(op in ("sum", "avg") for op, _ in around):
            yield Finding("x-sum-of-users", f"{name} is summed; one person may be in several of its series", *where)
    if PERIODIC.match(name):
        yield from pinned(board, "x-period", "period", found, around, name, where)
    if CREDITS.match(name) and any(op in ("sum", "avg") and "provider" not in by for op, by in around):
        yield Finding("x-sum-of-credits", f"{name} is summed over providers, whose credits are different currencies", *where)
    if USAGE.match(name) and not title.startswith("variable ") and (not around or around[0][0] not in ("max", "min")):
        yield Finding("x-instances", f"{name} counts once for each exporter: take the max by identity first", *where)


def pinned(board, rule, label, found, around, name, where):
    """A matcher that chooses one value; or several named ones, which every aggregation then keeps apart."""
    operator, value = found.get(label, ("", ""))
    variable = board.variable(value[1:]) if value.startswith("$") else None
    one = operator == "=" and value and not (variable and variable.get("multi"))
    several = operator == "=~" and re.fullmatch(r"\w+(\|\w+)*", value) and all(label in by for _, by in around)
    if not (one or several and around):
        yield Finding(rule, f"{name} does not choose its {label}", *where)


def join_rules(board, title, number, node):
    """The side of a join that is to be one series must be made so."""
    cardinality = str(getattr(node.modifier, "card", "")) if node.modifier else ""
    if not cardinality.endswith("ManyToOne"):
        return
    one, keys = node.rhs, set(node.modifier.matching.labels)
    unique = kind(one) == "AggregateExpr" and one.modifier is not None and set(one.modifier.labels) <= keys
    limited = unique and (str(one.op) != "topk" or getattr(one.param, "val", None) == 1)
    if not limited:
        yield Finding("x-join", "two series that differ in the joined label would fail the query", title, number)


def queries(board):
    for title, number, text in board.queries():
        try:
            tree = parse(board.expanded(text))
        except ValueError:
            continue  # target-promql-rule and template-label-promql-rule tell
        for selector, path in selectors(tree):
            yield from selector_rules(board, title, number, selector, path)
        for node, _ in walk(tree):
            if kind(node) == "BinaryExpr":
                yield from join_rules(board, title, number, node)


def rankings(board):
    """In a range, topk chooses anew at each moment, unless what it ranks is the same at each."""
    for panel, number, target in board.targets():
        if not target.get("range"):
            continue
        try:
            tree = parse(board.expanded(target["expr"]))
        except ValueError:
            continue
        for node, _ in walk(tree):
            ranking = kind(node) == "AggregateExpr" and str(node.op) in ("topk", "bottomk")
            if ranking and any(selector.at is None for selector, _ in selectors(node)):
                yield Finding("x-topk", "ranks anew at each moment: rank what is at the end", panel["title"], number)


ALL = [queries, rankings]
