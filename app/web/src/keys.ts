/** Keys: j and k through a list, Enter opens, / searches, and on a card the letter that its button shows, in either layout. */
const TYPED = "input, textarea, select, [contenteditable]";

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(TYPED)) return;
    if (event.code === "Slash" && event.key === "/") search(event);
    else if (!decide(event)) walk(event);
  });
}

function search(event: KeyboardEvent): void {
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>("form[role=search] input[type=search]");
  if (field) field.focus();
  else window.location.assign("/search");
}

/** The button with this letter; by the letter itself, or by the place of the key where the layout is another. */
function decide(event: KeyboardEvent): boolean {
  const moves = document.querySelector("[data-moves]");
  if (!moves || event.repeat) return false;
  const buttons = [...moves.querySelectorAll<HTMLElement>("[data-key]")];
  const pressed = event.key.toLowerCase();
  const button = buttons.find((b) => b.dataset["key"] === pressed) ?? buttons.find((b) => b.dataset["code"] === event.code);
  if (!button) return false;
  event.preventDefault();
  button.click();
  const dismissal = button.closest("details");
  if (dismissal?.open) dismissal.querySelector<HTMLElement>("input[type=radio], textarea")?.focus();
  return true;
}

function walk(event: KeyboardEvent): void {
  if (event.code !== "KeyJ" && event.code !== "KeyK") return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-pile] .list .s > a")];
  if (links.length === 0) return;
  const now = links.findIndex((link) => link === document.activeElement);
  const next = event.code === "KeyJ" ? Math.min(now + 1, links.length - 1) : Math.max(now - 1, 0);
  event.preventDefault();
  links[next]?.focus();
  links[next]?.closest("li")?.scrollIntoView({ block: "nearest" });
}
