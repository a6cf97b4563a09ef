"use strict";

const font = (size) => `${size}px Inter, "DejaVu Sans", sans-serif`;

function element(name, parent, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}

function textWidth(text, size, weight = 500) {
  const context = (textWidth.canvas ??= document.createElement("canvas")).getContext("2d");
  context.font = `${weight} ${font(size)}`;
  return context.measureText(text).width;
}

/** As large as height and width let all values be alike. */
function drawStat({ values }, place, panel) {
  const width = (panel.width - 20) / values.length - 16;
  const height = panel.height - 44 - (values[0].name ? 18 : 0);
  let size = Math.min(height * 0.8, 56);
  for (const value of values) size = Math.min(size, (size * width) / textWidth(value.text, size));
  const all = element("div", place, undefined, "stats");
  for (const value of values) {
    const figure = element("figure", all);
    if (value.name) element("figcaption", figure, value.name);
    const number = element("span", figure, value.text);
    number.style.color = value.color;
    number.style.fontSize = `${size}px`;
  }
}

function drawGauge({ bars }, place, panel) {
  const all = element("div", place, undefined, "gauges");
  const height = Math.min(34, (panel.height - 46) / bars.length - 4);
  for (const bar of bars) {
    element("span", all, bar.name).style.fontSize = `${Math.min(13, height)}px`;
    const track = element("i", all);
    track.style.height = `${height}px`;
    const filled = element("u", track);
    filled.style.cssText = `width: ${bar.share * 100}%; background: ${bar.color}55; border-color: ${bar.color}`;
    const number = element("em", all, bar.text);
    number.style.cssText = `color: ${bar.color}; font-size: ${Math.min(15, height)}px`;
  }
}

function drawTable({ columns, rows, total }, place) {
  const all = element("div", place, undefined, "tabular");
  const table = element("table", all);
  const head = element("tr", table);
  for (const column of columns) element("th", head, column.title, column.isNumeric ? "number" : "");
  for (const row of rows) {
    const line = element("tr", table);
    row.forEach((cell, index) => {
      const made = element("td", line, cell.text, columns[index].isNumeric ? "number" : "");
      if (cell.color) made.style.color = cell.color;
    });
  }
  if (total > rows.length) element("footer", all, `1 - ${rows.length} of ${total} rows`);
}

function drawLegend(legend, place) {
  const all = element("div", place, undefined, "legend");
  const table = element("table", all);
  const head = element("tr", table);
  for (const title of ["Name", ...legend.calculations]) element("th", head, title);
  for (const row of legend.rows) {
    const line = element("tr", table);
    const name = element("td", line);
    const sample = element("s", name, undefined, row.isDashed ? "dashed" : "");
    sample.style.borderColor = row.color;
    name.append(row.name);
    for (const value of row.values) element("td", line, value);
  }
  return all;
}

function lineOptions(line) {
  const alpha = Math.round(line.fill * 255).toString(16).padStart(2, "0");
  const paths = {
    bars: () => uPlot.paths.bars({ size: [0.8, 80], align: -1 }),
    step: () => uPlot.paths.stepped({ align: 1 }),
    line: () => uPlot.paths.linear(),
  };
  return {
    stroke: line.color,
    width: line.style === "bars" ? 0 : line.width * 1.5,
    dash: line.isDashed ? [8, 6] : undefined,
    // What is stacked lies before what it stands on, and must hide it.
    fill: line.style === "bars" ? mixed(line.color, line.fill) : line.fill ? line.color + alpha : undefined,
    points: { show: false },
    spanGaps: false,
    paths: paths[line.style](),
  };
}

/** A colour with so much of the panel's own ground in it, but not transparent. */
function mixed(color, opacity) {
  const ground = [0x18, 0x1b, 0x1f];
  const parts = [1, 3, 5].map((at, index) => {
    const part = parseInt(color.slice(at, at + 2), 16);
    return Math.round(part * opacity + ground[index] * (1 - opacity));
  });
  return `rgb(${parts.join(",")})`;
}

