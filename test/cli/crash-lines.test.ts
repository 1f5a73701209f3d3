import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { transformSync } from "esbuild";
import { crashLines } from "../../cli/crash-lines";

describe("cli/crash-lines", () => {
  it("tells the first line of an error, and anything else that was thrown", () => {
    assert.deepEqual(crashLines(new Error("the disk is full\nmore"), "/nowhere"), ["the disk is full"]);
    assert.deepEqual(crashLines("a text", "/nowhere"), ["a text"]);
  });

  it("tells every place where a source does not compile", () => {
    const folder = path.resolve("/project");
    const sourcefile = path.join(folder, "policy", "rule.ts");
    const lines = (source: string) => {
      try {
        transformSync(source, { loader: "ts", sourcefile, logLevel: "silent" });
      } catch (error) {
        return crashLines(error, folder);
      }
      return [];
    };
    assert.deepEqual(lines("const a = 1;\nconst b = = 2;\n"), [
      `${path.join("policy", "rule.ts")}:2:11: Unexpected "="`,
    ]);
  });

  it("does so for a source that is required through the project's own loader", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
    try {
      const file = path.join(folder, "broken.ts");
      writeFileSync(file, "export const a = ;\n");
      assert.throws(
        () => require(file),
        (error) => {
          assert.deepEqual(crashLines(error, folder), ['broken.ts:1:18: Unexpected ";"']);
          return true;
        },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
