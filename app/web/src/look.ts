/** The look of the canvas, from the same colours as the page; read again when light and dark change. */
import type cytoscape from "cytoscape";

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const FAMILIES: Record<string, { shape: cytoscape.Css.NodeShape; size: number; points?: string }> = {
  official: { shape: "ellipse", size: 24 },
  person: { shape: "ellipse", size: 26 },
  firm: { shape: "round-rectangle", size: 26 },
  body: { shape: "hexagon", size: 30 },
  event: { shape: "polygon", size: 26, points: "-0.8 -1 0.25 -1 0.8 -0.45 0.8 1 -0.8 1" },
  case: { shape: "diamond", size: 30 },
  thing: { shape: "rectangle", size: 20 },
};

/** `k` undoes the zoom: shapes, lines and letters keep their size on the screen, only the distances change. */
export function look(k: number): cytoscape.StylesheetJson {
  const halo = { "text-outline-color": colour("paper"), "text-outline-width": 2.5 * k, "text-outline-opacity": 1 };
  const font = getComputedStyle(document.body).fontFamily;
  const sheets: cytoscape.StylesheetJsonBlock[] = [
    {
      selector: "node",
      style: {
        label: "data(label)",
        "font-family": font,
        "font-size": 12.5 * k,
        "font-weight": 500,
        color: colour("ink"),
        "text-valign": "bottom",
        "text-margin-y": 7 * k,
        "text-wrap": "wrap",
        "text-max-width": `${190 * k}px`,
        "line-height": 1.25,
        "text-background-color": colour("paper"),
        "text-background-opacity": 0.82,
        "text-background-shape": "roundrectangle",
        "overlay-opacity": 0,
        ...halo,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.6 * k,
        "line-color": colour("line-2"),
        "curve-style": "bezier",
        "control-point-step-size": 36,
        label: "data(label)",
        "font-family": font,
        "font-size": 11.5 * k,
        color: colour("ink-2"),
        "text-wrap": "ellipsis",
        "text-max-width": `${140 * k}px`,
        "overlay-opacity": 0,
        ...halo,
      },
    },
  ];
  for (const [family, { shape, size, points }] of Object.entries(FAMILIES)) {
    sheets.push({
      selector: `node.${family}`,
      style: {
        shape,
        width: size * k,
        height: size * k,
        "background-color": colour(family),
        ...(points ? { "shape-polygon-points": points } : {}),
      },
    });
  }
  sheets.push(
    // an official has a ring: the gap is a border in the paper's colour, the ring an outline around it
    { selector: "node.official", style: { "border-width": 3 * k, "border-color": colour("paper"), "outline-width": 1.8 * k, "outline-color": colour("official") } },
    { selector: "node.thing", style: { "background-color": colour("paper"), "border-width": 2, "border-color": colour("thing") } },
    {
      selector: "node.hub",
      style: {
        shape: "ellipse",
        width: 38 * k,
        height: 38 * k,
        "background-color": colour("ink-3"),
        "font-weight": 400,
        "font-size": 11.5 * k,
        color: colour("ink-2"),
        "background-image": "data(badge)",
        "background-fit": "contain",
      },
    },
    { selector: "node.hypothesis", style: { "border-width": 2, "border-style": "dashed", "border-color": colour("ink-3"), "background-opacity": 0.35 } },
    { selector: "edge.tether", style: { "line-color": colour("line-2") } },
    { selector: "edge.hypothesis", style: { "line-style": "dashed", "line-dash-pattern": [4, 4] } },
    { selector: "edge.unsure", style: { "line-style": "dotted", width: 2 * k } },
    { selector: "edge.hot", style: { "line-color": colour("high"), width: 3.2 * k, "z-index": 5, color: colour("ink") } },
    { selector: "node.path", style: { "z-index": 6 } },
    { selector: ".off", style: { opacity: 0.13, "text-opacity": 0, "text-background-opacity": 0, events: "no" } },
    { selector: ".mute", style: { "text-opacity": 0, "text-outline-opacity": 0, "text-background-opacity": 0 } },
    { selector: ".near, .near.mute", style: { "text-opacity": 1, "text-outline-opacity": 1, "text-background-opacity": 1, "z-index": 9 } },
    { selector: "node:selected", style: { "underlay-color": colour("accent"), "underlay-opacity": 0.2, "underlay-padding": 9 * k, "underlay-shape": "ellipse" } },
    { selector: "edge:selected", style: { "line-color": colour("accent"), width: 3 * k } },
  );
  return sheets;
}

/** A hub's count as a picture: a node has one label, and it stands below. */
export function badge(count: number): string {
  const words = count > 9999 ? "9999+" : String(count);
  const size = words.length > 3 ? 11 : 13;
  const fill = colour("sheet");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="42" height="42"><text x="21" y="25.5" text-anchor="middle" font-family="sans-serif" font-weight="600" font-size="${size}" fill="${fill}">${words}</text></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
