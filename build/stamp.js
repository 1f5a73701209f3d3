const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");

/** @import { Target } from "./targets" */

/**
 * @typedef {object} Stamp What a bundle was built from.
 * @property {string} bundleSha256
 * @property {Record<string, string>} sources sha256 of every own file that has a say in the bundle
 *
 * @typedef {{ kind: "fresh", buildId: string } | { kind: "stale", why: string }} Freshness
 */

/** The bundler's own files and the lock file decide about a bundle as its sources do. */
const BUILD_INPUTS = [
  "build/bundle.js",
  "build/compile.js",
  "build/policy-plugin.js",
  "build/policy-runner.js",
  "build/stamp.js",
  "build/targets.js",
  "package-lock.json",
];

/** @param {string | NodeJS.ArrayBufferView} content */
function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * The sha256 of a file's content; "absent" when there is no such file.
 * @param {string} file
 */
function fileSha256(file) {
  const content = readIfThere(file);
  return content === undefined ? "absent" : sha256(content);
}

/** @param {string} bundleSha256 */
function buildIdOf(bundleSha256) {
  return bundleSha256.slice(0, 12);
}

/**
 * Whether a bundle is the one that its sources make: compared by content, since a checkout changes times at will.
 * @param {string} root
 * @param {Target} target
 * @returns {Freshness}
 */
function freshness(root, target) {
  const stamp = parseStamp(readIfThere(path.join(root, target.stamp)));
  const bundle = readIfThere(path.join(root, target.file));
  if (stamp === undefined || bundle === undefined) return { kind: "stale", why: "not built yet" };
  const changed = Object.keys(stamp.sources).find(
    (source) => fileSha256(path.join(root, source)) !== stamp.sources[source],
  );
  if (changed !== undefined) return { kind: "stale", why: `${changed} changed` };
  if (sha256(bundle) !== stamp.bundleSha256) return { kind: "stale", why: `${target.file} changed` };
  const stray = target.kind === "lambda" ? strayFiles(root, target)[0] : undefined;
  if (stray !== undefined) return { kind: "stale", why: `${stray} does not belong there` };
  return { kind: "fresh", buildId: buildIdOf(stamp.bundleSha256) };
}

/**
 * What lies in a bundle's directory beside the bundle, and would be uploaded with it.
 * @param {string} root
 * @param {Target} target
 */
function strayFiles(root, target) {
  const directory = path.dirname(target.file);
  return readdirSync(path.join(root, directory))
    .filter((name) => name !== path.basename(target.file))
    .map((name) => `${directory}/${name}`);
}

/**
 * A stamp that cannot be read is no stamp.
 * @param {Buffer | undefined} content
 * @returns {Stamp | undefined}
 */
function parseStamp(content) {
  try {
    const stamp = JSON.parse(String(content));
    return typeof stamp.bundleSha256 === "string" && typeof stamp.sources === "object" ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

module.exports = { BUILD_INPUTS, buildIdOf, fileSha256, freshness, sha256, strayFiles };
