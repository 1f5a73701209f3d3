import assert from "node:assert/strict";
import { CHECKER_CIDRS } from "../../../../model/checker-addresses";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { checkersAdmitted } from "../../../../policy/rules/checkers-admitted/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import {
  ALLOWED,
  group,
  PREFIX_LIST,
  PROBE,
  permission,
  probe,
  SERVER_URN,
  server,
  verdict,
  withPermission,
} from "./server";

describe("policy/rules/checkers-admitted/admission", () => {
  const byList = { cidrBlocks: undefined, prefixListIds: ["pl-0a"] };
  const list = (properties: Properties) => resource(PREFIX_LIST, "list", properties, { id: "pl-0a" });
  const stack = (...lists: StackResource[]) => [probe(), server(), group([permission(byList)]), ...lists];

  it("advises to compare one that is a bare id, and passes it once the settings name it", () => {
    assert.deepEqual(judged(checkersAdmitted, stack()), [
      {
        verdict: "fail",
        urn: SERVER_URN,
        path: "vpcSecurityGroupIds",
        message:
          `${PROBE}, which is open to pl-0a only, of which the stack does not show whether the health checkers are ` +
          `in it; ${ALLOWED}; compare it, and name a prefix list that holds them all in admittingIds`,
        advisory: true,
      },
    ]);
    assert.equal(withPermission(byList, { admittingIds: ["pl-0a"] }), "pass");
    assert.deepEqual(verdict(stack(), { admittingIds: ["pl-0b"] }), [
      "fail",
      "vpcSecurityGroupIds",
      "advisory",
    ]);
  });

  it("knows AWS's own by its name", () => {
    assert.equal(verdict(stack(list({ name: "com.amazonaws.us-east-1.route53-healthchecks" })))[0], "pass");
    for (const name of [
      "com.amazonaws.us-east-1.ipv6.route53-healthchecks",
      "com.amazonaws.global.cloudfront.origin-facing",
      "my.com.amazonaws.us-east-1.route53-healthchecks",
    ]) {
      assert.deepEqual(verdict(stack(list({ name }))), ["fail", "vpcSecurityGroupIds"]);
    }
  });

  it("reads the entries of one of the stack", () => {
    const entries = CHECKER_CIDRS.map((cidr) => ({ cidr }));
    assert.equal(verdict(stack(list({ entries })))[0], "pass");
    assert.equal(verdict(stack(list({ entries: entries.slice(1) })))[0], "fail");
    assert.deepEqual(verdict(stack(list({ entries: UNKNOWN }))), ["unknown", "entries"]);
    const [first, ...rest] = entries;
    const entry = resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "entry", {
      prefixListId: "pl-0a",
      ...first,
    });
    assert.equal(verdict(stack(list({ entries: rest }), entry))[0], "pass");
  });

  it("does not know one that is unknown", () => {
    assert.deepEqual(
      verdict([probe(), server(), group([permission({ ...byList, prefixListIds: [UNKNOWN] })])]),
      ["unknown", "ingress[0].prefixListIds"],
    );
  });
});
