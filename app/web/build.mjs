// Builds the page scripts, styles, fonts and icons into static/build, under names that carry a hash of their content.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "static", "build");
const root = join(here, "..", "..");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const result = await build({
  absWorkingDir: root,
  entryPoints: ["app.ts", "explorer.ts", "styles/main.css"].map((name) => join(here, "src", name)),
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true, // htmx stands once, in a part that both scripts load
  minify: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16.4"],
  loader: { ".woff2": "file" },
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (output.entryPoint) {
    manifest[basename(output.entryPoint).replace(/\.ts$/, ".js")] = basename(path);
  }
}
manifest["icons.svg"] = writeSprite();
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

/** One file with a symbol per icon (lucide) and per node family (ours), so that a page asks for it once. */
function writeSprite() {
  const names = JSON.parse(readFileSync(join(here, "src", "icons.json"), "utf8"));
  const symbols = names.map((name) => {
    const source = readFileSync(join(root, "node_modules", "lucide-static", "icons", `${name}.svg`), "utf8");
    const body = source.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    const look = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
    return `<symbol id="${name}" viewBox="0 0 24 24"><g ${look}>${body.replace(/\s+/g, " ").trim()}</g></symbol>`;
  });
  const families = JSON.parse(readFileSync(join(here, "src", "families.json"), "utf8"));
  for (const [name, body] of Object.entries(families)) {
    symbols.push(`<symbol id="f-${name}" viewBox="0 0 16 16">${body}</symbol>`);
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const name = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  writeFileSync(join(out, name), sprite);
  return name;
}
