"""The rules of Grafana's dashboard-linter (as of June 2026) that concern Prometheus, under its names, written anew.

Two differ: target-counter-agg-rule looks at a metric's name, where the linter's own never meets a selector with matchers;
and labels, which it only warns of, count in full.
"""

from boards import RATE_INTERVAL_MS, Finding, argument, source_of
from promql import function_around, kind, matchers, parse, selectors, walk
from grafana_foundation_sdk.models import units

UNITS = {value for value in vars(units).values() if isinstance(value, str)}
TITLED = {"stat", "singlestat", "graph", "table", "timeseries", "gauge", "bargauge"}
SOURCED = {"singlestat", "graph", "table", "timeseries", "stat", "bargauge"}


def template_datasource(board):
    rule = "template-datasource-rule"
    if not board.sources:
        yield Finding(rule, "there is no variable for the data source")
    for variable in board.sources:
        if variable["name"] != "datasource" or variable.get("label") != "Data source":
            yield Finding(rule, "the data source's variable is not `datasource`, labelled `Data source`")


def template_job_and_instance(board):
    for name, rule in (("job", "template-job-rule"), ("instance", "template-instance-rule")):
        variable = board.variable(name)
        if variable is None:
            yield Finding(rule, f"there is no variable `{name}`")
            continue
        wanted = {"type": "query", "label": name.title(), "multi": True, "allValue": ".+"}
        for key, value in wanted.items():
            if variable.get(key) != value:
                yield Finding(rule, f"`{key}` of `{name}` is not {value!r}")
        if source_of(variable) not in board.source_names():
            yield Finding(rule, f"`{name}` does not use the data source's variable")


def template_queries(board):
    for variable in board.variables:
        if variable["type"] != "query":
            continue
        function, text = argument(variable["query"])
        if function not in ("label_names", "label_values", "metrics", "query_result"):
            yield Finding("template-label-promql-rule", f"{variable['name']}: unknown function {function!r}")
        elif error := failure(board, text):
            yield Finding("template-label-promql-rule", f"{variable['name']}: {error}")
        if variable.get("refresh") != 2:
            yield Finding("template-on-time-change-reload-rule", f"{variable['name']} has refresh {variable.get('refresh')}")


def panels(board):
    for panel in board.panels():
        title, defaults = panel.get("title", ""), panel.get("fieldConfig", {}).get("defaults", {})
        if panel["type"] in SOURCED and source_of(panel) not in board.source_names():
            yield Finding("panel-datasource-rule", "does not use the data source's variable", title)
        if panel["type"] not in TITLED:
            continue
        if not title or not panel.get("description"):
            yield Finding("panel-title-description-rule", "has no title or no description", title)
        if "mappings" not in defaults and defaults.get("unit") not in UNITS:
            yield Finding("panel-units-rule", f"unknown unit {defaults.get('unit')!r}", title)
        if panel.get("targets") is None:
            yield Finding("panel-no-targets-rule", "has no targets", title)


def targets(board):
    for panel, number, target in board.targets():
        where = (panel["title"], number)
        if "expr" not in target or (error := failure(board, target["expr"])):
            yield Finding("target-promql-rule", error if "expr" in target else "has no expr", *where)
            continue
        tree = parse(board.expanded(target["expr"]))
        for node, path in walk(tree):
            if kind(node) == "MatrixSelector" and path and getattr(getattr(path[-1], "func", None), "name", "") in ("rate", "irate"):
                if round(node.range.total_seconds() * 1000) != RATE_INTERVAL_MS:
                    yield Finding("target-rate-interval-rule", "a rate is not over $__rate_interval", *where)
        for selector, path in selectors(tree):
            found = matchers(selector)
            for name, rule in (("job", "target-job-rule"), ("instance", "target-instance-rule")):
                if found.get(name) != ("=~", f"${name}"):
                    yield Finding(rule, f'{selector.name} has no {name}=~"${name}"', *where)
            if (selector.name or "").endswith("_total") and function_around(path) not in ("rate", "irate", "increase"):
                yield Finding("target-counter-agg-rule", f"{selector.name} is a counter outside rate and increase", *where)


def logs(board):
    """The two rules for Loki come down to there being no such query."""
    if any((t.get("datasource") or {}).get("type") == "loki" for _, _, t in board.targets()):
        yield Finding("target-logql-rule", "there is a query of logs")
    if any(v.get("query") == "loki" for v in board.sources):
        yield Finding("target-logql-auto-rule", "there is a data source of logs")


def uneditable(board):
    if board.json.get("editable") is not False:
        yield Finding("uneditable-dashboard", "the dashboard is editable")


def failure(board, text):
    try:
        parse(board.expanded(text))
    except ValueError as error:
        return str(error)


ALL = [template_datasource, template_job_and_instance, template_queries, panels, targets, logs, uneditable]
