/** The same graph as a list: every tie a row, every name a button, for keyboards and screen readers. */
import type cytoscape from "cytoscape";
import { heldOn, text, written, type EdgeLook, type Page } from "./scene";

export function writeList(body: HTMLElement, graph: cytoscape.Core, page: Page, day: number | null, select: (id: string) => void): void {
  const edges = graph.edges().not(".tether").toArray() as cytoscape.EdgeSingular[];
  edges.sort((a, b) => Number(b.hasClass("hot")) - Number(a.hasClass("hot")));
  body.replaceChildren(...edges.map((edge) => row(edge, page, day, select)));
}

function row(edge: cytoscape.EdgeSingular, page: Page, day: number | null, select: (id: string) => void): HTMLTableRowElement {
  const data = edge.data() as EdgeLook;
  const line = document.createElement("tr");
  line.classList.toggle("hot", edge.hasClass("hot"));
  line.classList.toggle("off", heldOn(data.span, day) === "no");
  line.append(cell(name(edge.source(), select)), cell(data.label), cell(name(edge.target(), select)), cell(dates(data, page)), cell(...sources(data)));
  return line;
}

function cell(...content: (Node | string)[]): HTMLTableCellElement {
  const one = document.createElement("td");
  one.append(...content);
  return one;
}

function name(node: cytoscape.NodeSingular, select: (id: string) => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "linkish";
  button.textContent = node.data("name") as string;
  button.addEventListener("click", () => select(node.id()));
  return button;
}

function dates(edge: EdgeLook, page: Page): string {
  const start = edge.start ? written(edge.start) : "";
  const end = edge.end ? written(edge.end) : "";
  if (start && end) return text(page, "fromTo", start, end);
  if (end) return text(page, "until", end);
  if (edge.span[0] === 0 && edge.span[1] === 0) return text(page, "fromBirth");
  return start ? text(page, "since", start) : text(page, "unknownStart");
}

function sources(edge: EdgeLook): (Node | string)[] {
  return edge.sources.flatMap((source, index) => {
    const comma = index > 0 ? [", "] : [];
    if (!source.record) return [...comma, source.label];
    const link = document.createElement("a");
    link.href = `/records/${encodeURIComponent(source.record)}`;
    link.textContent = source.label;
    return [...comma, link];
  });
}
