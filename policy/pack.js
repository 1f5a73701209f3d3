/**
 * What Pulumi's policy runner loads. The pack runs compiled, which starts in a fraction of the time; a bundle
 * that is older than its sources is rebuilt first, and where that fails the pack refuses to judge.
 */
const { ensureBundle } = require("../build/bundle.js");

/** @returns {string | undefined} the bundle to run */
function bundleFile() {
  try {
    return ensureBundle("policy").file;
  } catch (error) {
    console.error(`policy pack: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

const file = bundleFile();
if (file === undefined) process.exit(1);
require(file);
