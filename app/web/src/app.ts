/** What every page needs a script for: keys, undo's countdown, print, filters that apply themselves. All works without it. */
import "htmx.org";
import { listenForKeys } from "./keys";
import { askWhich } from "./kin";

function submitOnChange(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-submit-on-change]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}

function printOnAsk(): void {
  document.querySelector("[data-print]")?.addEventListener("click", () => {
    for (const details of document.querySelectorAll("main details:not(.dismiss)")) details.setAttribute("open", "");
    window.print();
  });
}

/** Counts the seconds in which a decision can be taken back, then removes the offer: the server refuses it by then. */
function countDown(): void {
  const offer = document.querySelector<HTMLElement>("[data-undo]");
  const left = offer?.querySelector<HTMLElement>("[data-undo-left]");
  if (!offer || !left) return;
  const end = Date.now() + Number(offer.dataset["undo"]) * 1000;
  const tick = window.setInterval(() => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds > 0) {
      left.textContent = (left.dataset["undoLeft"] ?? "#").replace("#", String(seconds));
      return;
    }
    window.clearInterval(tick);
    offer.querySelector("form")?.remove();
    left.remove();
  }, 250);
}

/** On a phone the sections are a strip: the current one has to be seen. */
function showSection(): void {
  const strip = document.querySelector<HTMLElement>(".side nav");
  const current = strip?.querySelector<HTMLElement>("[aria-current]");
  if (strip && current) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - 16;
}

showSection();
submitOnChange();
printOnAsk();
countDown();
askWhich();
listenForKeys();
