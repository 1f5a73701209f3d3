#!/usr/bin/env node
const path = require("node:path");

const NODE_MIN = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const [majorMin = 0, minorMin = 0] = NODE_MIN;
if (major < majorMin || (major === majorMin && minor < minorMin)) {
  console.error(
    `warm-standby: Node.js is ${process.versions.node}; it must be ${NODE_MIN.join(".")} or newer`,
  );
  process.exitCode = 2;
} else {
  // An interrupt that comes while the code loads waits for those who can end a run, instead of killing it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  // The project's own compiler settings, wherever the command is called from.
  process.env.TSX_TSCONFIG_PATH = path.join(__dirname, "..", "tsconfig.json");
  require("../build/load-typescript.js");
  require("../cli/main").main();
}
