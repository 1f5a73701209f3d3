import assert from "node:assert/strict";
import { alias, failoverRecord, provider, record, ZONE_ID, zone } from "../../drill/seeds/plain-resource";
import { answerEnds } from "../../model/answer-ends";
import { planFromResources } from "../../model/plan-from-resources";
import type { Properties } from "../../model/unknown";

const TO_AWS = alias("d-1.execute-api.us-east-1.amazonaws.com", "Z1UJRXOUMOOFQ8");
const toName = (name: string) => alias(`${name}.example.com`, ZONE_ID);
const values = (ttl: number): Properties => ({ ttl, records: ["192.0.2.1"] });

const named = (name: string, properties: Properties) =>
  record(name, { name: `${name}.example.com`, type: "A", ...properties });

const STACK = [
  provider("us-east-1"),
  zone("example.com"),
  named("plain", values(300)),
  named("aws", TO_AWS),
  named("chain", toName("middle")),
  named("middle", toName("plain")),
  named("pair-alias", toName("app")),
  failoverRecord("PRIMARY", { name: "app.example.com", type: "A", ...values(20) }),
  failoverRecord("SECONDARY", { name: "app.example.com", type: "A", ...TO_AWS }),
  named("loop", toName("loop")),
];

describe("drill/answer-ends", () => {
  const ends = (which: "all" | "resting", ...names: string[]) => {
    const plan = planFromResources(STACK);
    const asked = plan.recordSets.filter(({ urn }) => names.includes(urn.split("::").at(-1) ?? ""));
    return answerEnds(plan, asked, which).map(({ urn }) => urn.split("::").at(-1));
  };

  it("is a record itself, unless it is an alias to records of the zone", () => {
    assert.deepEqual(ends("all", "plain"), ["plain"]);
    assert.deepEqual(ends("all", "aws"), ["aws"]);
    assert.deepEqual(ends("all", "chain"), ["plain"]);
    assert.deepEqual(ends("all", "loop"), []);
  });

  it("takes each record once, and of a set who answers while all are healthy, or all of it", () => {
    assert.deepEqual(ends("resting", "pair-alias", "plain", "chain"), ["plain", "primary"]);
    assert.deepEqual(ends("all", "pair-alias"), ["primary", "secondary"]);
  });
});
