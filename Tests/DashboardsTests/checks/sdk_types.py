"""Whether what the foundation SDK has read is of the types that it declares: `from_json` itself takes any value for any field."""

import enum
import types
import typing

from grafana_foundation_sdk.models import common, dashboard, table, timeseries, units

UNITS = {value for value in vars(units).values() if isinstance(value, str)}

# Grafana's reducers that a legend or a number can show. The SDK has them as strings.
REDUCERS = {"lastNotNull", "last", "firstNotNull", "first", "min", "max", "mean", "sum", "count", "range", "delta", "diff", "total"}

# Grafana's names of colours.
HUES = {"red", "orange", "yellow", "green", "blue", "purple"}
COLORS = {f"{shade}{hue}" for hue in HUES for shade in ("", "dark-", "semi-dark-", "light-", "super-light-")} | {"text", "transparent"}

# Settings of single fields are lists of names and values of any type; these are the types that the names have.
OVERRIDES = {
    "unit": str,
    "decimals": float,
    "noValue": str,
    "thresholds": dashboard.ThresholdsConfig,
    "mappings": list[dashboard.ValueMap],
    "links": list[dashboard.DashboardLink],
    "custom.cellOptions": common.TableCellOptions,
    "custom.fillOpacity": float,
    "custom.lineStyle": common.LineStyle,
    "custom.lineWidth": float,
}
CUSTOM = {"timeseries": timeseries.FieldConfig, "table": table.FieldConfig}
ORGANIZE = {"excludeByName": dict[str, bool], "indexByName": dict[str, float], "renameByName": dict[str, str]}


def wrong(value, hint, place):
    """Place and complaint for everything in a value that is not of the type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in (object, typing.Any):
        return
    if isinstance(hint, typing.ForwardRef):
        name = hint.__forward_arg__
        yield from wrong(value, getattr(common, name, None) or getattr(dashboard, name), place)
    elif origin in (typing.Union, types.UnionType):
        # The one that it was read as, or else the one of which it is least wrong.
        read_as = [one for one in arguments if isinstance(one, type) and type(value) is one]
        candidates = read_as or [one for one in arguments if one is not type(None) or value is None]
        yield from min((list(wrong(value, one, place)) for one in candidates), key=len)
    elif origin is typing.Literal:
        if value not in arguments:
            yield place, f"is {value!r}, not one of {list(arguments)}"
    elif origin is list:
        if not isinstance(value, list):
            yield place, f"is {value!r}, not a list"
        else:
            for index, item in enumerate(value):
                yield from wrong(item, arguments[0], f"{place}[{index}]")
    elif origin is dict:
        if not isinstance(value, dict):
            yield place, f"is {value!r}, not an object"
        else:
            for key, item in value.items():
                yield from wrong(item, arguments[1], f"{place}.{key}")
    elif isinstance(hint, type) and issubclass(hint, enum.Enum):
        if value not in [member.value for member in hint]:
            yield place, f"is {value!r}, not one of {[member.value for member in hint]}"
    elif hint is float or hint is int:
        whole = isinstance(value, int) or isinstance(value, float) and (hint is float or value.is_integer())
        if isinstance(value, bool) or not whole:
            yield place, f"is {value!r}, not a number"
    elif hint in (str, bool, type(None)):
        if not isinstance(value, hint):
            yield place, f"is {value!r}, not {hint.__name__}"
    elif isinstance(hint, type):
        yield from of_class(value, hint, place)
    else:
        raise NotImplementedError(f"{place} is declared {hint!r}")


def of_class(value, hint, place):
    if isinstance(value, dict) and hasattr(hint, "from_json"):
        # What the SDK leaves as it is until somebody knows its class. The class says its own type, whatever it reads.
        read = hint.from_json(value)
        kept = read.to_json()
        for key, item in value.items():
            if key not in kept or not isinstance(item, (dict, list)) and kept[key] != item:
                yield f"{place}.{key}", f"is {item!r} and becomes {kept.get(key)!r}"
        value = read
    if not isinstance(value, hint):
        yield place, f"is {value!r}, not {hint.__name__}"
        return
    for name, declared in typing.get_type_hints(type(value)).items():
        yield from wrong(getattr(value, name, None), declared, f"{place}.{name.removesuffix('_val')}")
    yield from undeclared(value, place)


def undeclared(value, place):
    """What the SDK declares as any value: it depends on the type of the panel, or is a string of which only some mean something."""
    if isinstance(value, dashboard.Panel):
        yield from of_panel(value, place)
    for reducer in getattr(value, "calcs", None) or []:
        if reducer not in REDUCERS:
            yield f"{place}.calcs", f"has {reducer!r}, which is no reducer"
    color = getattr(value, "color", None)
    if isinstance(value, (dashboard.Threshold, dashboard.ValueMappingResult)) and color not in COLORS:
        yield f"{place}.color", f"is {color!r}, which is no colour"
    unit = getattr(value, "unit", None)
    if isinstance(value, dashboard.FieldConfig) and unit is not None and unit not in UNITS:
        yield f"{place}.unit", f"is {unit!r}, which is no unit"


def of_panel(panel, place):
    config = panel.field_config
    if config is not None:
        custom = config.defaults.custom
        if custom is not None:
            yield from wrong(custom, CUSTOM.get(panel.type_val, dict), f"{place}.fieldConfig.defaults.custom")
        for number, override in enumerate(config.overrides):
            for one in override.properties:
                where = f"{place}.fieldConfig.overrides[{number}].{one.id_val}"
                if one.id_val not in OVERRIDES:
                    yield where, "is a setting that this check does not know"
                    continue
                yield from wrong(one.value, OVERRIDES[one.id_val], where)
                if one.id_val == "unit" and one.value not in UNITS:
                    yield where, f"is {one.value!r}, which is no unit"
    if panel.options is not None:
        # Read by the panel's own type: everything in it is declared there.
        yield from wrong(panel.options, type(panel.options), f"{place}.options")
        if isinstance(panel.options, dict):
            yield f"{place}.options", "was not read as the options of its type"
    for number, transformation in enumerate(panel.transformations or []):
        where = f"{place}.transformations[{number}]"
        if isinstance(transformation, dict):
            transformation = dashboard.DataTransformerConfig.from_json(transformation)
        if transformation.id_val not in ("merge", "organize"):
            yield where, f"is {transformation.id_val!r}"
        for key, value in transformation.options.items():
            if transformation.id_val != "organize" or key not in ORGANIZE:
                yield where, f"has the unknown option {key!r}"
            else:
                yield from wrong(value, ORGANIZE[key], f"{where}.{key}")
