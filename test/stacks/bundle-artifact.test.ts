import assert from "node:assert/strict";
import { bundleArtifact } from "../../stacks/bundle-artifact";
import { CODE } from "./homelab-assistant-stack";

describe("stacks/bundle-artifact", () => {
  it("is the bundle's one file and its digest, as sha256sum prints it", () => {
    assert.deepEqual(bundleArtifact(CODE), {
      file: "test/stacks/fixtures/assistant-bundle/index.js",
      sha256: "eaac26f7ac55eab360224ac8ac5b523537bf2bbb3294ff5e525482d672604745",
    });
  });

  it("fails where there is no bundle", () => {
    assert.throws(() => bundleArtifact({ ...CODE, directory: "test/stacks/fixtures/none" }), {
      code: "ENOENT",
    });
  });
});
