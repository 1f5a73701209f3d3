const { mkdirSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/**
 * Pulumi's language host runs what Node finds in the pack's folder under this name. Node looks into the pack's own
 * node_modules first, and goes on to the project's for every other file of the package.
 */
const RUNNER = "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js";

/**
 * Puts our runner before Pulumi's for the pack in `folder`. Where it is missing, Pulumi's own runs the pack, later.
 * @param {string} root
 * @param {string} folder of the pack, relative to the root
 */
function linkRunner(root, folder) {
  const file = path.join(root, folder, RUNNER);
  const target = path.relative(path.dirname(file), path.join(root, "build/run-policy-pack.js"));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `require(${JSON.stringify(target.split(path.sep).join("/"))});\n`);
}

module.exports = { linkRunner };
