import { CustomChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import * as echarts from "echarts/core";
import type { ComposeOption } from "echarts/core";
import type { CustomSeriesOption } from "echarts/charts";
import type { GridComponentOption } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

// Each picture is drawn from the table that stands below it. Without script, or when drawing fails, the table is all there is, and enough.
echarts.use([CustomChart, GridComponent, SVGRenderer]);

type Option = ComposeOption<CustomSeriesOption | GridComponentOption>;
type Shape = Record<string, unknown>;
type RenderItem = NonNullable<CustomSeriesOption["renderItem"]>;

const ink = "#1c2430";
const soft = "#505a68";
const faint = "#9a948a";
const hairline = "#e3ddd1";
const brand = "#0b5d5b";
const accent = "#b8472f";
const colours = ["#332288", "#1f7a6d", "#117733", "#8c6a16", "#b8475a", "#882255", "#2878a6"];
const font = "Inter, system-ui, sans-serif";

const number = (element: HTMLElement, key: string) => {
  const text = element.dataset[key];
  return text === undefined || text === "" ? undefined : Number(text);
};
const colourOf = (element: Element) => colours[Number(/\bd(\d)\b/.exec(element.className)?.[1] ?? 1) - 1];
const rowsOf = (table: HTMLElement) => [...table.querySelectorAll<HTMLElement>("tbody tr")];

/** The shapes of the tables' marks, around a point. */
function mark(shape: string, x: number, y: number, size: number, style: Shape): Shape {
  const points = (list: number[][]) => ({ type: "polygon", shape: { points: list.map(([dx, dy]) => [x + dx * size, y + dy * size]) }, style });
  switch (shape) {
    case "diamond": return points([[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]);
    case "square": return points([[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]]);
    case "triangle": return points([[0, -1.15], [1.15, 1], [-1.15, 1]]);
    case "down": return points([[0, 1.15], [1.15, -1], [-1.15, -1]]);
    case "bar": return points([[-0.42, -1.25], [0.42, -1.25], [0.42, 1.25], [-0.42, 1.25]]);
    case "ring": return { type: "circle", shape: { cx: x, cy: y, r: size * 0.85 }, style: { ...style, fill: "#fff", stroke: style.fill === "#fff" ? style.stroke : style.fill, lineWidth: size * 0.45 } };
    default: return { type: "circle", shape: { cx: x, cy: y, r: size }, style };
  }
}

const text = (content: string, x: number, y: number, style: Shape = {}): Shape =>
  ({ type: "text", x, y, style: { text: content, fill: ink, fontSize: 13, fontFamily: font, verticalAlign: "middle", ...style } });
const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth = 1, lineDash?: number[]): Shape =>
  ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth, lineDash } });
const band = (x1: number, x2: number, y: number, height: number, fill: string): Shape =>
  ({ type: "rect", shape: { x: x1, y: y - height / 2, width: Math.max(2, x2 - x1), height, r: height / 2 }, style: { fill, opacity: 0.18 } });

/** Everything drawn by hand into one series, in pixels. */
const drawn = (children: Shape[]): CustomSeriesOption => ({
  type: "custom",
  coordinateSystem: "none" as never,
  silent: true,
  data: [0],
  renderItem: (() => ({ type: "group", children })) as unknown as RenderItem,
});

interface Picture {
  height: number;
  option: Option;
}

/** Rows of dimensions on one scale; names beside them, or above where there is no room. */
function lanes(width: number, names: { name: string; colour: string }[], from: number, to: number, ticks: number[], label: (tick: number) => string) {
  const narrow = width < 620;
  const left = narrow ? 14 : 196;
  const right = width - (narrow ? 14 : 24);
  const top = 30;
  const step = narrow ? 62 : 46;
  const x = (value: number) => left + ((right - left) * (value - from)) / (to - from);
  const y = (row: number) => top + step * row + (narrow ? 40 : 24);
  const height = top + step * names.length + 12;
  const frame = [
    ...ticks.flatMap((tick) => [line(x(tick), top, x(tick), height - 6, hairline), text(label(tick), x(tick), 14, { align: "center", fill: soft, fontSize: 12 })]),
    ...names.map((entry, row) =>
      text(entry.name, narrow ? left : left - 16, narrow ? y(row) - 24 : y(row), { fill: entry.colour, fontWeight: 600, align: narrow ? "left" : "right", backgroundColor: narrow ? "#fff" : undefined })),
  ];
  return { x, y, height, frame };
}

