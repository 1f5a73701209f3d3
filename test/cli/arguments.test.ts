import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  assignments,
  oneOf,
  positiveNumber,
  readableFile,
  stackName,
  wholeNumber,
} from "../../cli/arguments";

/** What `read` returns, and the mistakes that it tells. */
function reading<T>(read: (problems: string[]) => T): { value: T; problems: string[] } {
  const problems: string[] = [];
  return { value: read(problems), problems };
}

describe("cli/arguments", () => {
  it("reads whole numbers within a range, both ends included", () => {
    const read = (given: string) =>
      reading((problems) => wholeNumber("--n", given, { min: 1, max: 9 }, problems));
    assert.deepEqual(read("1"), { value: 1, problems: [] });
    assert.deepEqual(read("9"), { value: 9, problems: [] });
    for (const given of ["0", "10", "-1", "1.5", "1e0", "abc", "0x5", "NaN", "Infinity"]) {
      assert.deepEqual(read(given).problems, [`--n is ${given}; it must be a whole number from 1 to 9`]);
    }
    assert.deepEqual(read("").problems, ['--n is ""; it must be a whole number from 1 to 9']);
    assert.deepEqual(read(" 1").problems, ['--n is " 1"; it must be a whole number from 1 to 9']);
  });

  it("reads numbers above 0", () => {
    const read = (given: string) => reading((problems) => positiveNumber("--x", given, 200, problems));
    assert.deepEqual(read("0.5"), { value: 0.5, problems: [] });
    assert.deepEqual(read("200"), { value: 200, problems: [] });
    for (const given of ["0", "-0", "-3", "200.1", "fast", "1e3", "."]) {
      assert.deepEqual(read(given).problems, [`--x is ${given}; it must be a number above 0 and up to 200`]);
    }
  });

  it("finds a name or lists what there is", () => {
    const find = (name: string) => (name === "a" ? 1 : undefined);
    assert.deepEqual(
      reading((problems) => oneOf("--s", "a", find, ["a", "b"], problems)),
      { value: 1, problems: [] },
    );
    assert.deepEqual(
      reading((problems) => oneOf("--s", "x", find, ["a", "b"], problems)),
      {
        value: undefined,
        problems: ["--s is x; it must be one of a, b"],
      },
    );
  });

  it("reads assignments, and keeps equal signs of the value", () => {
    assert.deepEqual(
      reading((problems) => assignments("--set", ["a=1", "b=x=y", "c="], problems)),
      {
        value: { a: "1", b: "x=y", c: "" },
        problems: [],
      },
    );
    assert.deepEqual(reading((problems) => assignments("--set", ["abc", "=1"], problems)).problems, [
      "--set is abc; it must be key=value",
      "--set is =1; it must be key=value",
    ]);
  });

  describe("with files", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"])
        writeFileSync(path.join(folder, file), "");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("knows a stack by its settings file", () => {
      assert.deepEqual(reading((problems) => stackName("--stack", "prod", folder, problems)).problems, []);
      assert.deepEqual(reading((problems) => stackName("--stack", "test", folder, problems)).problems, [
        "--stack is test; the project has settings for dev, prod",
      ]);
    });

    it("wants a file to be there, and to be one", () => {
      const read = (given: string) => reading((problems) => readableFile("--state", given, folder, problems));
      assert.deepEqual(read("x".repeat(300)).problems, [
        `--state is ${"x".repeat(300)}; it cannot be read: ENAMETOOLONG`,
      ]);
      assert.deepEqual(read("Pulumi.yaml"), { value: path.join(folder, "Pulumi.yaml"), problems: [] });
      assert.deepEqual(read("state.json").problems, ["--state is state.json; there is no such file"]);
      assert.deepEqual(read(".").problems, ["--state is ., which is a folder, not a file"]);
    });
  });
});
