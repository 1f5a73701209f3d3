import { writeFileSync } from "node:fs";
import path from "node:path";
import { renderSeeds, SEEDS_DOC } from "./render-seeds";

/** Writes the page that compares the seeds' numbers with the simulation's. */
writeFileSync(path.resolve(__dirname, "../..", SEEDS_DOC), renderSeeds());
console.log(`${SEEDS_DOC} is written`);
