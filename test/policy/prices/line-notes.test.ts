import assert from "node:assert/strict";
import { LineNotes } from "../../../policy/prices/line-notes";

describe("policy/prices/line-notes", () => {
  it("marks lines and tells each different note once, in the order of the lines", () => {
    const lines = [{ note: "x" }, {}, { note: "y" }, { note: "x" }, { note: "" }];
    const notes = new LineNotes(lines);
    assert.deepEqual(
      lines.map((line) => notes.marked(line, "item")),
      ["item [a]", "item", "item [b]", "item [a]", "item"],
    );
    assert.deepEqual(notes.footnotes, ["[a] x", "[b] y"]);
  });

  it("leaves a line unmarked whose note is not among them", () => {
    const notes = new LineNotes([]);
    assert.deepEqual([notes.marked({ note: "x" }, "item"), notes.footnotes], ["item", []]);
  });

  it("has marks for more notes than there are letters", () => {
    const { footnotes } = new LineNotes(Array.from({ length: 53 }, (_, index) => ({ note: `n${index}` })));
    assert.deepEqual([footnotes[25], footnotes[26], footnotes[52]], ["[z] n25", "[a2] n26", "[a3] n52"]);
  });
});