function drawLimits(plot, limits) {
  for (const limit of limits.filter((limit) => limit.color !== "transparent")) {
    const y = plot.valToPos(limit.at, "y", true);
    stroke(plot, limit.color, [8, 6], [plot.bbox.left, y], [plot.bbox.left + plot.bbox.width, y]);
  }
}

/** How many pixels lines and bars cover, which are darker than the grid. */
function painted({ ctx, bbox }) {
  const { data } = ctx.getImageData(bbox.left, bbox.top, bbox.width, bbox.height);
  let count = 0;
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] > 100) count += 1;
  return count;
}

function drawMarks(plot, marks) {
  const { left, width, top, height } = plot.bbox;
  for (const mark of marks) {
    const from = Math.max(left, plot.valToPos(mark.from, "x", true));
    const to = Math.min(left + width, plot.valToPos(mark.to, "x", true));
    if (to < from) continue;
    plot.ctx.fillStyle = "#f2495c18";
    plot.ctx.fillRect(from, top, to - from, height);
    plot.ctx.fillStyle = "#f2495c";
    plot.ctx.fillRect(from, top + height, Math.max(3, to - from), 4);
    stroke(plot, "#f2495c", [4, 4], [from, top], [from, top + height]);
  }
}

function stroke({ ctx }, color, dash, from, to) {
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}

function drawChart(chart, place, panel) {
  const host = element("div", place, undefined, "chart");
  const legend = drawLegend(chart.legend, place);
  const labels = Math.max(...chart.yTicks.map((tick) => textWidth(tick.text, 12, 400)), 10);
  const axis = { stroke: "#ccccdcb0", font: font(12), grid: { stroke: "#ccccdc14", width: 1 }, ticks: { show: false } };
  const texts = (ticks) => (plot, splits) => splits.map((split) => ticks.find((tick) => tick.at === split)?.text ?? "");
  const lines = chart.lines[0]?.style === "bars" ? chart.lines.toReversed() : chart.lines;
  new uPlot(
    {
      width: place.clientWidth - 20 - legend.offsetWidth - 8,
      height: panel.height - 42,
      padding: [8, 22, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, range: [chart.from, chart.to] }, y: { range: [chart.bottom, chart.top] } },
      axes: [
        { ...axis, size: 28, splits: () => chart.xTicks.map((tick) => tick.at), values: texts(chart.xTicks) },
        { ...axis, size: labels + 14, splits: () => chart.yTicks.map((tick) => tick.at), values: texts(chart.yTicks) },
      ],
      series: [{}, ...lines.map(lineOptions)],
      hooks: { draw: [(plot) => (host.dataset.painted = painted(plot)), (plot) => drawLimits(plot, chart.limits), (plot) => drawMarks(plot, chart.marks)] },
    },
    [chart.times, ...lines.map((line) => line.values)],
    host,
  );
}

function drawPanel(panel, main) {
  const section = element("section", main);
  section.style.cssText = `left: ${panel.x}px; top: ${panel.y}px; width: ${panel.width}px; height: ${panel.height}px`;
  const [kind, content] = Object.entries(panel.body)[0];
  section.className = kind;
  element("h2", section, panel.title);
  if (kind === "headline") return;
  const place = element("div", section);
  if (kind === "empty") element("p", place, content.text);
  if (kind === "stat") drawStat(content, place, panel);
  if (kind === "gauge") drawGauge(content, place, panel);
  if (kind === "table") drawTable(content._0, place);
  if (kind === "chart") drawChart(content._0, place, panel);
}

function drawHead() {
  const header = element("header", document.body);
  element("h1", header, scene.title);
  for (const chosen of scene.variables) {
    const made = element("div", header, undefined, "chosen");
    element("label", made, chosen.label);
    element("b", made, chosen.text);
  }
  const range = element("div", header, undefined, "chosen range");
  element("b", range, scene.range);
}

function draw() {
  drawHead();
  const main = element("main", document.body);
  for (const panel of scene.panels) drawPanel(panel, main);
  element("footer", document.body, scene.footer).style.top = `${scene.height - 28}px`;
}

draw();
