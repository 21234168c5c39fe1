// Builds static/build/: one stylesheet, two scripts, the worker that keeps a page for a day, one icon, the pages' two fonts and the PDF's. `npm run build`.
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
const { resolve } = createRequire(import.meta.url);
const fontsource = (name) => join(dirname(resolve(`@fontsource/${name}/package.json`)), "files");

// Everything is made before anything is replaced, so that a running server misses its files only for a moment.
const css = compile(join(source, "scss", "app.scss"), {
  style: "compressed",
  charset: false,
  loadPaths: [join(modules, "govuk-frontend", "dist")],
});
const js = buildSync({
  entryPoints: ["app.js", "passkeys.js", "today-worker.js"].map((name) => join(source, "js", name)),
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
const copyFont = (family, file, name) => copyFileSync(join(fontsource(family), file), join(target, "fonts", name));
for (const weight of ["400", "700"]) {
  const file = (letters, ending) => `atkinson-hyperlegible-next-${letters}-${weight}-normal.${ending}`;
  copyFont("atkinson-hyperlegible-next", file("latin", "woff2"), `atkinson-${weight}.woff2`);
  copyFont("atkinson-hyperlegible-next", file("latin-ext", "woff"), `more-${weight}.woff`); // Welsh, Polish, Turkish
}
copyFont("noto-emoji", "noto-emoji-emoji-400-normal.woff", "emoji-400.woff"); // woff2 takes seconds to unpack
copyFileSync(join(source, "icon.svg"), join(target, "icon.svg"));
