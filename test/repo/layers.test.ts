import assert from "node:assert/strict";
import path from "node:path";
import { importedModules, projectFiles, readProjectFile } from "./source-files";

/** Who may import whom, folder by folder; the longest matching prefix counts. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "index.ts": ["stacks", "contract"],
  stacks: ["components", "model", "contract", "build", "functions/assistant/user-data"],
  components: ["model"],
  functions: [],
  contract: ["model"],
  model: [],
  build: [],
  policy: ["model", "build"],
  "rehearsal/simulation": ["model"],
  "rehearsal/loopback": ["rehearsal/simulation", "model", "functions", "build"],
  "rehearsal/standin": ["model", "build"],
  drill: ["rehearsal", "policy", "model", "contract"],
  cli: [
    "index.ts",
    "stacks",
    "components",
    "functions",
    "contract",
    "model",
    "build",
    "policy",
    "rehearsal",
    "drill",
  ],
  bin: ["cli", "build"],
};

/** Layers that must stay free of input and output. */
const PURE = ["model", "rehearsal/simulation"];
const IO_MODULE =
  /^(node:)?(fs|net|dgram|http|https|http2|tls|child_process|dns|os|worker_threads|timers|process)(\/.*)?$/;
const IO_GLOBAL = /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|process\.)/;

function layerOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((layer) => file === layer || file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Imports that leave a file's layer for one that it may not use: `from -> to`. */
function forbiddenImports(file: string, source: string): string[] {
  const layer = layerOf(file);
  if (layer === undefined) return [];
  return importedModules(source)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => path.posix.join(path.posix.dirname(file), specifier))
    .filter((target) => target !== "package.json")
    .filter((target) => {
      const inside = target === layer || target.startsWith(`${layer}/`);
      return (
        !inside &&
        !(MAY_IMPORT[layer] ?? []).some(
          (to) => target === to || `${target}.ts` === to || target.startsWith(`${to}/`),
        )
      );
    })
    .map((target) => `${file} -> ${target}`);
}

const sources = projectFiles().filter(
  (file) => /\.(ts|js|cjs|mjs)$/.test(file) && layerOf(file) !== undefined,
);

describe("repo/layers", () => {
  it("imports only what the layer table allows", () => {
    assert.deepEqual(
      sources.flatMap((file) => forbiddenImports(file, readProjectFile(file))),
      [],
    );
  });

  it("keeps model/ and rehearsal/simulation/ free of input, output, clocks and chance", () => {
    const impure = sources
      .filter((file) => PURE.some((layer) => file.startsWith(`${layer}/`)))
      .flatMap((file) => {
        const source = readProjectFile(file);
        const modules = importedModules(source).filter(
          (name) => IO_MODULE.test(name) || !name.startsWith("."),
        );
        const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
        const used = IO_GLOBAL.exec(code)?.[0];
        return [...modules, ...(used ? [used] : [])].map((what) => `${file}: ${what}`);
      });
    assert.deepEqual(impure, []);
  });

  it("loads no AWS resource classes in the pack", () => {
    const heavy = sources
      .filter((file) => file.startsWith("policy/"))
      .flatMap((file) =>
        importedModules(readProjectFile(file))
          .filter((name) => /^@pulumi\/awsx?(\/|$)/.test(name))
          .map((name) => `${file} -> ${name}`),
      );
    assert.deepEqual(heavy, []);
  });

  it("would notice a forbidden import in each of its spellings", () => {
    const found = (source: string) => forbiddenImports("components/global-table.ts", source);
    assert.deepEqual(found('import { x } from "../policy/rule";'), [
      "components/global-table.ts -> policy/rule",
    ]);
    assert.deepEqual(found('import type {\n  X,\n} from "../stacks/settings";').length, 1);
    assert.deepEqual(found('const x = require("../cli/main");').length, 1);
    assert.deepEqual(found('const x = await import("../drill/observe");').length, 1);
    assert.deepEqual(found('export * from "../rehearsal/standin/aws";').length, 1);
    assert.deepEqual(found('import { x } from "../model/money";\nimport { y } from "./other";'), []);
  });
});
