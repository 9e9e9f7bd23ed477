/** The explorer's page: the canvas, its date, its list and the panel of what is selected, tied together. */
import htmx from "htmx.org";
import { neighbours, paths } from "./api";
import { Canvas } from "./canvas";
import { writeList } from "./list";
import { text, type FoundPath, type Page, type Scene } from "./scene";
import { DateSlider } from "./slider";

const page = JSON.parse(document.getElementById("scene-data")?.textContent ?? "{}") as Page;
const find = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
const stage = find<HTMLElement>("#stage");
const panel = find<HTMLElement>("#panel");
const say = find<HTMLElement>("[data-say]");
const list = find<HTMLElement>("[data-list]");

const canvas = new Canvas(stage);
const slider = new DateSlider(page, () => redate());
let found: FoundPath[] = [];
let turn = 0;

function tell(key: string | null): void {
  say.hidden = key === null;
  if (key !== null) say.textContent = text(page, key);
}

function redate(): void {
  const holding = canvas.setDay(slider.day);
  tell(holding === 0 && canvas.graph.edges().nonempty() ? "emptyDay" : null);
  relist();
}

/** The list is written when it is looked at. */
function relist(): void {
  if (list.hidden) return;
  writeList(find("[data-list] tbody"), canvas.graph, page, slider.day, choose);
}

function retick(): void {
  const changes = new Map<number, number>();
  for (const edge of canvas.graph.edges().not(".tether").toArray()) {
    const [startLow, startHigh, endLow, endHigh] = edge.data("span") as [number, number, number, number];
    for (const day of [startLow === startHigh ? startLow : 0, endLow === endHigh ? endLow : 0]) {
      if (day > 0 && day < 99999999) changes.set(day, (changes.get(day) ?? 0) + 1);
    }
  }
  slider.draw(changes);
}

function show(scene: Scene, replace = false): void {
  canvas.show(scene, { replace });
  if (scene.path.length > 0) canvas.follow(scene.path);
  retick();
  redate();
  if (scene.more) tell("more");
}

/** Selects a thing and asks the server for its panel. */
function choose(id: string): void {
  canvas.select(id);
  const query = new URLSearchParams({ id });
  if (page.knownOn) query.set("known_on", page.knownOn);
  void htmx.ajax("get", `/explorer/panel?${query}`, { target: "#panel", swap: "innerHTML" });
}

async function expand(id: string, kinds: string[]): Promise<void> {
  tell("loading");
  try {
    const scene = await neighbours(id, kinds, page.knownOn);
    tell(null);
    show(scene);
    canvas.select(id);
  } catch {
    tell("failed");
  }
}

async function nextPath(): Promise<void> {
  if (!page.target) return;
  try {
    if (found.length === 0) found = await paths(page.source, page.target, page.asOf, page.knownOn);
  } catch {
    tell("failed");
    return;
  }
  const next = found[(turn = (turn + 1) % Math.max(1, found.length))];
  if (!next) return;
  show(next.scene, true);
  find("[data-path-n]").textContent = text(page, "pathN", String(turn + 1), String(found.length));
}

canvas.graph.on("tap", "node", (event) => {
  const node = event.target;
  if (node.hasClass("hub")) void expand(node.data("owner") as string, [node.data("kind") as string]);
  else choose(node.id() as string);
});
canvas.graph.on("dbltap", "node", (event) => void expand(event.target.id() as string, []));

stage.addEventListener("keydown", (event) => {
  const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const arrow = arrows[event.key];
  const selected = canvas.selected();
  if (arrow) {
    event.preventDefault();
    const id = canvas.step(...arrow);
    if (id) canvas.graph.getElementById(id).hasClass("hub") ? canvas.select(id) : choose(id);
  } else if (event.key === "Enter" && selected) {
    event.preventDefault();
    if (selected.hasClass("hub")) void expand(selected.data("owner") as string, [selected.data("kind") as string]);
    else void expand(selected.id(), []);
  }
});

panel.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  event.preventDefault();
  if (!form.matches("[data-expand]")) return;
  const fields = new FormData(form);
  void expand(String(fields.get("id")), fields.getAll("kind").map(String));
});

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-view]")) {
  button.addEventListener("click", () => {
    const asList = button.dataset["view"] === "list";
    for (const one of document.querySelectorAll("[data-view]")) one.setAttribute("aria-pressed", String(one === button));
    list.hidden = !asList;
    stage.hidden = asList;
    relist();
    if (!asList) canvas.fit();
  });
}
find("[data-fit]").addEventListener("click", () => canvas.fit());
document.querySelector("[data-path-next]")?.addEventListener("click", () => void nextPath());

// text is measured once: the fonts have to be there first
void document.fonts.ready.then(() => {
  show(page.scene);
  canvas.select(page.source);
  if (page.target && page.scene.path.length === 0) tell("pathNone");
  document.documentElement.dataset["graph"] = "ready";
});
