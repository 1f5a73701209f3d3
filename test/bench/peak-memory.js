/**
 * Loaded into every process of a measured command by `--require`: on exit each writes its peak resident memory in
 * bytes to a file of its own, because Node.js does not tell a parent what its children used.
 */
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const { isMainThread } = require("node:worker_threads");

const folder = process.env.WARM_STANDBY_PEAK_MEMORY_DIR;
if (folder !== undefined && isMainThread) {
  process.on("exit", () => {
    const bytes = process.resourceUsage().maxRSS * 1024;
    writeFileSync(path.join(folder, `${process.pid}.txt`), `${bytes}\n`);
  });
}
