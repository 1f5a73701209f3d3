import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { recordMembers } from "../../model/secondary-members";
import { resource } from "./stack-fixture";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const pages = (name: string) => resource(DISTRIBUTION, name, { domainName: `${name}.cloudfront.net` });
const record = (role: string, target: string) =>
  resource("aws:route53/record:Record", role, {
    name: "app.example.com",
    type: "A",
    zoneId: "Z1",
    failoverRoutingPolicies: [{ type: role }],
    aliases: [{ name: `${target}.cloudfront.net` }],
  });
const members = (primary: string, secondary: string) => {
  const {
    primary: first,
    secondary: second,
    primaryOnly,
  } = recordMembers(
    planFromResources([pages("a"), pages("b"), record("PRIMARY", primary), record("SECONDARY", secondary)]),
  );
  return { primary: [...first], secondary: [...second], primaryOnly: [...primaryOnly] };
};

describe("model/secondary-members", () => {
  it("tells apart what each record leads to", () => {
    assert.deepEqual(members("a", "b"), {
      primary: [pages("a").urn],
      secondary: [pages("b").urn],
      primaryOnly: [pages("a").urn],
    });
  });

  it("puts what serves both on no side of its own", () => {
    assert.deepEqual(members("a", "a"), { primary: [pages("a").urn], secondary: [], primaryOnly: [] });
  });

  it("finds nothing behind records that lead out of the stack", () => {
    assert.deepEqual(members("elsewhere", "b"), {
      primary: [],
      secondary: [pages("b").urn],
      primaryOnly: [],
    });
  });
});