const ticksOf = (lowest: number, highest: number) => {
  const step = highest - lowest > 6 ? 3 : 1;
  const ticks = [];
  for (let tick = lowest; tick < highest; tick += step) ticks.push(tick);
  if (highest - ticks[ticks.length - 1] < step / 2) ticks.pop();
  return [...ticks, highest];
};

/** Where groups see it differently: a mark for each group in each dimension; two of them, or those clearly apart, in colour. */
function groups(table: HTMLElement, width: number, figure: HTMLElement): Picture | undefined {
  const dimensions = [...table.querySelectorAll<HTMLElement>("thead th[data-key]")].map((th) => ({ name: th.textContent?.trim() ?? "", colour: colourOf(th) }));
  const rows = rowsOf(table).filter((row) => row.querySelectorAll("td[data-label]").length === dimensions.length);
  if (rows.length === 0) return undefined;
  const [lowest, highest] = [number(table, "lowest") ?? 1, number(table, "highest") ?? 12];
  const cells = rows.map((row) => [...row.querySelectorAll<HTMLElement>("td")]);
  const { first, second, named } = figure.dataset;
  const gap = (d: number) => {
    const means = rows.map((row, r) => (named || !first || row.dataset.key === first || row.dataset.key === second ? number(cells[r][d], "mean") : undefined)).filter((m) => m !== undefined);
    return means.length > 1 ? Math.max(...means) - Math.min(...means) : 0;
  };
  const order = dimensions.map((_, d) => d).sort((a, b) => gap(b) - gap(a));
  const { x, y, height, frame } = lanes(width, order.map((d) => dimensions[d]), lowest, highest, ticksOf(lowest, highest), String);
  const under: Shape[] = [];
  const over: Shape[] = [];
  order.forEach((d, lane) => {
    const ends: number[] = [];
    let above = true;
    rows.forEach((row, r) => {
      const cell = cells[r][d];
      const mean = number(cell, "mean");
      if (mean === undefined) return;
      const pair = row.dataset.key === first || row.dataset.key === second;
      const colour = row.dataset.key === first ? brand : accent;
      const [low, high] = [number(cell, "low"), number(cell, "high")];
      if (pair) {
        ends.push(mean);
        if (low !== undefined && high !== undefined) under.push(band(x(low), x(high), y(lane), 16, colour));
        over.push(mark(row.dataset.shape ?? "circle", x(mean), y(lane), 7, { fill: colour, stroke: "#fff", lineWidth: 1.5 }));
      } else if (named && cell.dataset.gap === "likely") {
        over.push(mark(row.dataset.shape ?? "circle", x(mean), y(lane), 7, { fill: brand, stroke: "#fff", lineWidth: 1.5 }));
        const near = x(mean) < width * 0.35 ? "left" : x(mean) > width * 0.75 ? "right" : "center";
        over.push(text(row.dataset.short ?? "", x(mean), y(lane) + (above ? -15 : 16), { align: near, fontSize: 12, fontWeight: 600, fill: brand, backgroundColor: "#fff" }));
        above = !above;
      } else under.push(mark(row.dataset.shape ?? "circle", x(mean), y(lane), 5, { fill: "#fff", stroke: faint, lineWidth: 1.5 }));
    });
    if (ends.length > 1) under.unshift(line(x(Math.min(...ends)), y(lane), x(Math.max(...ends)), y(lane), faint, 1.5));
  });
  return { height, option: { series: [drawn([...frame, ...under, ...over])] } };
}

/** Every statement by its average and by how far people agree. */
function statements(table: HTMLElement, width: number): Picture | undefined {
  const rows = rowsOf(table).filter((row) => number(row, "mean") !== undefined && number(row, "agreement") !== undefined);
  if (rows.length < 2) return undefined;
  // Only the part of the scale where statements lie, to whole points: thirty marks need the room.
  const means = rows.map((row) => number(row, "mean") ?? 0);
  const lowest = Math.max(number(table, "lowest") ?? 1, Math.floor(Math.min(...means) - 0.3));
  const highest = Math.min(number(table, "highest") ?? 12, Math.ceil(Math.max(...means) + 0.3));
  const height = Math.min(560, Math.max(380, width * 0.6));
  const box = { left: 24, right: width - 20, top: 40, bottom: height - 34 };
  const least = Math.min(0, ...rows.map((row) => number(row, "agreement") ?? 0));
  const x = (value: number) => box.left + ((box.right - box.left) * (value - lowest)) / (highest - lowest);
  const y = (value: number) => box.bottom - ((box.bottom - box.top) * (value - least)) / (1 - least);
  const corner = (content: string, right: boolean, up: boolean) =>
    text(content, right ? box.right : box.left, up ? box.top - 16 : box.bottom - 14, { align: right ? "right" : "left", fill: soft, fontSize: 12 });
  const small = width < 500;
  const frame = [
    ...ticksOf(lowest, highest).flatMap((tick) => [line(x(tick), box.top, x(tick), box.bottom, hairline), text(String(tick), x(tick), height - 20, { align: "center", fill: soft, fontSize: 12 })]),
    line(box.left, y(0), box.right, y(0), hairline),
    line(box.left, box.bottom, box.right, box.bottom, faint),
    line(box.left, box.top, box.left, box.bottom, faint),
    corner(small ? "see little, agree" : "People agree: they see little of it", false, true),
    corner(small ? "see much, agree" : "People agree: they see much of it", true, true),
    corner("People see it differently", false, false),
  ];
  const points = rows.flatMap((row) => {
    const [px, py] = [x(number(row, "mean") ?? 0), y(number(row, "agreement") ?? 0)];
    return [
      mark(row.dataset.shape ?? "circle", px, py, 6, { fill: colourOf(row), stroke: "#fff", lineWidth: 1 }),
      text(row.dataset.number ?? "", px + 9, py - 8, { fontSize: 11, fill: ink }),
    ];
  });
  return { height, option: { series: [drawn([...frame, ...points])] } };
}

