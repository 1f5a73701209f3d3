import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { healthCheckSelfReference } from "../../../../policy/rules/health-check-self-reference/rule";
import { judged } from "../judged";
import { check, NAME, primary, record, secondary } from "../records";

const verdicts = (...resources: StackResource[]) =>
  judged(healthCheckSelfReference, resources, {}, "preview").map(
    ({ verdict, urn, path }) => `${verdict} ${urn.split("::").at(-1)} ${path}`,
  );

describe("policy/rules/health-check-self-reference of names that only their zones' would complete", () => {
  it("never passes a check of them, and judges it once the provider tells the full name", () => {
    for (const [name, full] of [
      ["www", "www.example.com"],
      ["api.eu", "api.eu.example.com"],
    ]) {
      const stack = (properties: object) => [
        primary({ name, ...properties }),
        secondary({ name, ...properties }),
        check({ fqdn: full }),
      ];
      assert.deepEqual(verdicts(...stack({})), ["unknown primary name"]);
      assert.deepEqual(verdicts(...stack({ fqdn: full })), ["fail check fqdn"]);
      assert.deepEqual(verdicts(...stack({ fqdn: `${name}.example.net` })), ["pass check fqdn"]);
    }
  });

  it("passes a check of what no zone's name can make of them", () => {
    const named = (name: string, fqdn: string, ...others: StackResource[]) =>
      verdicts(primary({ name }), secondary({ name }), check({ fqdn }), ...others);
    const passes = ["pass check fqdn"];
    const unknown = ["unknown primary name"];
    assert.deepEqual(named("app", "primary.example.com"), passes);
    assert.deepEqual(named("app", "application.example.com"), passes);
    assert.deepEqual(named("app", "eu.app.example.com"), passes);
    assert.deepEqual(named("app", "app.example.com"), unknown);
    assert.deepEqual(named("", "primary.example.com"), unknown);
    assert.deepEqual(named("*", "primary.example.com"), unknown);
    assert.deepEqual(named("*", "a.b.example.com"), unknown);
    const leading = (name: string, records: string[]) => record("way", { type: "CNAME", name, records });
    assert.deepEqual(named("app", "primary.example.com", leading("primary", ["app.example.com"])), unknown);
    assert.deepEqual(named("app", "primary.example.com", leading("other", ["app.example.com"])), passes);
    const told = (to: string) => leading("primary.example.com", [to]);
    assert.deepEqual(named("app", "primary.example.com", told("app.example.com")), unknown);
    assert.deepEqual(named("app", "primary.example.com", told("origin.example.com")), passes);
  });

  it("does not know whether they are among the names that lead back outside the stack", () => {
    const stack = [primary({ name: "app" }), check({ fqdn: "primary.example.com" })];
    const of = (...namesLeadingBack: string[]) =>
      judged(healthCheckSelfReference, stack, { namesLeadingBack }).map(({ verdict }) => verdict);
    assert.deepEqual([of("other.example.com"), of("primary.example.com")], [["pass"], ["unknown"]]);
  });

  it("does not know a way that may lead over a relative record", () => {
    const probe = check({ fqdn: "origin.example.com" });
    const origin = (properties: object) =>
      record("origin", { type: "CNAME", name: "origin", records: [NAME], ...properties });
    const unknown = ["unknown origin name"];
    assert.deepEqual(verdicts(primary(), probe, origin({})), unknown);
    assert.deepEqual(verdicts(primary(), probe, origin({ name: "*" })), unknown);
    const elsewhere = ["pass check fqdn"];
    assert.deepEqual(verdicts(primary(), probe, origin({ name: "other" })), elsewhere);
    assert.deepEqual(verdicts(primary(), probe, origin({ type: "A", records: ["192.0.2.9"] })), elsewhere);
    const own = record("own", { name: "origin.example.com", records: ["192.0.2.9"] });
    assert.deepEqual(verdicts(primary(), probe, own, origin({ name: "*" })), elsewhere);
  });
});
