import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import type { Properties } from "../../../../model/unknown";
import { aliasTarget } from "../../../../policy/rules/alias-target/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, primary, record, secondary } from "../records";

const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com" }, { id: "Z1" });
const LEVER = "allowed: a name that answers with an address; correct it, or add its record (no price)";
const GONE = "leads to gone.example.com, of which the stack's own zone has no";

const to = (name: string): Properties => ({
  ...alias(name),
  aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: false }],
});
const cname = (name: string): Properties => ({ type: "CNAME", records: [name] });

function findings(...resources: readonly StackResource[]) {
  return judged(aliasTarget, [zone, ...resources])
    .filter(({ verdict }) => verdict === "fail")
    .map(({ path, message, advisory }) => [path, message, ...(advisory ? ["advisory"] : [])]);
}

describe("policy/rules/alias-target, where records end", () => {
  it("advises where the stack's own zone has nothing of the name", () => {
    const title = "SECONDARY A record of app.example.com";
    assert.deepEqual(findings(primary(), secondary(to("gone.example.com"))), [
      [
        "aliases[0].name",
        `${title} ${GONE} record: Route 53 refuses it unless another stack keeps that; ${LEVER}`,
        "advisory",
      ],
    ]);
    const there = record("gone", { name: "gone" });
    assert.deepEqual(findings(primary(), secondary(to("gone.example.com")), there), []);
  });

  it("judges CNAMEs of a set, and no others", () => {
    const members = [primary(cname("here.example.com")), secondary(cname("gone.example.com"))];
    const here = record("here", { name: "here" });
    assert.deepEqual(findings(...members, here), [
      [
        "records",
        `SECONDARY CNAME record of app.example.com ${GONE} record: nobody is served there unless another stack keeps ` +
          `that; ${LEVER}`,
        "advisory",
      ],
    ]);
    assert.deepEqual(findings(record("www", { name: "www", ...cname("gone.example.com") })), []);
  });

  it("refuses a CNAME of a set to other types, where neither family has an address", () => {
    const members = [primary(cname("here.example.com")), secondary(cname("gone.example.com"))];
    const typed = (type: string) =>
      findings(...members, record("here", { name: "here" }), record("gone", { name: "gone", type }));
    assert.deepEqual(typed("TXT"), [
      ["records", `SECONDARY CNAME record of app.example.com ${GONE} A record but TXT; ${LEVER}`],
    ]);
    assert.deepEqual(typed("AAAA"), []);
  });

  it("refuses an alias to its own name", () => {
    const [found] = findings(primary(), secondary(to("app.example.com")));
    assert.equal(
      found?.[1],
      `SECONDARY A record of app.example.com leads to app.example.com, which leads back to itself; ${LEVER}`,
    );
  });
});
