const { spawnSync } = require("node:child_process");
const { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { ensureBundle } = require("./bundle");

/**
 * @typedef {object} Packed
 * @property {string} file The tarball, absolute.
 * @property {number} bytes
 * @property {string} buildId of the bundle in it
 */

const ROOT = path.dirname(__dirname);
/** Where the tarball goes unless told otherwise; git ignores it. */
const DESTINATION = "dist";

/** What the package holds beside its manifest and the bundle: where it comes from, and its name there. */
const CONTENTS = /** @type {const} */ ([
  ["LICENSE", "LICENSE"],
  ["policy/README.md", "README.md"],
  ["policy/PulumiPolicy.yaml", "PulumiPolicy.yaml"],
  ["policy/config.dev.json", "config.dev.json"],
  ["policy/config.prod.json", "config.prod.json"],
  ["docs/rules", "rules"],
  ["build/packed-pack.js", "index.js"],
  ["build/policy-runner.js", "policy-runner.js"],
  ["build/run-policy-pack.js", "run-policy-pack.js"],
]);

/** The packages that the bundle leaves outside, which `npm install` of the package has to bring. */
const RUNTIME = /** @type {const} */ (["@grpc/grpc-js", "google-protobuf"]);

/**
 * Packs the policy pack as an npm package that other projects install: compiled, and without its sources, so there
 * is nothing in it that could be newer than the bundle.
 * @param {string} destination folder for the tarball
 * @returns {Packed} fails with one plain line
 */
function packPolicy(destination) {
  const { file: bundle, buildId } = ensureBundle("policy");
  const staging = mkdtempSync(path.join(tmpdir(), "pack-policy-"));
  try {
    writeFileSync(path.join(staging, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
    cpSync(bundle, path.join(staging, "pack.js"));
    for (const [from, to] of CONTENTS)
      cpSync(path.join(ROOT, from), path.join(staging, to), { recursive: true });
    mkdirSync(destination, { recursive: true });
    const file = path.join(path.resolve(destination), npmPack(staging, path.resolve(destination)));
    return { file, bytes: statSync(file).size, buildId };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** What `package.json` of the package says: the pack's own, with what it needs where nothing of this project is. */
function manifest() {
  const { private: _, ...own } = json("policy/package.json");
  const project = json("package.json");
  const pulumi = project.dependencies["@pulumi/pulumi"];
  const { dependencies } = json("node_modules/@pulumi/pulumi/package.json");
  return {
    ...own,
    main: "index.js",
    engines: project.engines,
    // The ranges of @pulumi/pulumi itself, so that both share one copy and `instanceof` holds between them.
    dependencies: Object.fromEntries(
      [...RUNTIME.map((name) => [name, dependencies[name]]), ["@pulumi/pulumi", `^${pulumi}`]].sort(),
    ),
  };
}

/** @param {string} file relative to the root */
function json(file) {
  return JSON.parse(readFileSync(path.join(ROOT, file), "utf8"));
}

/**
 * @param {string} folder
 * @param {string} destination
 * @returns {string} the tarball's name
 */
function npmPack(folder, destination) {
  const { npm_execpath: npm } = process.env;
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  // Under `npm run`, the npm that runs; a shell, since Windows has npm as a script of it.
  const { status, stdout, stderr, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: folder, encoding: "utf8" })
    : spawnSync("npm", args, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm pack failed: ${error?.message ?? stderr.trim().split("\n")[0]}`);
  return JSON.parse(stdout)[0].filename;
}

/** @param {readonly string[]} args the folder for the tarball, if any */
function main([destination = path.join(ROOT, DESTINATION)]) {
  try {
    const { file, bytes, buildId } = packPolicy(destination);
    console.log(`${path.relative(process.cwd(), file)}  ${Math.ceil(bytes / 1024)} KiB  build ${buildId}`);
  } catch (error) {
    console.error(`pack: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

if (require.main === module) main(process.argv.slice(2));

module.exports = { packPolicy };
