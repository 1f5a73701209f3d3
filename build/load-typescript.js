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
