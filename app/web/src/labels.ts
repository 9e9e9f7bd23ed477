/** Labels never overlap: the less telling of two that meet is hidden until its node or edge is pointed at. */
import type cytoscape from "cytoscape";

type One = cytoscape.EdgeSingular | cytoscape.NodeSingular;

interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export function declutter(graph: cytoscape.Core, k: number): void {
  graph.batch(() => {
    const shown = graph.elements().filter((one) => !one.hasClass("off") && one.data("label") !== "");
    shown.removeClass("mute");
    const discs = graph.nodes().not(".off").toArray() as cytoscape.NodeSingular[];
    const taken: Box[] = discs.map((node) => inflate(node.boundingBox({ includeLabels: false, includeOverlays: false }), 1));
    const labels = (shown.toArray() as One[]).map((one) => ({ one, box: labelBox(one, k), rank: rank(one) })).sort((a, b) => a.rank - b.rank);
    for (const { one, box } of labels) {
      const own = isNode(one) ? inflate(one.boundingBox({ includeLabels: false, includeOverlays: false }), 1) : null;
      const clash = taken.some((other) => meet(box, other) && !(own && same(own, other)));
      if (clash) one.addClass("mute");
      else taken.push(box);
    }
  });
}

function isNode(one: One): one is cytoscape.NodeSingular {
  return one.group() === "nodes";
}

function rank(one: One): number {
  if (isNode(one)) return one.hasClass("focus") ? 0 : one.hasClass("path") ? 1 : one.hasClass("hub") ? 4 : 2;
  return one.hasClass("hot") ? 3 : 5;
}

function labelBox(one: One, k: number): Box {
  // the box of the label alone: of a node it hangs below, of an edge it sits on the middle
  const size = (isNode(one) ? 12.5 : 11.5) * k;
  const lines = String(one.data("label")).split("\n");
  const wide = Math.min((isNode(one) ? 190 : 140) * k, Math.max(...lines.map((line) => line.length)) * size * 0.61);
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * size * 0.61) / (190 * k))), 0);
  const tall = rows * size * 1.25;
  if (isNode(one)) {
    const { x, y } = one.position();
    const top = y + one.height() / 2 + 7 * k;
    return { x1: x - wide / 2, x2: x + wide / 2, y1: top, y2: top + tall };
  }
  const middle = one.midpoint();
  return { x1: middle.x - wide / 2, x2: middle.x + wide / 2, y1: middle.y - tall / 2, y2: middle.y + tall / 2 };
}

function inflate(box: Box, by: number): Box {
  return { x1: box.x1 - by, y1: box.y1 - by, x2: box.x2 + by, y2: box.y2 + by };
}

function meet(a: Box, b: Box): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

function same(a: Box, b: Box): boolean {
  return a.x1 === b.x1 && a.y1 === b.y1 && a.x2 === b.x2 && a.y2 === b.y2;
}
