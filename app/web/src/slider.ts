/** The date under the graph: ticks where something changed, the slider between them, the day in words. */
import { dayOf, isoOf, text, written, type Page } from "./scene";

const STEPS = 1000;
const SVG = "http://www.w3.org/2000/svg";

export class DateSlider {
  private readonly input = document.querySelector<HTMLInputElement>("[data-slider]") as HTMLInputElement;
  private readonly words = document.querySelector<HTMLElement>("[data-day]") as HTMLElement;
  private readonly ticks = document.querySelector<SVGElement>("[data-ticks]") as SVGElement;
  private first = 0;
  private last = 0;
  day: number | null;

  constructor(
    private readonly page: Page,
    private readonly changed: (day: number | null) => void,
  ) {
    this.day = page.asOf ? dayOf(page.asOf) : null;
    this.input.addEventListener("input", () => this.read());
    this.input.addEventListener("keydown", (event) => this.jump(event));
  }

  /** Ticks for these days; the right end of the slider means «at any time». */
  draw(changes: Map<number, number>): void {
    const days = [...changes.keys()].sort((a, b) => a - b);
    this.ticks.replaceChildren();
    this.input.disabled = days.length === 0;
    if (days.length === 0) return;
    const today = serial(dayOf(new Date().toISOString().slice(0, 10)));
    this.first = serial(days[0] as number) - 90;
    this.last = Math.max(serial(days[days.length - 1] as number), today) + 60;
    const most = Math.max(...changes.values());
    for (const day of days) {
      const height = 5 + 11 * ((changes.get(day) ?? 1) / most);
      const line = document.createElementNS(SVG, "line");
      const x = `${(this.place(day) / STEPS) * 100}%`;
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      line.setAttribute("y1", String(18 - height));
      line.setAttribute("y2", "18");
      const title = document.createElementNS(SVG, "title");
      title.textContent = written(day);
      line.append(title);
      this.ticks.append(line);
    }
    this.input.value = String(this.day === null ? STEPS : this.place(this.day));
    this.say();
  }

  private read(): void {
    const value = Number(this.input.value);
    this.day = value >= STEPS ? null : dayFrom(this.first + (value / STEPS) * (this.last - this.first));
    this.say();
    this.changed(this.day);
  }

  /** PageUp and PageDown move by a month, where the arrows move by a thousandth of the axis. */
  private jump(event: KeyboardEvent): void {
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    const from = this.day === null ? this.last : serial(this.day);
    const to = from + (event.key === "PageUp" ? 30 : -30);
    this.input.value = String(Math.round(((to - this.first) / (this.last - this.first)) * STEPS));
    this.read();
  }

  private place(day: number): number {
    return Math.max(0, Math.min(STEPS, Math.round(((serial(day) - this.first) / (this.last - this.first)) * STEPS)));
  }

  private say(): void {
    const words = this.day === null ? text(this.page, "anyDay") : written(this.day);
    this.words.textContent = words;
    this.input.setAttribute("aria-valuetext", words);
    const address = new URL(window.location.href);
    if (this.day === null) address.searchParams.delete("as_of");
    else address.searchParams.set("as_of", isoOf(this.day));
    window.history.replaceState(window.history.state, "", address);
  }
}

function serial(day: number): number {
  return Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100) / 86400000;
}

function dayFrom(days: number): number {
  return dayOf(new Date(Math.round(days) * 86400000).toISOString().slice(0, 10));
}
