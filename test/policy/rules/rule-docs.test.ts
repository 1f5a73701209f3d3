import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../../../policy/rules/registry";
import { differences, RULE_DOCS_DIRECTORY, renderRuleDocs } from "../../../policy/rules/rule-docs";

const DIRECTORY = path.resolve(__dirname, "../../..", RULE_DOCS_DIRECTORY);

describe("policy/rules/rule-docs", () => {
  it("is what stands in docs/rules (else: node --import tsx policy/rules/write-rule-docs.ts)", () => {
    const written = new Map(
      readdirSync(DIRECTORY).map((file) => [file, readFileSync(path.join(DIRECTORY, file), "utf8")]),
    );
    const rendered = renderRuleDocs();
    assert.deepEqual([...written.keys()].sort(), [...rendered.keys()].sort());
    for (const [file, content] of rendered) assert.equal(written.get(file), content, file);
  });

  it("has a page for every rule, named by its id and listed in the index", () => {
    const pages = renderRuleDocs();
    assert.deepEqual([...pages.keys()].sort(), ["README.md", ...rules.map(({ id }) => `${id}.md`)].sort());
    for (const { id } of rules) assert.ok(pages.get("README.md")?.includes(`](${id}.md)`), id);
  });

  it("gives every page the same headings in the same order", () => {
    for (const { id } of rules) {
      const headings = [...(renderRuleDocs().get(`${id}.md`) ?? "").matchAll(/^#+ .*$/gm)].map(
        ([heading]) => heading,
      );
      assert.deepEqual(headings, [
        `# ${id}`,
        "## What it refuses",
        "## Why",
        "## What to do",
        "## Values that are not known yet",
        "## Settings",
        "## Example",
        "## Known limits",
        "## When not to use it",
      ]);
    }
  });

  it("finds every leaf that differs, absent ones too", () => {
    assert.deepEqual(differences({ a: [1, { b: 2 }], c: 3 }, { a: [1, { b: 4 }], d: 5 }), [
      { path: "a.1.b", good: 2, bad: 4 },
      { path: "c", good: 3, bad: undefined },
      { path: "d", good: undefined, bad: 5 },
    ]);
    assert.deepEqual(differences({ a: [1, 2] }, { a: [1, 2] }), []);
    assert.deepEqual(differences({ a: { b: 1 } }, { a: "2" }), [{ path: "a", good: { b: 1 }, bad: "2" }]);
    assert.deepEqual(differences({ a: null }, { a: {} }), [{ path: "a", good: null, bad: {} }]);
  });
});
