/** The scene as the server sends it (visualizations/scene.py), and what holds on a day. */
export interface NodeLook {
  id: string;
  label: string;
  name: string;
  note: string;
  family: string;
  classes: string;
  count: number;
  owner: string;
  kind: string;
}

export interface SourceLook {
  label: string;
  record: string | null;
}

export interface EdgeLook {
  id: string;
  source: string;
  target: string;
  label: string;
  classes: string;
  span: [number, number, number, number];
  start: string | null;
  end: string | null;
  sources: SourceLook[];
}

export interface Scene {
  nodes: NodeLook[];
  edges: EdgeLook[];
  changes: { day: number; x: number; height: number }[];
  path: string[];
  focus: string | null;
  more: string | null;
}

export interface FoundPath {
  words: string;
  strength: number;
  scene: Scene;
}

export interface Page {
  scene: Scene;
  asOf: string | null;
  knownOn: string | null;
  source: string;
  target: string | null;
  language: string;
  texts: Record<string, string>;
}

export type Held = "yes" | "no" | "unsure";

/** The rule of domain/spans.py: a half-open span whose ends may be known, partial or unknown. */
export function heldOn(span: readonly number[], day: number | null): Held {
  if (day === null) return "yes";
  const [startLow = 0, startHigh = 0, endLow = 0, endHigh = 0] = span;
  if (startHigh <= day && day < endLow) return "yes";
  if (startLow > day || endHigh <= day) return "no";
  return "unsure";
}

export function dayOf(iso: string): number {
  return Number(iso.replaceAll("-", ""));
}

export function isoOf(day: number): string {
  const text = String(day).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

export function written(day: number | string): string {
  return (typeof day === "number" ? isoOf(day) : day).split("-").reverse().join(".");
}

export function text(page: Page, key: string, ...values: string[]): string {
  const template = page.texts[key] ?? key;
  const [first = "", second = ""] = values;
  return template.replace("##", second).replace("#", first);
}
