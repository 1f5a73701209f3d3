import assert from "node:assert/strict";
import { UNKNOWN } from "../../../model/unknown";
import type { AnyRule } from "../../../policy/rule";
import { resource } from "../../model/stack-fixture";
import { judged } from "./judged";

/** Of a rule that speaks of standbys: a stack whose tags may mark one is not known, and one without is out of scope. */
export function testPossibleStandby(rule: AnyRule): void {
  it("does not know a stack without a standby while tags that may mark one are not known", () => {
    const server = resource("aws:ec2/instance:Instance", "server", { tags: UNKNOWN });
    const found = judged(rule, [server], {}, "preview");
    assert.deepEqual(
      found.map(({ verdict, urn, path }) => ({ verdict, urn, path })),
      [{ verdict: "unknown", urn: server.urn, path: "tags" }],
    );
    const named = resource("aws:ec2/instance:Instance", "server", { tags: { name: "web" } });
    assert.deepEqual(
      judged(rule, [named]).map(({ verdict }) => verdict),
      ["notApplicable"],
    );
  });
}
