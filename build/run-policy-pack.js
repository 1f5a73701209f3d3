/**
 * Runs the policy pack as @pulumi/pulumi/cmd/run-policy-pack does, without TypeScript, which costs that one half a
 * second before it looks at a pack that is JavaScript. `linkRunner` puts it where Pulumi's language host finds it.
 */

/** By this exit code the language host knows that the reason has been told. */
const EXIT_TOLD = 32;

/** @type {Set<unknown>} */
const uncaught = new Set();
/** @type {Set<unknown>} */
const told = new Set();
let isRunning = false;

/** @param {unknown} error */
function onUncaught(error) {
  uncaught.add(error);
  if (!isRunning) console.error(error instanceof Error ? error.stack : error);
}
process.on("uncaughtException", onUncaught);
process.on("unhandledRejection", onUncaught);
process.on("exit", (code) => {
  // A pack that failed must not look like one that has nothing to object.
  if (code === 0 && uncaught.size > 0)
    process.exitCode = [...uncaught].every((error) => told.has(error)) ? EXIT_TOLD : 1;
});

const [, , engine, ...program] = process.argv;
if (engine === undefined || program.length === 0) {
  console.error("usage: run-policy-pack <engine-address> <directory of the pack>");
  process.exit(1);
}
/** @type {any} Its types tell nothing of what it exports. */
const runner = require("@pulumi/pulumi/cmd/run-policy-pack/run");
runner
  .run({
    argv: { _: program },
    typeScript: false,
    programStarted: () => {
      isRunning = true;
    },
    reportLoggedError: (/** @type {unknown} */ error) => told.add(error),
  })
  .then(() => {
    isRunning = false;
  });
