// Builds static/build/: one stylesheet, one script, two fonts, one icon. `npm run build`.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";
import { logical } from "./logical.js";

const source = dirname(fileURLToPath(import.meta.url));
const root = join(source, "..", "..");
const target = join(root, "static", "build");
const modules = join(root, "node_modules");
const font = dirname(createRequire(import.meta.url).resolve("@fontsource/atkinson-hyperlegible-next/package.json"));

// Everything is made before anything is replaced, so that a running server misses its files only for a moment.
const css = compile(join(source, "scss", "app.scss"), {
  style: "compressed",
  charset: false,
  loadPaths: [join(modules, "govuk-frontend", "dist")],
});
const js = buildSync({
  entryPoints: ["app.js", "passkeys.js"].map((name) => join(source, "js", name)),
  outdir: target,
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  legalComments: "none",
  target: "es2018",
  write: false,
});

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
writeFileSync(join(target, "app.css"), logical(css.css));
for (const file of js.outputFiles) writeFileSync(file.path, file.contents);
for (const weight of ["400", "700"]) {
  const name = `atkinson-hyperlegible-next-latin-${weight}-normal.woff2`;
  copyFileSync(join(font, "files", name), join(target, "fonts", `atkinson-${weight}.woff2`));
}
copyFileSync(join(source, "icon.svg"), join(target, "icon.svg"));
