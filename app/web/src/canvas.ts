/** The graph on the canvas: scenes come in, a day is chosen, a thing is selected. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { declutter } from "./labels";
import { badge, look } from "./look";
import { heldOn, type EdgeLook, type Scene } from "./scene";

cytoscape.use(fcose);

/** cytoscape adds an inline style sheet, which our content policy refuses, unless one with its id is there: explorer.css has its one rule. */
function standInForStyleSheet(): void {
  const marker = document.createElement("meta");
  marker.id = "__________cytoscape_stylesheet";
  document.head.append(marker);
}

export class Canvas {
  readonly graph: cytoscape.Core;
  private day: number | null = null;
  private waiting = 0;
  private scaling = 0;
  private k = 1;

  constructor(stage: HTMLElement) {
    standInForStyleSheet();
    this.graph = cytoscape({
      container: stage,
      style: look(1),
      minZoom: 0.08,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    this.graph.on("mouseover", "node, edge", (event) => this.near(event.target, true));
    this.graph.on("mouseout", "node, edge", (event) => this.near(event.target, false));
    this.graph.on("zoom", () => this.rescale());
    this.graph.on("dragfree", "node", () => this.tidy());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
    new ResizeObserver(() => this.graph.resize()).observe(stage);
  }

  /** Adds a scene to what is shown (or replaces it) and lays it out; what was there keeps about its place. */
  show(scene: Scene, options: { replace?: boolean } = {}): void {
    if (options.replace) this.graph.elements().remove();
    const old = this.graph.nodes().map((node) => node.id());
    this.graph.batch(() => {
      this.retire(scene);
      for (const node of scene.nodes) this.addNode(node);
      for (const edge of scene.edges) this.addEdge(edge);
    });
    this.arrange(scene.path, old);
    this.setDay(this.day);
  }

  /** Makes one path the strongest: the only saturated line on the canvas. */
  follow(path: readonly string[]): void {
    this.graph.elements().removeClass("hot path");
    for (const id of path) {
      const edge = this.graph.getElementById(id);
      edge.addClass("hot");
      edge.connectedNodes().addClass("path");
    }
  }

  /** Shows what is true on a day; null shows everything at once. Returns how many ties hold. */
  setDay(day: number | null): number {
    this.day = day;
    let holding = 0;
    this.graph.batch(() => {
      for (const edge of this.graph.edges().toArray() as cytoscape.EdgeSingular[]) {
        const held = heldOn(edge.data("span") as number[], day);
        edge.toggleClass("off", held === "no");
        edge.toggleClass("unsure", held === "unsure");
        if (held !== "no" && !edge.hasClass("tether")) holding += 1;
      }
      for (const node of this.graph.nodes().toArray() as cytoscape.NodeSingular[]) {
        const tied = node.connectedEdges().not(".off").nonempty();
        node.toggleClass("off", !tied && node.connectedEdges().nonempty() && !node.hasClass("focus"));
      }
    });
    this.tidy();
    return holding;
  }

  select(id: string): void {
    this.graph.elements().unselect();
    this.graph.getElementById(id).select();
  }

  selected(): cytoscape.NodeSingular | null {
    const chosen = this.graph.nodes(":selected");
    return chosen.nonempty() ? (chosen[0] as cytoscape.NodeSingular) : null;
  }

  /** The neighbour in a direction of the screen, for the arrow keys; without a selection, the focus. */
  step(dx: number, dy: number): string | null {
    const from = this.selected() ?? (this.graph.nodes(".focus, .path")[0] as cytoscape.NodeSingular | undefined) ?? null;
    if (!from) return this.graph.nodes()[0]?.id() ?? null;
    const here = from.position();
    let best: { id: string; cost: number } | null = null;
    for (const node of from.neighborhood("node").not(".off").toArray() as cytoscape.NodeSingular[]) {
      const there = node.position();
      const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      if (along > 4 && (!best || along + 2 * aside < best.cost)) best = { id: node.id(), cost: along + 2 * aside };
    }
    return best?.id ?? null;
  }

  /** Everything that is shown, between the bars above and below; from places alone, since boxes of a thousand labels take a second. */
  fit(): void {
    const nodes = this.graph.nodes().not(".off").toArray() as cytoscape.NodeSingular[];
    if (nodes.length === 0) return;
    const xs = nodes.map((node) => node.position().x);
    const ys = nodes.map((node) => node.position().y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const margin = this.narrow() ? { side: 74, top: 128, bottom: 178 } : { side: 100, top: 96, bottom: 150 };
    const room = { x: this.graph.width() - 2 * margin.side, y: this.graph.height() - margin.top - margin.bottom };
    const zoom = Math.min(1.25, room.x / Math.max(1, right - left), room.y / Math.max(1, bottom - top));
    const level = Math.max(this.graph.minZoom(), zoom);
    const pan = {
      x: margin.side + room.x / 2 - (level * (left + right)) / 2,
      y: margin.top + room.y / 2 - (level * (top + bottom)) / 2,
    };
    this.graph.viewport({ zoom: level, pan });
    this.rescale();
  }

  /** A disc that was opened goes; one whose count changed is drawn anew. */
  private retire(scene: Scene): void {
    const owners = new Set(scene.nodes.map((node) => node.id));
    for (const disc of this.graph.nodes(".hub").toArray() as cytoscape.NodeSingular[]) {
      if (owners.has(disc.data("owner") as string) && scene.focus === disc.data("owner")) disc.remove();
    }
  }

  private addNode(node: Scene["nodes"][number]): void {
    const known = this.graph.getElementById(node.id);
    if (known.nonempty()) return;
    const data = { ...node, badge: node.family === "hub" ? badge(node.count) : "" };
    this.graph.add({ group: "nodes", data, classes: node.classes });
  }

  private addEdge(edge: EdgeLook): void {
    if (this.graph.getElementById(edge.id).nonempty()) return;
    this.graph.add({ group: "edges", data: { ...edge }, classes: edge.classes });
  }

  /** fcose, with the path read from left to right (on a phone from above); known places are the start of the new picture. */
  private arrange(path: readonly string[], old: readonly string[]): void {
    const chain = this.chain(path);
    const fresh = old.length === 0;
    const tall = this.narrow();
    const many = this.many();
    if (fresh) this.place(chain, tall);
    const places = chain.slice(1).map((next, index) => {
      const from = chain[index] as string;
      return tall ? { top: from, bottom: next, gap: 90 } : { left: from, right: next, gap: 140 };
    });
    const options = {
      name: "fcose",
      quality: many ? "default" : "proof",
      animate: false,
      randomize: false, // from the places given: the same question gives the same picture
      fit: false,
      nodeSeparation: 90,
      idealEdgeLength: 150,
      nodeRepulsion: 14000,
      edgeElasticity: 0.25,
      gravity: 0.18,
      numIter: many ? 300 : 3000,
      nodeDimensionsIncludeLabels: !many,
      relativePlacementConstraint: fresh ? places : undefined,
      fixedNodeConstraint: fresh ? undefined : this.pinned(old),
    };
    this.graph.layout(options as unknown as cytoscape.LayoutOptions).run();
    this.fit();
  }

  /** Where things start from: the path on a shallow arc, everything else around what it is tied to. */
  private place(chain: readonly string[], tall: boolean): void {
    const done = new Set<string>();
    const put = (id: string, x: number, y: number): void => {
      this.graph.getElementById(id).position({ x, y });
      done.add(id);
    };
    const middle = (chain.length - 1) / 2;
    const heart = tall ? { x: -60, y: middle * 150 } : { x: middle * 150, y: 40 };
    chain.forEach((id, index) => {
      const along = index * 150;
      const aside = -Math.sin((Math.PI * index) / Math.max(1, chain.length - 1)) * 90 * Math.min(1, middle);
      if (tall) put(id, -aside, along);
      else put(id, along, aside);
    });
    const queue = chain.length > 0 ? [...chain] : this.graph.nodes().slice(0, 1).map((node) => node.id());
    for (const id of queue) {
      if (!done.has(id)) put(id, 0, 0);
      const here = this.graph.getElementById(id) as unknown as cytoscape.NodeSingular;
      const around = (here.neighborhood("node").toArray() as cytoscape.NodeSingular[]).filter((node) => !done.has(node.id()));
      const turns: [string, number, number][] = [];
      around.forEach((node, index) => {
        const { x, y } = here.position();
        const away = done.size === 1 ? 0 : Math.atan2(y - heart.y, x - heart.x);
        const fan = done.size === 1 ? 2 * Math.PI : Math.PI * 0.9; // all around a lone thing, else on the outer side of the path
        const angle = away - fan / 2 + (fan * (index + 0.5)) / around.length;
        turns.push([node.id(), x + 150 * Math.cos(angle), y + 150 * Math.sin(angle)]);
        queue.push(node.id());
      });
      for (const [next, x, y] of turns) put(next, x, y);
    }
    let left = 0;
    for (const node of this.graph.nodes().toArray() as cytoscape.NodeSingular[]) if (!done.has(node.id())) put(node.id(), 160 * left++, 320);
  }

  /** So many that speed comes before beauty, and shapes before letters. */
  private many(): boolean {
    return this.graph.nodes().length > 150;
  }

  private narrow(): boolean {
    return this.graph.width() < 600;
  }

  private pinned(old: readonly string[]): { nodeId: string; position: cytoscape.Position }[] {
    return old
      .map((id) => this.graph.getElementById(id))
      .filter((node) => node.nonempty())
      .map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
  }

  /** The nodes of a path in order; a path that closes on its first node (official → … → event ← official) stops before it. */
  private chain(path: readonly string[]): string[] {
    const order: string[] = [];
    for (const id of path) {
      const edge = this.graph.getElementById(id);
      if (edge.empty()) continue;
      const ends = [edge.data("source") as string, edge.data("target") as string];
      const [first = "", second = ""] = ends;
      if (order.length === 0) order.push(first, second);
      else if (order.length === 2 && ends.includes(order[0] as string) && !ends.includes(order[1] as string)) {
        order.reverse();
        order.push(ends.find((end) => end !== order[1]) as string);
      } else order.push(ends.find((end) => end !== order[order.length - 1]) as string);
    }
    return [...new Set(order)];
  }

  private near(one: cytoscape.EdgeSingular | cytoscape.NodeSingular, on: boolean): void {
    one.toggleClass("near", on);
    (one.group() === "nodes" ? (one as cytoscape.NodeSingular).connectedEdges() : (one as cytoscape.EdgeSingular).connectedNodes()).toggleClass("near", on);
  }

  private tidy(): void {
    window.cancelAnimationFrame(this.waiting);
    this.waiting = window.requestAnimationFrame(() => declutter(this.graph, this.k));
  }

  /** Keeps sizes on the screen while the zoom changes; once a frame, and only for a change one can see. */
  private rescale(): void {
    const k = Math.min(this.many() ? 1.2 : 2.6, Math.max(0.7, 1 / this.graph.zoom()));
    if (Math.abs(k - this.k) / this.k < 0.04) return;
    this.k = k;
    window.cancelAnimationFrame(this.scaling);
    this.scaling = window.requestAnimationFrame(() => {
      this.graph.style(look(k));
      this.tidy();
    });
  }

  private restyle(): void {
    this.graph.style(look(this.k));
    for (const hub of this.graph.nodes(".hub").toArray() as cytoscape.NodeSingular[]) hub.data("badge", badge(hub.data("count") as number));
    this.tidy();
  }
}
