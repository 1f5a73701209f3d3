import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { RULE_DOCS_DIRECTORY, renderRuleDocs } from "./rule-docs";

/** Writes the pages of all rules and removes those of rules that are gone. */
const directory = path.resolve(__dirname, "../..", RULE_DOCS_DIRECTORY);
const pages = renderRuleDocs();
mkdirSync(directory, { recursive: true });
for (const stale of readdirSync(directory).filter((file) => !pages.has(file)))
  rmSync(path.join(directory, stale));
for (const [file, content] of pages) writeFileSync(path.join(directory, file), content);
console.log(`${pages.size} pages in ${RULE_DOCS_DIRECTORY}`);
