const Module = require("node:module");

/**
 * Lets a process require TypeScript through tsx, and leaves installed packages to Node itself: looking for
 * TypeScript in every file of Pulumi's SDK costs a second. Dynamic imports are left to Node as well.
 */

/** @type {any} */
const loader = Module;
// From Node 22 on, compiled code of unchanged files is kept between runs; keyed by content, so never stale.
loader.enableCompileCache?.();
const plainJavaScript = loader._extensions[".js"];
const plainResolution = loader._resolveFilename;
// Its types describe the ES module only.
module.require("tsx/cjs");
const tsxJavaScript = loader._extensions[".js"];
const tsxResolution = loader._resolveFilename;

/** @param {string | undefined} file */
const isInstalled = (file) => file !== undefined && /[\\/]node_modules[\\/]/.test(file);

loader._extensions[".js"] = (/** @type {NodeModule} */ module, /** @type {string} */ file) => {
  // Maps of installed packages cost a tenth of a second, and nobody looks for a line in their sources.
  process.setSourceMapsEnabled(!isInstalled(file));
  if (!isInstalled(file)) return tsxJavaScript(module, file);
  try {
    return plainJavaScript(module, file);
  } catch (error) {
    // Node 20 requires no ES modules; tsx does.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ERR_REQUIRE_ESM") throw error;
    return tsxJavaScript(module, file);
  }
};

loader._resolveFilename = function resolve(
  /** @type {string} */ request,
  /** @type {NodeModule | undefined} */ parent,
  /** @type {unknown[]} */ ...rest
) {
  return (isInstalled(parent?.filename) ? plainResolution : tsxResolution).call(
    this,
    request,
    parent,
    ...rest,
  );
};

/** What only the serialization of inline functions needs, which no program here has: a third of a second to load. */
const CLOSURE_MODULES = /^@npmcli\/arborist$|[\\/]typescript-shim$/;
const CLOSURE_FOLDER = /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]closure[\\/]/;
const plainLoad = loader._load;

loader._load = function load(
  /** @type {string} */ request,
  /** @type {NodeModule | undefined} */ parent,
  /** @type {boolean} */ isMain,
) {
  // It would put itself in the place of `stackTrace`, and knows no file that is compiled in memory.
  if (request === "source-map-support/register") return {};
  const loadNow = () => plainLoad.call(this, request, parent, isMain);
  const isDeferred = CLOSURE_MODULES.test(request) && CLOSURE_FOLDER.test(parent?.filename ?? "");
  return isDeferred ? loadedWhenRead(loadNow) : loadNow();
};

/** @param {() => any} load */
function loadedWhenRead(load) {
  return new Proxy(
    {},
    {
      get(_, name) {
        // Compiled imports ask this first, and take what says yes as it is.
        if (name === "__esModule") return true;
        const module = load();
        return name === "default" && !module.__esModule ? module : module[name];
      },
    },
  );
}

/** Where Pulumi's SDK takes a stack trace of every output, some thousands, which only a hunt for leaks prints. */
const PROMISE_LEAKS = /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]debuggable\.js$/;
const isLeakHunt = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

/**
 * A stack trace with the lines of the sources; none where working it out would cost half a second for nobody.
 * @param {Error} error
 * @param {NodeJS.CallSite[]} frames
 */
function stackTrace(error, frames) {
  if (!isLeakHunt && PROMISE_LEAKS.test(frames[0]?.getFileName() ?? "")) return String(error);
  return [String(error), ...frames.map((frame) => `    at ${inSource(frame)}`)].join("\n");
}
Error.prepareStackTrace = stackTrace;

/** @param {NodeJS.CallSite} frame */
function inSource(frame) {
  const text = String(frame);
  const line = frame.getLineNumber() ?? 0;
  const column = frame.getColumnNumber() ?? 0;
  const found = loader.findSourceMap(frame.getFileName() ?? "")?.findEntry(line - 1, column - 1);
  if (found?.originalLine === undefined) return text;
  return text.replace(`:${line}:${column}`, `:${found.originalLine + 1}:${found.originalColumn + 1}`);
}
