/** What Pulumi loads of the packed package: sees to a fast start of the next run, and is the compiled pack in this. */
const path = require("node:path");

require("./policy-runner.js").keepRunnerLinked(__dirname, "run-policy-pack.js");
// Beside this file in the package only.
require(path.join(__dirname, "pack.js"));
