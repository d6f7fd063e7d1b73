"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const pick = document.getElementById("subject");
  const periods = data.periods.length;
  const plots = [];

  // Okabe and Ito's palette, which people with any color vision tell apart; lighter on dark paper.
  const light = { ink: "#1c2430", soft: "#5b6675", grid: "#e6eaee", target: "#7a8594", colors: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#5b6675", "#a63c06"] };
  const dark = { ink: "#e6eaf0", soft: "#9aa6b5", grid: "#262e38", target: "#8c98a8", colors: ["#56b4e9", "#f0905a", "#2fc79c", "#e6a0c4", "#e0c34a", "#8fb8ff", "#b3bcc8", "#ff9d76"] };
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  let printing = false;
  const theme = () => darkness.matches && !printing ? dark : light;

  const format = (value, unit, digits) => value == null ? "–" : (unit === "share" ? value * 100 : value)
    .toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }) + ({ share: " %", seconds: " s" }[unit] ?? "");

  // A period is a flat stretch: its value stands at both of its ends, so that one without neighbors is seen too.
  const stretched = values => values.flatMap(value => [value, value]);

  const alpha = (color, share) => color + Math.round(share * 255).toString(16).padStart(2, "0");

  function labelled(u, axis, min, max) {
    const room = Math.max(1, Math.floor(u.bboxWidth() / 64));
    const step = [1, 2, 4, 6, 8, 12, 24, 48, 96, 192, 384].find(candidate => periods / candidate <= room) ?? periods;
    const ticks = [];
    for (let at = 0; at < Math.max(periods, 1); at += step) if (at >= min && at <= max) ticks.push(at);
    return ticks;
  }

  // lines: { label, points: [[mean, low, high] | null per period], color, dash, band }
  function draw(box, { lines, unit, digits, fixed, target }) {
    const look = theme();
    const xs = data.periods.flatMap((_, period) => [period, period + 1]);
    const columns = [xs], bands = [], legendColors = [null];
    const series = [{ label: "\u2009", value: (u, v, si, idx) => idx == null ? "" : data.periods[idx >> 1] }];
    for (const line of lines) {
      const color = look.colors[line.color % look.colors.length];
      const at = columns.length;
      legendColors[at] = color;
      columns.push(stretched(line.points.map(point => point[0])));
      series.push({
        label: line.label, stroke: color, width: 2, dash: line.dash ? [6, 4] : undefined, points: { show: false },
        value: (u, v, si, idx) => {
          if (idx == null) return "";
          const [mean, low, high] = line.points[idx >> 1];
          return format(mean, unit, digits) + (line.band && low != null ? ` (${format(low, unit, digits)} to ${format(high, unit, digits)})` : "");
        },
      });
      if (!line.band || line.points.every(point => point[1] == null)) continue;
      for (const edge of [2, 1]) {
        columns.push(stretched(line.points.map(point => clamp(point[edge], unit))));
        series.push({ label: "", class: "edge", stroke: "transparent", width: 0, points: { show: false } });
      }
      bands.push({ series: [at + 1, at + 2], fill: alpha(color, 0.18) });
    }
    const top = Math.max(1e-9, ...columns.slice(1).flat().filter(value => value != null), target ?? 0);
    const plot = new uPlot({
      width: printing ? 480 : Math.max(260, box.clientWidth), height: 230, series, bands,
      legend: { live: true, markers: { width: 2, fill: (u, i) => u.series[i].dash ? "transparent" : legendColors[i], dash: (u, i) => u.series[i].dash ? "dashed" : "solid" } },
      cursor: { sync: { key: "periods" }, points: { show: false }, y: false, dataIdx: (u, si, closest, x) => 2 * Math.max(0, Math.min(periods - 1, Math.floor(x))), drag: { x: false, y: false } },
      scales: { x: { time: false, range: () => [0, periods] }, y: { range: () => fixed ?? [0, top * 1.06] } },
      axes: [
        { stroke: look.soft, grid: { stroke: look.grid, width: 1 }, ticks: { stroke: look.grid, width: 1 }, font: "12px system-ui, sans-serif", size: 34, splits: (u, axis, min, max) => labelled(u, axis, min, max), values: (u, ticks) => ticks.map(tick => data.periods[tick] ?? "") },
        { stroke: look.soft, grid: { stroke: look.grid, width: 1 }, ticks: { stroke: look.grid, width: 1 }, font: "12px system-ui, sans-serif", size: 54, values: (u, ticks) => ticks.map(tick => unit === "share" ? `${Math.round(tick * 100)} %` : tick.toLocaleString("en") + (unit === "seconds" ? " s" : "")) },
      ],
      hooks: { init: [u => { u.bboxWidth = () => u.width - 70; }], draw: target == null ? [] : [u => dashed(u, target, look.target)] },
    }, columns, box);
    plots.push(plot);
  }

  function dashed(u, value, color) {
    const y = u.valToPos(value, "y", true);
    u.ctx.save();
    u.ctx.strokeStyle = color;
    u.ctx.setLineDash([4, 4]);
    u.ctx.beginPath();
    u.ctx.moveTo(u.bbox.left, y);
    u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
    u.ctx.stroke();
    u.ctx.restore();
  }

  const clamp = (value, unit) => value == null ? null : Math.max(0, unit === "share" ? Math.min(1, value) : value);

  const contactLines = (metrics, name) => [data.first, data.other].flatMap((side, which) => {
    const subject = side?.contacts.find(candidate => candidate.name === name);
    return subject == null ? [] : metrics.filter(([metric]) => metric !== "blocked" || subject.metrics.blocked.some(point => point[0] > 0)).map(([metric, color]) => ({
      label: data.other ? (metrics.length > 1 ? `${metric}, ` : "") + (which ? "other" : "first") : metrics.length > 1 ? metric : "mean",
      points: subject.metrics[metric], color: metrics.length > 1 ? color : which, dash: which === 1, band: metrics.length === 1,
    }));
  });

  const groupLines = (metric, band) => {
    const names = [...new Set([data.first, data.other].flatMap(side => side?.groups.map(group => group.name) ?? []))];
    return [data.first, data.other].flatMap((side, which) => (side?.groups ?? []).map(group => ({
      label: group.name + (data.other ? (which ? ", other" : ", first") : ""),
      points: group.metrics[metric], color: names.indexOf(group.name), dash: which === 1, band,
    })));
  };

  function drawAll() {
    for (const plot of plots.splice(0)) plot.destroy();
    const name = pick.value;
    const box = id => document.getElementById(id);
    draw(box("contacts"), { lines: contactLines([["arrived", 6], ["served", 0], ["abandoned", 1], ["blocked", 3]], name), unit: "contacts", digits: 1 });
    draw(box("level"), { lines: contactLines([["serviceLevel"]], name), unit: "share", digits: 1, fixed: [0, 1.02], target: data.target });
    draw(box("wait"), { lines: contactLines([["meanWaitSeconds"]], name), unit: "seconds", digits: 1 });
    draw(box("queue"), { lines: contactLines([["meanQueueLength"]], name), unit: "contacts", digits: 2 });
    draw(box("agents"), { lines: groupLines("meanAgents", false), unit: "agents", digits: 1 });
    draw(box("occupancy"), { lines: groupLines("occupancy", true), unit: "share", digits: 1, fixed: [0, 1.02] });
  }

  let width = 0;
  new ResizeObserver(() => {
    if (printing || width === document.body.clientWidth) return;
    width = document.body.clientWidth;
    drawAll();
  }).observe(document.body);
  pick.addEventListener("change", drawAll);
  darkness.addEventListener("change", drawAll);
  addEventListener("beforeprint", () => { printing = true; drawAll(); });
  addEventListener("afterprint", () => { printing = false; drawAll(); });
})();
