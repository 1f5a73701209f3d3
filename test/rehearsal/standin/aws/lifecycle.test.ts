import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { resourceType, standinResourceTypes } from "../../../../rehearsal/standin/aws/catalogue";
import { check } from "../../../../rehearsal/standin/aws/check";
import * as lifecycle from "../../../../rehearsal/standin/aws/lifecycle";
import { holdsUnknown, placesAt } from "../../../../rehearsal/standin/aws/property-path";
import { made, refusal, removed, SCOPE, urnOf } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const TABLE = "aws:dynamodb/table:Table";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const TOPIC = "aws:sns/topic:Topic";

function inputsOf(token: string, news: Properties = MINIMAL[token] ?? {}): Properties {
  return check(resourceType(token), urnOf(token, "x"), news, SCOPE).inputs;
}

/** As the engine goes: the new inputs are checked with the old ones at hand, then compared. */
function difference(token: string, olds: Properties, news: Properties) {
  const type = resourceType(token);
  const urn = urnOf(token, "x");
  const before = inputsOf(token, olds);
  return lifecycle.diff(type, urn, before, check(type, urn, news, SCOPE, before).inputs);
}

describe("standin/aws/lifecycle", () => {
  for (const token of standinResourceTypes()) {
    const type = resourceType(token);

    it(`makes ${token} with every computed value, the same each time`, () => {
      const first = made(token, MINIMAL[token] ?? {});
      assert.deepEqual(made(token, MINIMAL[token] ?? {}), first);
      assert.notEqual(first.id, "");
      const open = type.computed.flatMap((path) =>
        placesAt(first.outputs, path).filter(({ value }) => value === undefined || holdsUnknown(value)),
      );
      assert.deepEqual(open, []);
    });

    it(`foresees ${token} with every computed value unknown and every input as it is`, () => {
      const inputs = inputsOf(token);
      const foreseen = lifecycle.foresee(type, inputs);
      for (const path of type.computed) {
        const given = placesAt(inputs, path)[0]?.value;
        for (const { value } of placesAt(foreseen, path))
          assert.deepEqual(value, given === undefined ? UNKNOWN : given, path);
      }
      for (const key of Object.keys(inputs).filter(
        (name) => !type.computed.some((path) => path.startsWith(name)),
      ))
        assert.deepEqual(foreseen[key], inputs[key], key);
    });
  }

  it("sees no difference in equal inputs and a change in every other", () => {
    const base = { type: "HTTPS", fqdn: "a.example.com", failureThreshold: 3, requestInterval: 10 };
    assert.deepEqual(difference(HEALTH_CHECK, base, { ...base }), {
      changed: [],
      replaces: [],
      deleteBeforeReplace: false,
    });
    assert.deepEqual(difference(HEALTH_CHECK, base, { ...base, failureThreshold: 4 }), {
      changed: ["failureThreshold"],
      replaces: [],
      deleteBeforeReplace: false,
    });
    assert.deepEqual(difference(HEALTH_CHECK, base, { ...base, failureThreshold: UNKNOWN }).changed, [
      "failureThreshold",
    ]);
  });

  it("replaces where AWS cannot change in place", () => {
    const replaces = (token: string, olds: Properties, news: Properties) =>
      difference(token, olds, news).replaces;
    const check = { type: "HTTPS", fqdn: "a.example.com", requestInterval: 10 };
    assert.deepEqual(replaces(HEALTH_CHECK, check, { ...check, requestInterval: 30 }), ["requestInterval"]);
    assert.deepEqual(replaces(HEALTH_CHECK, check, { ...check, type: "HTTP" }), ["type"]);
    assert.deepEqual(replaces(HEALTH_CHECK, check, { ...check, measureLatency: true }), ["measureLatency"]);
    assert.deepEqual(replaces(HEALTH_CHECK, check, { ...check, invertHealthcheck: true }), []);
    const table = { ...MINIMAL[TABLE], name: "profiles" };
    const other = { attributes: [{ name: "pk", type: "S" }], hashKey: "pk" };
    assert.deepEqual(replaces(TABLE, table, { ...table, ...other }), ["hashKey"]);
    assert.deepEqual(replaces(TABLE, table, { ...table, deletionProtectionEnabled: true }), []);
    assert.deepEqual(replaces(TOPIC, {}, { region: "us-west-2" }), ["region"]);
    const record = MINIMAL["aws:route53/record:Record"] ?? {};
    const recordReplaces = (news: Properties) =>
      replaces("aws:route53/record:Record", record, { ...record, ...news });
    assert.deepEqual(recordReplaces({ name: "api.example.com" }), ["name"]);
    assert.deepEqual(recordReplaces({ zoneId: "Z2" }), ["zoneId"]);
    assert.deepEqual(recordReplaces({ ttl: 30 }), []);
    assert.deepEqual(recordReplaces({ type: "AAAA", records: ["2001:db8::1"] }), []);
  });

  it("deletes first only where the name would be taken", () => {
    const first = (news: Properties) => difference(TOPIC, {}, news).deleteBeforeReplace;
    assert.equal(first({ name: "alarms" }), true);
    assert.equal(first({ namePrefix: "alarms-" }), false);
    assert.equal(first({ region: "us-west-2" }), false);
    assert.equal(
      difference(TOPIC, { name: "a" }, { name: "a", displayName: "A" }).deleteBeforeReplace,
      false,
    );
  });

  it("gives a replacement another id, and an update the same", () => {
    const id = (inputs: Properties) => made(HEALTH_CHECK, inputs).id;
    const base = { type: "HTTPS", fqdn: "a.example.com", requestInterval: 10 };
    assert.equal(id({ ...base, failureThreshold: 5 }), id(base));
    assert.notEqual(id({ ...base, requestInterval: 30 }), id(base));
  });

  it("keeps what it makes in the account, once, until it is deleted", () => {
    const account = new MemoryAccount(true);
    const type = resourceType(TOPIC);
    const { id } = made(TOPIC, { name: "alarms" }, { account, region: "us-west-2" });
    assert.deepEqual(
      account.list(TOPIC).map((topic) => [topic.id, topic.region]),
      [["arn:aws:sns:us-west-2:123456789012:alarms", "us-west-2"]],
    );
    const inputs = inputsOf(TOPIC, { name: "alarms", region: "us-west-2", displayName: "Alarms" });
    lifecycle.update(type, urnOf(TOPIC, "x"), id, inputs, SCOPE, account);
    assert.deepEqual(
      account.list(TOPIC).map(({ properties }) => properties.displayName),
      ["Alarms"],
    );
    removed(TOPIC, account);
    assert.deepEqual(account.list(TOPIC), []);
  });

  it("replaces the account's entry when an update changes the id", () => {
    const account = new MemoryAccount(false);
    const token = "aws:route53/record:Record";
    const type = resourceType(token);
    const { id } = made(token, MINIMAL[token] ?? {}, { account });
    const inputs = inputsOf(token, { ...MINIMAL[token], type: "AAAA", records: ["2001:db8::1"] });
    const { id: next } = lifecycle.update(type, urnOf(token, "x"), id, inputs, SCOPE, account);
    assert.notEqual(next, id);
    assert.deepEqual(
      account.list(token).map((record) => record.id),
      [next],
    );
  });

  it("foresees an update exactly once all is known", () => {
    const type = resourceType(TABLE);
    const account = new MemoryAccount(false);
    const urn = urnOf(TABLE, "x");
    const inputs = inputsOf(TABLE);
    const { outputs } = lifecycle.create(type, urn, inputs, SCOPE, account);
    assert.deepEqual(lifecycle.foreseeUpdate(type, urn, inputs, SCOPE, account), outputs);
    const open = lifecycle.foreseeUpdate(type, urn, { ...inputs, tags: { a: UNKNOWN } }, SCOPE, account);
    assert.equal(open.arn, UNKNOWN);
  });

  it("refuses to delete behind a protection, and can lift it", () => {
    const account = new MemoryAccount(true);
    made(TABLE, { ...MINIMAL[TABLE], deletionProtectionEnabled: true }, { account });
    assert.deepEqual(
      refusal(() => removed(TABLE, account)),
      [
        'aws:dynamodb/table:Table "x": deletionProtectionEnabled is on, and AWS refuses to delete it (ValidationException); set it to false and update, then destroy',
      ],
    );
    assert.equal(account.list(TABLE).length, 1);
    const [table] = account.list(TABLE);
    const type = resourceType(TABLE);
    assert.deepEqual(lifecycle.protection(type, table?.properties ?? {}), ["deletionProtectionEnabled"]);
    const lifted = lifecycle.withoutProtection(type, table?.properties ?? {});
    assert.deepEqual(lifecycle.protection(type, lifted), []);
    assert.deepEqual(lifted, { ...table?.properties, deletionProtectionEnabled: false });
  });
});
