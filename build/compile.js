const {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");
const { POLICY_EXTERNALS, policyPlugin } = require("./policy-plugin");
const { linkRunner } = require("./policy-runner");
const { BUILD_INPUTS, buildIdOf, fileSha256, sha256, strayFiles } = require("./stamp");
const { TARGETS } = require("./targets");

/** @import { BuildOptions, Loader, Message, Plugin } from "esbuild" */
/** @import { Target } from "./targets" */

/**
 * Builds one bundle and writes it with its stamp. The same sources give the same bytes, and a file is never half
 * written, so two builds at once do no harm.
 * @param {string} root
 * @param {string} name
 * @returns {Promise<{ file: string, bytes: number, buildId: string }>} fails with one plain line
 */
async function compile(root, name) {
  const target = TARGETS[name];
  if (target === undefined) {
    throw new Error(`no bundle is called "${name}"; bundles: ${Object.keys(TARGETS).join(", ")}`);
  }
  // Before anything is compiled: a change during the build makes the stamp old, never the bundle.
  const buildInputs = BUILD_INPUTS.map(
    (file) => /** @type {const} */ ([file, fileSha256(path.join(root, file))]),
  );
  const { bundle, sources } = await bundleOf(root, target);
  const bundleSha256 = sha256(bundle);
  const stamp = { bundleSha256, sources: Object.fromEntries([...buildInputs, ...sources].sort()) };
  write(root, target, bundle, `${JSON.stringify(stamp, null, 2)}\n`);
  if (target.kind === "policy") linkRunner(root, path.dirname(target.entry));
  return { file: target.file, bytes: bundle.length, buildId: buildIdOf(bundleSha256) };
}

/**
 * @param {string} root
 * @param {Target} target
 * @returns {Promise<{ bundle: Uint8Array, sources: Map<string, string> }>}
 */
async function bundleOf(root, target) {
  /** @type {Map<string, string>} */
  const sources = new Map();
  try {
    const { outputFiles, metafile } = await loadEsbuild().build({
      ...optionsOf(root, target),
      plugins: [recordSources(root, target, sources), ...(target.kind === "policy" ? [policyPlugin] : [])],
    });
    const outside = Object.keys(metafile?.inputs ?? {}).find(
      (file) => !/(^|\/)node_modules\/|^pulumi-root:/.test(file) && !sources.has(file),
    );
    if (outside !== undefined) {
      throw new Error(`${outside} is outside of ${target.sourceFolders.join(", ")}; move it there`);
    }
    const [output] = outputFiles ?? [];
    if (output === undefined) throw new Error("esbuild gave no output; run npm ci");
    return { bundle: output.contents, sources };
  } catch (error) {
    throw new Error(firstLine(error));
  }
}

/**
 * @param {string} root
 * @param {Target} target
 * @returns {BuildOptions}
 */
function optionsOf(root, target) {
  return {
    absWorkingDir: root,
    entryPoints: [target.entry],
    outfile: target.file,
    write: false,
    metafile: true,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    // tsconfig.json is for type checking; it must not change a bundle.
    tsconfigRaw: {},
    ...(target.kind === "lambda"
      ? {
          minify: true,
          // The SDK's ES modules leave out what is not used.
          mainFields: ["module", "main"],
          // The bundle keeps its SDK, so what later versions of it will need is no news to whoever runs it.
          define: { "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": '"true"' },
        }
      : // Readable, for the stack trace of a rule that throws.
        { external: POLICY_EXTERNALS }),
  };
}

/**
 * Reads the own sources for esbuild, so that what is stamped is what was compiled, whatever happens to the file in
 * between.
 * @param {string} root
 * @param {Target} target
 * @param {Map<string, string>} sources gets the sha256 of every source
 * @returns {Plugin}
 */
function recordSources(root, target, sources) {
  const folders = target.sourceFolders.map((folder) => escapeForRegExp(path.join(root, folder) + path.sep));
  return {
    name: "record-sources",
    setup(build) {
      build.onLoad({ filter: new RegExp(`^(${folders.join("|")})`), namespace: "file" }, ({ path: file }) => {
        const contents = readFileSync(file);
        sources.set(path.relative(root, file).split(path.sep).join("/"), sha256(contents));
        return { contents, loader: /** @type {Loader} */ (path.extname(file).slice(1)) };
      });
    },
  };
}

/**
 * Both files are renamed into place, the stamp last. The stamp names the bundle's hash, so whatever two builds leave
 * behind together is either right or seen to be stale.
 * @param {string} root
 * @param {Target} target
 * @param {Uint8Array} bundle
 * @param {string} stamp
 */
function write(root, target, bundle, stamp) {
  const file = path.join(root, target.file);
  mkdirSync(path.dirname(file), { recursive: true });
  // Beside the stamp: never in a directory that is uploaded.
  const temporary = mkdtempSync(path.join(root, path.dirname(target.stamp), ".build-"));
  try {
    for (const [destination, content] of /** @type {const} */ ([
      [file, bundle],
      [path.join(root, target.stamp), stamp],
    ])) {
      const written = path.join(temporary, path.basename(destination));
      writeFileSync(written, content);
      // Lambda reads the code as another user, whatever the umask here.
      chmodSync(written, 0o644);
      renameSync(written, destination);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (target.kind !== "lambda") return;
  for (const stray of strayFiles(root, target))
    rmSync(path.join(root, stray), { recursive: true, force: true });
}

function loadEsbuild() {
  try {
    return require("esbuild");
  } catch {
    throw new Error("esbuild is not installed; run npm ci");
  }
}

/** @param {unknown} error */
function firstLine(error) {
  const { errors } = /** @type {{ errors?: Message[] }} */ (error);
  const [first] = errors ?? [];
  if (first === undefined) return String(error instanceof Error ? error.message : error).split("\n")[0];
  const { location } = first;
  const place = location ? `${location.file}:${location.line}:${location.column + 1}: ` : "";
  const more = errors && errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return `${place}${first.text.split("\n")[0]}${more}`;
}

/** @param {string} text */
function escapeForRegExp(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

module.exports = { compile };
