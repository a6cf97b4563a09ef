"""What the rules see of a dashboard: its variables, panels and queries."""

import json
import re
from dataclasses import dataclass

VARIABLE = re.compile(r"\$(\w+)|\$\{([^}]+)\}|\[\[([^\[\]]+)\]\]")

# Grafana's own variables, as values that a query parses with. The rate interval is one that nobody would write.
RATE_INTERVAL_MS = 8869907
BUILT_IN = {
    "__rate_interval": f"{RATE_INTERVAL_MS}ms",
    "__interval": "4867853ms",
    "__interval_ms": "4867853",
    "__range": "606977071ms",
    "__range_s": "606977",
    "__range_ms": "606977071",
    "__from": "1594671549254",
    "__to": "1594671549254",
}


@dataclass(frozen=True)
class Finding:
    rule: str
    message: str
    panel: str = ""
    target: int | None = None


class Board:
    def __init__(self, text):
        self.json = json.loads(text)
        self.variables = self.json.get("templating", {}).get("list", [])
        self.sources = [v for v in self.variables if v["type"] == "datasource"]

    def variable(self, name):
        return next((v for v in self.variables if v["name"] == name), None)

    def source_names(self):
        names = [v["name"] for v in self.sources]
        return {f"${n}" for n in names} | {f"${{{n}}}" for n in names}

    def panels(self, panels=None):
        for panel in self.json.get("panels", []) if panels is None else panels:
            yield panel
            yield from self.panels(panel.get("panels") or [])

    def targets(self):
        """Panel, number and query of every target."""
        for panel in self.panels():
            for number, target in enumerate(panel.get("targets") or []):
                yield panel, number, target

    def queries(self):
        """Every PromQL expression: what it belongs to, and its text."""
        for panel, number, target in self.targets():
            yield panel["title"], number, target.get("expr", "")
        for annotation in self.json["annotations"]["list"]:
            if "expr" in annotation:
                yield "annotation " + annotation["name"], None, annotation["expr"]
        for variable in self.variables:
            if variable["type"] == "query":
                yield "variable " + variable["name"], None, argument(variable["query"])[1]

    def expanded(self, expression):
        """The expression with values in the place of variables, but not within quotation marks."""
        parts = expression.split('"')
        for i in range(0, len(parts), 2):
            parts[i] = VARIABLE.sub(lambda m: self.sample(name_of(m)), parts[i])
        return '"'.join(parts)

    def sample(self, name):
        if name in BUILT_IN:
            return BUILT_IN[name]
        value = ((self.variable(name) or {}).get("current") or {}).get("value")
        value = value[0] if isinstance(value, list) and value else value
        return value if value and isinstance(value, str) else name


def name_of(match):
    """The name of a variable without its format, as in ${name:regex}."""
    return next(g for g in match.groups() if g).split(":")[0]


def source_of(thing):
    source = thing.get("datasource")
    return source if isinstance(source, str) else (source or {}).get("uid", "")


def argument(query):
    """Function and PromQL argument of a variable's query; the label of label_values is none of PromQL's."""
    match = re.search(r"([a-z_]+)\((.+)\)", query if isinstance(query, str) else query.get("query", ""))
    if not match:
        return "", ""
    function, text = match.groups()
    if function == "label_values":
        text = text.rsplit(",", 1)[0] if "," in text else "up"
    return function, text
