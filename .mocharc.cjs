const { availableParallelism } = require("node:os");

/** Mocha settings: TypeScript runs from source through tsx; type checking is `npm run lint`. */
module.exports = {
  "node-option": ["import=tsx"],
  timeout: 10_000,
  forbidOnly: true,
  reporter: "dot",
  // Files know nothing of each other. Tests that wait for real time leave a core to the others.
  parallel: true,
  jobs: Math.max(2, availableParallelism() - 1),
};
