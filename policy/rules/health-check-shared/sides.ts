import type { FailoverRole, RecordSet } from "../../../model/failover-plan";
import type { RecordGroup } from "../../../model/record-groups";
import { fail, pass, recordTitle, unknown } from "../../judgement";
import { checkPriceText } from "../../prices/route53-price";
import type { Judgement, Phase } from "../../rule";
import {
  type Followed,
  type FollowedCheck,
  type FollowedChecks,
  followsText,
  unknownChecks,
} from "./followed-checks";

/** The price of one more HTTPS check at the fast interval, as messages quote it. */
export function ownCheckPrice(): string {
  return (
    `(HTTPS at 10 s: ${checkPriceText("aws", 2)} for an endpoint in AWS, ` +
    `${checkPriceText("other", 2)} for another)`
  );
}

interface Member {
  readonly record: RecordSet;
  readonly followed: Followed;
}

/** The records of one name that fails over, of whatever type: A and AAAA of one side may share a check. */
interface Sides {
  readonly name: string;
  readonly PRIMARY: Member[];
  readonly SECONDARY: Member[];
  readonly unknownRole: RecordSet[];
}

export function judgeSides(
  groups: readonly RecordGroup[],
  followed: FollowedChecks,
  phase: Phase,
): Judgement[] {
  const sides = new Map<string, Sides>();
  for (const { zone, name, records } of groups) {
    for (const record of records) {
      if (record.routing.kind !== "failover" || record.healthCheck.kind === "none") continue;
      const key = `${zone} ${name}`;
      const side = sides.get(key) ?? { name, PRIMARY: [], SECONDARY: [], unknownRole: [] };
      sides.set(key, side);
      const { role } = record.routing;
      if (isRole(role)) side[role].push({ record, followed: followed.of(record) });
      else side.unknownRole.push(record);
    }
  }
  return [...sides.values()].flatMap((side) => judgeSide(side, phase));
}

function isRole(role: unknown): role is FailoverRole {
  return role === "PRIMARY" || role === "SECONDARY";
}

function judgeSide({ name, PRIMARY, SECONDARY, unknownRole }: Sides, phase: Phase): Judgement[] {
  const findings: Judgement[] = unknownRole.map((record) =>
    unknown(record.urn, "failoverRoutingPolicies[0].type", recordTitle(record), phase),
  );
  const lists = [...new Set(PRIMARY.map(({ followed }) => followed.checks))];
  const ofPrimary = (key: string) =>
    lists.map((checks) => byKey(checks).get(key)).find((check) => check !== undefined);
  for (const { record, followed } of SECONDARY) {
    const shared = followed.checks.find(({ key }) => ofPrimary(key) !== undefined);
    const primary = shared && ofPrimary(shared.key);
    if (shared && primary) findings.push(refuse(record, shared, primary));
  }
  // What is not known on one side matters only where the other side follows anything.
  if (PRIMARY.length > 0 && SECONDARY.length > 0) {
    for (const { record, followed } of [...PRIMARY, ...SECONDARY]) {
      findings.push(...unknownChecks(record, followed, phase));
    }
  }
  const [first] = [...PRIMARY, ...SECONDARY];
  if (findings.length > 0 || first === undefined) return findings;
  return [pass(first.record.urn, "healthCheckId", `the sides of ${name} share no health check`)];
}

/** The checks that a record follows are one list for all records of a check. */
const indexes = new WeakMap<readonly FollowedCheck[], ReadonlyMap<string, FollowedCheck>>();

function byKey(checks: readonly FollowedCheck[]): ReadonlyMap<string, FollowedCheck> {
  const index = indexes.get(checks) ?? new Map(checks.toReversed().map((check) => [check.key, check]));
  indexes.set(checks, index);
  return index;
}

function refuse(record: RecordSet, shared: FollowedCheck, primary: FollowedCheck): Judgement {
  const asPrimary =
    primary.through === undefined || primary.through === shared.through
      ? "as its PRIMARY does"
      : `as its PRIMARY does through ${primary.through}`;
  return fail(
    record.urn,
    "healthCheckId",
    `${recordTitle(record)} ${followsText(shared)}, ${asPrimary}, so both turn unhealthy together and Route 53 ` +
      "answers the PRIMARY; allowed: a check of its own, or none; remove healthCheckId from the SECONDARY (free: as " +
      `the last resort it is then always answered), or give it a check of its own host name ${ownCheckPrice()}`,
  );
}
