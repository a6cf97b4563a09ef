"""Our rules about the form of a dashboard: what file provisioning and Grafana 9 to 13 want."""

import re

from boards import VARIABLE, Finding, name_of, source_of


def schema(board):
    json = board.json
    if not 36 <= json.get("schemaVersion", 0) <= 42:
        yield Finding("x-schema-version", f"schemaVersion is {json.get('schemaVersion')}, not 36 to 42")
    if any(key in json for key in ("elements", "layout", "spec", "apiVersion")):
        yield Finding("x-v2", "has keys of the second schema, which file provisioning refuses")
    if any(key in json for key in ("__inputs", "__elements", "__requires")):
        yield Finding("x-inputs", "has keys of an export, which file provisioning does not fill in")
    if json.get("id") is not None:
        yield Finding("x-id", "has an id, which is another one in every Grafana")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", json.get("uid", "")):
        yield Finding("x-uid", f"has the uid {json.get('uid')!r}")
    if not isinstance(json.get("refresh"), str):
        yield Finding("x-refresh", "refresh is not a string, as version 40 wants it")
    if "time_options" in json.get("timepicker", {}):
        yield Finding("x-timepicker", "has time_options, which version 41 took away")


def identifiers(board):
    ids = [panel.get("id") for panel in board.panels()]
    if None in ids or len(set(ids)) < len(ids):
        yield Finding("x-panel-ids", "the ids of panels are missing or not unique")
    titles = [panel["title"] for panel in board.panels() if panel["type"] != "row"]
    for title in sorted({t for t in titles if titles.count(t) > 1}):
        yield Finding("x-panel-titles", "two panels have this title; exceptions name panels by it", title)


def grid(board):
    taken = {}
    for panel in board.json["panels"]:
        place, title = panel["gridPos"], panel["title"]
        if place["x"] + place["w"] > 24:
            yield Finding("x-grid", "is beyond the 24 columns", title)
        cells = [(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])]
        for other in sorted({taken[cell] for cell in cells if cell in taken}):
            yield Finding("x-grid", f"overlaps {other!r}", title)
        taken.update({cell: title for cell in cells})


def sources(board):
    for panel, number, target in board.targets():
        if source_of(target) not in board.source_names():
            yield Finding("x-data-source", "the query does not use the data source's variable", panel["title"], number)
    others = [v for v in board.variables if v["type"] == "query"]
    others += [a for a in board.json["annotations"]["list"] if not a.get("builtIn")]
    for other in others:
        if source_of(other) not in board.source_names():
            yield Finding("x-data-source", f"{other['name']} does not use the data source's variable")


def variables(board):
    for title, number, text in board.queries():
        for match in VARIABLE.finditer(text):
            name = name_of(match)
            if not name.startswith("__") and board.variable(name) is None:
                yield Finding("x-unknown-variable", f"${name} is not defined", title, number)
        for operator, name in re.findall(r'(!?=~?)\s*"\$\{?(\w+)', text):
            variable = board.variable(name)
            if variable and variable.get("multi") and operator in ("=", "!="):
                yield Finding("x-multi-needs-regex", f"${name} may be several values, but is matched with {operator}", title, number)


def bars(board):
    for panel, number, target in board.targets():
        custom = panel.get("fieldConfig", {}).get("defaults", {}).get("custom") or {}
        if custom.get("drawStyle") == "bars" and ("[1d]" not in target["expr"] or target.get("interval") != "1d"):
            yield Finding("x-daily-bars", "a bar is not over one day with a min step of one day", panel["title"], number)


def links(board):
    link = (board.json.get("links") or [{}])[0]
    if not (link.get("type") == "dashboards" and link.get("includeVars") and link.get("keepTime")):
        yield Finding("x-links", "has no links to the other boards that keep variables and time")
    elif not set(link["tags"]) <= set(board.json.get("tags", [])):
        yield Finding("x-links", "has not the tag by which the boards find each other")


# To another board with the selection and the time, or to a section of the documentation.
LEAD = re.compile(
    r"/d/agentusage-\w+\?.*\$\{provider:queryparam\}&\$\{workspace:queryparam\}&\$\{datasource:queryparam\}.*&\$\{__url_time_range\}$"
    r"|https://github\.com/[\w/.-]+/README\.md#[a-z0-9-]+$"
)


def heads(board):
    for panel in board.panels():
        if panel["type"] == "row":
            continue
        for link in panel.get("links") or [{}]:
            if not link.get("title") or not LEAD.match(link.get("url", "")):
                yield Finding("x-panel-links", "leads nowhere, or loses the selection on the way", panel["title"])


def thresholds(board):
    for panel in board.panels():
        if panel["type"] == "row":
            continue
        steps = panel["fieldConfig"]["defaults"].get("thresholds", {}).get("steps") or [{}]
        limits = [step.get("value") for step in steps[1:]]
        if "value" not in steps[0] or steps[0]["value"] is not None or None in limits or limits != sorted(set(limits)):
            yield Finding("x-thresholds", "has no base step with growing ones above it", panel["title"])


ALL = [schema, identifiers, grid, sources, variables, bars, links, heads, thresholds]
