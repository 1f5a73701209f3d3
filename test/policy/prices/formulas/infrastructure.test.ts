import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { FORMULAS } from "../../../../policy/prices/formulas";
import { INFRASTRUCTURE_FORMULAS } from "../../../../policy/prices/formulas/infrastructure";
import { SERVICE_FORMULAS } from "../../../../policy/prices/formulas/services";
import { idleCost } from "../../../../policy/prices/idle-cost";
import { resource } from "../../../model/stack-fixture";
import { costOf, standby } from "../meters";

const FOLDER = join(__dirname, "../../../../policy/prices/formulas");

/** Every property path that a formula names, so that a new one is tried as well. */
const paths = [
  ...new Set(
    readdirSync(FOLDER).flatMap((file) =>
      [
        ...readFileSync(join(FOLDER, file), "utf8").matchAll(
          /"([a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)*)"/g,
        ),
      ].map(([, path = ""]) => path),
    ),
  ),
];

const anyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.constantFrom<PropertyValue>(
    UNKNOWN,
    null,
    undefined,
    true,
    false,
    "",
    "true",
    -1,
    0,
    0.5,
    1e300,
    Number.NaN,
    [],
    {},
  ),
  fc.integer({ min: -10, max: 1000 }),
  fc.constantFrom(
    "t3.micro",
    "db.t3.micro",
    "mysql",
    "gp3",
    "io1",
    "FARGATE",
    "EC2",
    "PROVISIONED",
    "id-0",
    "256",
    "x",
  ),
  fc.constantFrom<PropertyValue>(
    [UNKNOWN],
    [null],
    ["id-0"],
    ["t3.micro", 7],
    [{ instanceType: "t3.micro" }],
    [{}, UNKNOWN],
  ),
);

/** A value at a path with dots, within what other paths have put there. */
function placed(entries: readonly (readonly [string, PropertyValue])[]): Properties {
  const properties: Properties = {};
  for (const [path, value] of entries) {
    const steps = path.split(".");
    const last = steps.pop() ?? path;
    let holder = properties;
    for (const step of steps) {
      const inner = holder[step];
      const next: Properties =
        inner !== null && typeof inner === "object" && !Array.isArray(inner) ? (inner as Properties) : {};
      holder[step] = next;
      holder = next;
    }
    holder[last] = value;
  }
  return properties;
}

const anyStack: fc.Arbitrary<StackResource[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom(
        ...Object.keys(INFRASTRUCTURE_FORMULAS),
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ecs/taskDefinition:TaskDefinition",
      ),
      entries: fc.array(fc.tuple(fc.constantFrom(...paths), anyValue), { maxLength: 12 }),
      id: fc.constantFrom<StackResource["id"]>("id-0", UNKNOWN, undefined),
      sources: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }),
    }),
    { maxLength: 4 },
  )
  .map((parts) => {
    const urns = parts.map(({ type }, index) => resource(type, `r${index}`).urn);
    return parts.map(({ type, entries, id, sources }, index) => {
      const properties: Properties = { region: "us-west-2", ...placed(entries) };
      const of = sources.flatMap((source) => urns[source] ?? []);
      const from = Object.fromEntries(Object.keys(properties).map((name) => [name, of]));
      return resource(type, `r${index}`, properties, { id, from });
    });
  });

describe("policy/prices/formulas/infrastructure", () => {
  it("shares no type with the services", () => {
    assert.deepEqual(
      Object.keys(INFRASTRUCTURE_FORMULAS).filter((type) => type in SERVICE_FORMULAS),
      [],
    );
  });

  it("prices at least 160 types together with the services", () => {
    assert.ok(Object.keys(FORMULAS).length >= 160, String(Object.keys(FORMULAS).length));
  });

  it("gives no amount that is below zero or not a whole number, and never throws", () => {
    assert.ok(paths.length > 200, String(paths.length));
    fc.assert(
      fc.property(anyStack, (stack) => {
        const { lines, totalMicroUsd } = idleCost(stack, planFromResources(stack));
        for (const { monthlyMicroUsd, item } of lines) {
          assert.ok(
            Number.isSafeInteger(monthlyMicroUsd) && monthlyMicroUsd >= 0,
            `${item} ${monthlyMicroUsd}`,
          );
          assert.ok(!/NaN|undefined|Infinity|Symbol/.test(item), item);
        }
        assert.ok(Number.isSafeInteger(totalMicroUsd));
      }),
      { numRuns: 1500, seed: 1 },
    );
  });

  it("prices nothing of which every property is unknown, but what has one price for all", () => {
    const everything = Object.fromEntries(paths.map((path) => [path.split(".")[0] ?? path, UNKNOWN]));
    const flat = Object.keys(INFRASTRUCTURE_FORMULAS).filter((type) => {
      const one = standby(type, "one", { ...everything, region: "us-west-2" });
      const { lines, unpriced } = costOf([
        { ...one, properties: { ...one.properties, region: "us-west-2" } },
      ]);
      return lines.some(({ urn }) => urn === one.urn) && unpriced.length === 0;
    });
    assert.deepEqual(flat, FLAT);
  });

  it("has no type that passes as free when every property is unknown", () => {
    const everything = Object.fromEntries(paths.map((path) => [path.split(".")[0] ?? path, UNKNOWN]));
    const free = Object.keys(INFRASTRUCTURE_FORMULAS).filter((type) => {
      const one = standby(type, "one", { ...everything, region: "us-west-2" });
      const { lines, unpriced } = costOf([one]);
      return lines.length + unpriced.length === 0;
    });
    assert.deepEqual(free, []);
  });
});

/** What costs the same however it is set up, or bills an assumed size. */
const FLAT: readonly string[] = [
  "aws:ebs/fastSnapshotRestore:FastSnapshotRestore",
  "aws:ec2/eip:Eip",
  "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:redshift/clusterSnapshot:ClusterSnapshot",
  "aws:redshift/snapshotCopy:SnapshotCopy",
  "aws:redshiftserverless/snapshot:Snapshot",
  "aws:timestreamwrite/table:Table",
];
