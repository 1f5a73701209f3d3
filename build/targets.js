/**
 * @typedef {object} Target One bundle; every path is relative to the root of the repository.
 * @property {string} entry
 * @property {string} file The bundle.
 * @property {string} stamp What the bundle was built from.
 * @property {readonly string[]} sourceFolders The only folders whose sources may go in.
 * @property {"lambda" | "policy"} kind
 */

/**
 * @param {string} name folder of functions/
 * @returns {Target}
 */
function lambda(name) {
  return {
    entry: `functions/${name}/index.ts`,
    file: `functions/dist/${name}/index.js`,
    // Beside the directory, not in it: all that the directory holds is uploaded.
    stamp: `functions/dist/${name}.stamp.json`,
    sourceFolders: ["functions"],
    kind: "lambda",
  };
}

/** @type {Readonly<Record<string, Target>>} */
const TARGETS = {
  "profile-api": lambda("profile-api"),
  assistant: lambda("assistant"),
  policy: {
    entry: "policy/index.ts",
    file: "policy/dist/index.js",
    stamp: "policy/dist/stamp.json",
    sourceFolders: ["policy", "model"],
    kind: "policy",
  },
};

module.exports = { TARGETS };
