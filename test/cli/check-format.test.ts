import assert from "node:assert/strict";
import { CHECK_FORMATS, checkFormat } from "../../cli/check-format";

describe("cli/check-format", () => {
  const read = (given: Parameters<typeof checkFormat>[0]) => {
    const problems: string[] = [];
    return { format: checkFormat(given, problems), problems };
  };

  it("takes each format by name, --json as one of them, and the table where nothing is said", () => {
    for (const format of CHECK_FORMATS) assert.deepEqual(read({ format }), { format, problems: [] });
    assert.deepEqual(read({ json: true }), { format: "json", problems: [] });
    assert.deepEqual(read({ json: true, format: "json" }), { format: "json", problems: [] });
    assert.deepEqual(read({}), { format: "table", problems: [] });
  });

  it("refuses another name, and two formats at once", () => {
    assert.deepEqual(read({ format: "xml" }).problems, [
      '--format is "xml"; it must be one of table, json, sarif, github',
    ]);
    assert.deepEqual(read({ json: true, format: "sarif" }).problems, [
      "--json is --format json; it cannot go with --format sarif",
    ]);
  });
});