/** The change of each dimension around zero, with its interval. */
function change(table: HTMLElement, width: number): Picture | undefined {
  const rows = rowsOf(table).filter((row) => number(row, "mean") !== undefined);
  if (rows.length === 0) return undefined;
  const reach = Math.ceil(Math.max(1, ...rows.flatMap((row) => ["mean", "low", "high"].map((key) => Math.abs(number(row, key) ?? 0)))));
  const ticks = [];
  for (let tick = -reach; tick <= reach; tick += reach > 4 ? 2 : 1) ticks.push(tick);
  const { x, y, height, frame } = lanes(width, rows.map((row) => ({ name: row.dataset.name ?? "", colour: colourOf(row) })), -reach, reach, ticks, (tick) => (tick > 0 ? "+" : tick < 0 ? "−" : "") + Math.abs(tick));
  const marks = rows.flatMap((row, lane) => {
    const [mean, low, high] = [number(row, "mean") ?? 0, number(row, "low"), number(row, "high")];
    const colour = colourOf(row);
    return [
      ...(low !== undefined && high !== undefined ? [band(x(low), x(high), y(lane), 16, colour), line(x(low), y(lane), x(high), y(lane), colour, 2)] : []),
      mark(row.dataset.shape ?? "circle", x(mean), y(lane), 7, { fill: colour, stroke: "#fff", lineWidth: 1.5 }),
    ];
  });
  return { height, option: { series: [drawn([...frame, line(x(0), 28, x(0), height - 6, soft, 1.5), ...marks])] } };
}

const pictures: Record<string, (table: HTMLElement, width: number, figure: HTMLElement) => Picture | undefined> = { groups, statements, change };

/** Our pages allow no inline styles: what the renderer writes as style becomes plain attributes. */
const plain = (svg: string) =>
  svg.replace(/<style[\s\S]*?<\/style>/g, "").replace(/ style="([^"]*)"/g, (_, style: string) =>
    style.split(";").map((part) => part.split(":")).filter((part) => part.length === 2).map(([key, value]) => ` ${key.trim()}="${value.trim()}"`).join(""));

function draw(figure: HTMLElement) {
  const drawing = figure.querySelector<HTMLElement>(".drawing");
  const table = document.getElementById(figure.dataset.table ?? "");
  const make = pictures[figure.dataset.picture ?? ""];
  if (!drawing || !table || !make) return;
  figure.hidden = false;
  const width = Math.floor(drawing.clientWidth);
  if (drawing.dataset.width === String(width)) return;
  const picture = width > 0 ? make(table, width, figure) : undefined;
  if (!picture) {
    figure.hidden = true;
    return;
  }
  drawing.dataset.width = String(width);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height: picture.height });
  chart.setOption({ animation: false, textStyle: { fontFamily: font }, ...picture.option });
  const svg = new DOMParser().parseFromString(plain(chart.renderToSVGString({ useViewBox: true })), "image/svg+xml").documentElement;
  chart.dispose();
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  drawing.replaceChildren(document.importNode(svg, true));
}

const figures = [...document.querySelectorAll<HTMLElement>("figure[data-picture]")];
const drawAll = () => {
  for (const figure of figures) {
    try {
      draw(figure);
    } catch {
      figure.hidden = true; // the table is there
    }
  }
};
document.fonts.ready.then(drawAll);
let waiting = 0;
addEventListener("resize", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(drawAll);
});
