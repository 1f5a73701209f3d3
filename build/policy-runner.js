const { existsSync, mkdirSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/**
 * Pulumi's language host runs what Node finds in the pack's folder under this name. Node looks into the pack's own
 * node_modules first, and goes on to the project's for every other file of the package.
 */
const RUNNER = "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js";

/**
 * Puts our runner before Pulumi's for the pack in `folder`. Where it is missing, Pulumi's own runs the pack, later.
 * A pack folder with a @pulumi/pulumi of its own is left as it is: nothing of another package is written over.
 * @param {string} root
 * @param {string} folder of the pack, relative to the root
 * @param {string} runner relative to the root
 */
function linkRunner(root, folder, runner = "build/run-policy-pack.js") {
  const file = path.join(root, folder, RUNNER);
  if (existsSync(path.join(root, folder, "node_modules/@pulumi/pulumi/package.json"))) return;
  const target = path.relative(path.dirname(file), path.join(root, runner));
  mkdirSync(path.dirname(file), { recursive: true });
  // Whole or not at all: another preview may start the same pack meanwhile.
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, `require(${JSON.stringify(target.split(path.sep).join("/"))});\n`);
  renameSync(partial, file);
}

/**
 * Links the runner of an installed package, unless it is linked. npm takes the link away whenever it installs
 * something, and runs no scripts that nobody approved, so the pack sees to it each time that it starts.
 * @param {string} folder of the package
 * @param {string} runner relative to the folder
 */
function keepRunnerLinked(folder, runner) {
  try {
    if (!existsSync(path.join(folder, RUNNER))) linkRunner(folder, "", runner);
  } catch {
    // A folder that cannot be written costs the pack half a second at each start, and nothing else.
  }
}

module.exports = { keepRunnerLinked, linkRunner };
