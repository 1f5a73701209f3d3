const path = require("node:path");
const { freshness } = require("./stamp");
const { TARGETS } = require("./targets");

/**
 * @typedef {object} Bundle Absolute paths of a bundle that is what its sources make.
 * @property {string} directory holds the bundle; for a Lambda function nothing else
 * @property {string} file
 * @property {string} buildId the first 12 hexadecimal digits of the bundle's sha256
 */

const ROOT = path.dirname(__dirname);
/** Sources that change while they are compiled are compiled again, but not for ever. */
const ATTEMPTS_MAX = 3;
const BUILD_TIMEOUT_MS = 60_000;

/**
 * A bundle that is up to date: checked by content in a few milliseconds, rebuilt when anything differs. Never an old
 * one: when it cannot be rebuilt, this fails with one plain line.
 * @param {string} name `profile-api` or `policy`
 * @returns {Bundle}
 */
function ensureBundle(name) {
  const target = TARGETS[name];
  if (target === undefined) {
    throw new Error(`no bundle is called "${name}"; bundles: ${Object.keys(TARGETS).join(", ")}`);
  }
  let why = "";
  for (let attempt = 0; attempt <= ATTEMPTS_MAX; attempt++) {
    const state = freshness(ROOT, target);
    if (state.kind === "fresh") {
      const file = path.join(ROOT, target.file);
      return { directory: path.dirname(file), file, buildId: state.buildId };
    }
    why = state.why;
    if (attempt < ATTEMPTS_MAX) rebuild(name, why);
  }
  throw new Error(`bundle ${name} cannot be kept up to date (${why} during the build); run npm run build`);
}

/**
 * In a process of its own: esbuild takes plugins only asynchronously, and a caller that finds its bundle fresh
 * should not load it at all.
 * @param {string} name
 * @param {string} why
 */
function rebuild(name, why) {
  /** @type {typeof import("node:child_process")} */
  const { spawnSync } = require("node:child_process");
  const { status, signal, stderr, error } = spawnSync(process.execPath, [__filename, name], {
    cwd: ROOT,
    // Loaders meant for the caller are not meant for the compiler.
    env: { ...process.env, NODE_OPTIONS: "" },
    // The caller's stdout may be a protocol: a policy pack prints its port there.
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: BUILD_TIMEOUT_MS,
  });
  if (status === 0) return;
  const reason =
    stderr?.trim().split("\n").at(-1) || error?.message || `the compiler ended by ${signal ?? status}`;
  throw new Error(`bundle ${name} is out of date (${why}) and cannot be rebuilt: ${reason}`);
}

/**
 * Builds the named bundles, or all, whether they are up to date or not: after an install the packages may differ
 * while the lock file does not.
 * @param {readonly string[]} names
 */
async function main(names) {
  const { compile } = require("./compile");
  for (const name of names.length > 0 ? names : Object.keys(TARGETS)) {
    try {
      const { file, bytes, buildId } = await compile(ROOT, name);
      console.log(`${file}  ${Math.ceil(bytes / 1024)} KiB  build ${buildId}`);
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
}

if (require.main === module) main(process.argv.slice(2));

module.exports = { ensureBundle };
