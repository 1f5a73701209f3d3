import assert from "node:assert/strict";
import type { FailoverPlan } from "../../../model/failover-plan";
import { planFromResources } from "../../../model/plan-from-resources";
import { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { judge } from "../../../policy/evaluate";
import { rules } from "../../../policy/rules/registry";
import { resource } from "../../model/stack-fixture";
import { CHECK, RECORD } from "./records";

const many = (count: number, make: (index: number) => StackResource[]): StackResource[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

const check = (name: string, properties: Properties = {}) =>
  resource(CHECK, name, { type: "HTTPS", requestInterval: 30, failureThreshold: 3, ...properties });

const record = (id: string, name: string, properties: Properties) =>
  resource(RECORD, id, { name, type: "A", zoneId: "Z1", ttl: 60, setIdentifier: id, ...properties });

const primary = (id: string, properties: Properties) =>
  record(id, `${id}.example.com`, { failoverRoutingPolicies: [{ type: "PRIMARY" }], ...properties });

const weighted = (id: string, name: string, properties: Properties) =>
  record(id, name, { weightedRoutingPolicies: [{ weight: 1 }], ...properties });

const toName = (name: string): Properties => ({
  ttl: undefined as never,
  aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
});

const address = (index: number) => [`198.51.${100 + Math.floor(index / 250)}.${index % 250}`];

/** One calculated check over half of the resources, on the records of the other half. */
const calculated = (size: number, child: (index: number) => Properties) => [
  check("all", {
    type: "CALCULATED",
    childHealthThreshold: 1,
    childHealthchecks: many(size / 2, (index) => [check(`child-${index}`)]).map(({ name }) => `${name}-id`),
  }),
  ...many(size / 2, (index) => [check(`child-${index}`, child(index))]),
  ...many(size / 2, (index) => [primary(`p${index}`, { records: address(index), healthCheckId: "all-id" })]),
];

/** Shapes that the grown stack lacks: what many records share, and what leads on and on. */
const SHAPES: Readonly<Record<string, (size: number) => StackResource[]>> = {
  "a calculated check of many children that probe one host": (size) =>
    calculated(size, () => ({ fqdn: "host.example.com" })),
  "a calculated check of many children that probe a host each": (size) =>
    calculated(size, (index) => ({ fqdn: `host-${index}.example.net` })),
  "a calculated check of many children that probe the records": (size) =>
    calculated(size, (index) => ({ ipAddress: address(index)[0] ?? "" })),
  "a calculated check of many slow children": (size) =>
    calculated(size, () => ({ fqdn: "host.example.com", failureThreshold: 10 })),
  "a chain of CNAMEs with a check at every link": (size) =>
    many(size / 3, (index) => [
      record(`c${index}`, `c${index}.example.com`, {
        type: "CNAME",
        records: [`c${index + 1}.example.com`],
        setIdentifier: undefined as never,
      }),
      check(`h${index}`, { fqdn: `c${index}.example.com` }),
      primary(`p${index}`, { records: address(index), healthCheckId: `h${index}-id` }),
    ]),
  "one weighted name, each member with a check": (size) =>
    many(size / 2, (index) => [
      weighted(`w${index}`, "set.example.com", { records: address(index), healthCheckId: `h${index}-id` }),
      check(`h${index}`, { ipAddress: address(index)[0] ?? "" }),
    ]),
  "one weighted name whose members share an address": (size) =>
    many(size / 2, (index) => [
      weighted(`w${index}`, "set.example.com", { records: address(0), healthCheckId: `h${index}-id` }),
      check(`h${index}`, { ipAddress: address(1)[0] ?? "" }),
    ]),
  "one weighted name whose members share a check": (size) => [
    check("h", { fqdn: "host.example.net" }),
    ...many(size, (index) => [
      weighted(`w${index}`, "set.example.com", { records: address(index), healthCheckId: "h-id" }),
    ]),
  ],
  "many names that lead to one set": (size) => [
    ...many(size / 4, (index) => [
      weighted(`w${index}`, "set.example.com", { records: address(index), healthCheckId: `h${index}-id` }),
      check(`h${index}`, { ipAddress: address(index)[0] ?? "" }),
    ]),
    ...many(size / 2, (index) => [primary(`p${index}`, toName("set.example.com"))]),
  ],
};

/** A stack and its plan that count how often anything of a resource, a record or a check is read. */
function counted(resources: readonly StackResource[]) {
  const reads = { count: 0 };
  const watch = <Item extends object>(item: Item): Item =>
    new Proxy(item, {
      get: (target, key) => {
        reads.count += 1;
        return Reflect.get(target, key);
      },
    });
  const watched = resources.map((one) =>
    watch({ ...one, properties: watch(one.properties as object) as never }),
  );
  const joins = new StackJoins(watched);
  const plan = planFromResources(watched, joins);
  const counting: FailoverPlan = {
    ...plan,
    recordSets: plan.recordSets.map(watch),
    healthChecks: plan.healthChecks.map(watch),
    endpoints: plan.endpoints.map(watch),
  };
  return { watched, reading: () => ({ plan: counting, joins }), reads };
}

const SMALL = 120;
const TIMES = 10;

describe("policy/rules/growth", () => {
  for (const [shape, grown] of Object.entries(SHAPES)) {
    it(`reads ten times as much of ${shape} ten times as large`, () => {
      const [small, large] = [SMALL, SMALL * TIMES].map((size) => {
        const { watched, reading, reads } = counted(grown(size));
        const making = reads.count;
        const ofRules = rules.map((rule): [string, number] => {
          const before = reads.count;
          judge(rule, { resources: watched, reading, phase: "settled" }, {});
          return [rule.id, (reads.count - before) / watched.length];
        });
        return new Map([["the plan itself", making / watched.length], ...ofRules]);
      });
      const grew = [...(large ?? [])].flatMap(([id, each]) => {
        const before = small?.get(id) ?? Number.NaN;
        // A handful of reads more for each resource is a list that has just begun.
        return each <= before * 1.1 + 1
          ? []
          : [`${id}: ${before.toFixed(1)} -> ${each.toFixed(1)} reads each`];
      });
      assert.deepEqual(grew, []);
    });
  }

  for (const [what, fqdn] of [
    ["its own name", "level-0.example.com"],
    ["another", "host.example.net"],
  ] as const)
    it(`comes to an end in a tree of sets that share what is behind them, and a check of ${what}`, () => {
      const tree = many(8, (level) =>
        many(6, (index) => [
          weighted(
            `w${level}-${index}`,
            `level-${level}.example.com`,
            level < 7
              ? toName(`level-${level + 1}.example.com`)
              : { records: address(index), healthCheckId: "h-id" },
          ),
        ]),
      );
      const { watched, reading, reads } = counted([...tree, check("h", { fqdn })]);
      for (const rule of rules) judge(rule, { resources: watched, reading, phase: "settled" }, {});
      assert.ok(reads.count < 100_000, `${reads.count} reads of ${watched.length} resources`);
    });
});
