/** A word of kin that means two ties asks which, as soon as it is typed. Without a script the server asks. */
export function askWhich(): void {
  const word = document.querySelector<HTMLInputElement>("[data-kin-word]");
  if (!word) return;
  const asks = document.querySelectorAll<HTMLFieldSetElement>("[data-ambiguous]");
  const show = (): void => {
    const typed = word.value.trim().toLowerCase();
    for (const ask of asks) ask.hidden = ask.disabled = ask.dataset["ambiguous"] !== typed;
  };
  word.addEventListener("input", show);
  show();
}
