/** Asks the server for parts of the graph. A refusal (signed out, no purpose) reloads the page, which knows what to do. */
import type { FoundPath, Scene } from "./scene";

async function ask<T>(address: string): Promise<T> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) {
    window.location.assign(elsewhere);
    return new Promise<T>(() => undefined);
  }
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return (await response.json()) as T;
}

export function neighbours(id: string, kinds: string[], knownOn: string | null): Promise<Scene> {
  const query = new URLSearchParams({ id });
  for (const kind of kinds) query.append("kind", kind);
  if (knownOn) query.set("known_on", knownOn);
  return ask<Scene>(`/explorer/scene?${query}`);
}

export async function paths(source: string, target: string, asOf: string | null, knownOn: string | null): Promise<FoundPath[]> {
  const query = new URLSearchParams({ source, target });
  if (asOf) query.set("as_of", asOf);
  if (knownOn) query.set("known_on", knownOn);
  return (await ask<{ paths: FoundPath[] }>(`/explorer/paths?${query}`)).paths;
}
