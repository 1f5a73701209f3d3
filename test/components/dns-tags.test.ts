import assert from "node:assert/strict";
import { dnsTags } from "../../components/dns-tags";

describe("components/dns-tags", () => {
  it("counts a resource to the failover itself, wherever it lives", () => {
    assert.deepEqual(dnsTags("global"), { role: "dns", region: "global" });
    assert.deepEqual(dnsTags("us-east-1"), { role: "dns", region: "us-east-1" });
  });
});
