import { normalizeDnsName } from "../../../model/dns-name";
import type { FailoverRole, RecordSet } from "../../../model/failover-plan";
import type { LooseRecord, RecordGroup } from "../../../model/record-groups";
import { mayBeCalled } from "../../../model/relative-name";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, notApplicable, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { ALLOWED, type FailoverSet, otherRole } from "./side";

/** A record whose set has no record of the other role. */
interface Half {
  readonly record: RecordSet;
  readonly role: FailoverRole;
  readonly group: RecordGroup;
}

export interface HalvesInput {
  readonly sets: readonly FailoverSet[];
  readonly loose: readonly LooseRecord[];
  /** Full names whose other half is in another stack. */
  readonly elsewhere: readonly string[];
  readonly phase: Phase;
}

/** A judgement by URN on every set that lacks a PRIMARY or a SECONDARY; whole sets have none. */
export function judgeHalves({ sets, loose, elsewhere, phase }: HalvesInput): Map<string, Judgement> {
  const judged = new Map<string, Judgement>();
  const kept = new Set(elsewhere.map(normalizeDnsName));
  const possible = possibleHalves(loose);
  const missing: Half[] = [];
  for (const half of sets.flatMap(halfOf)) {
    const { record, group, role } = half;
    if (kept.has(group.name)) {
      const why = `${recordTitle(record)} has its ${otherRole(role)} in another stack, as halvesElsewhere says`;
      judged.set(record.urn, notApplicable(record.urn, why));
      continue;
    }
    if (elsewhere.some((name) => mayBeCalled(record, name))) {
      judged.set(record.urn, unknown(record.urn, "name", recordTitle(record), phase));
      continue;
    }
    const candidate = possible(half);
    if (candidate === undefined) missing.push(half);
    else judged.set(record.urn, unknownHalf(half, candidate, phase));
  }
  for (const match of MATCHES) matchHalves(missing, match, judged, phase);
  for (const half of missing) {
    if (!judged.has(half.record.urn)) judged.set(half.record.urn, alone(half));
  }
  return judged;
}

function halfOf({ members, group }: FailoverSet): Half[] {
  const [first, ...others] = members;
  if (first === undefined || isUnknown(first.role) || first.role === "wrong") return [];
  const { role, record } = first;
  // Two of one kind are refused as such, and one of them can become the other half.
  return others.length === 0 ? [{ record, role, group }] : [];
}

/** Finds a record that is not known well enough yet to be ruled out as the other half; one look-up per half. */
function possibleHalves(loose: readonly LooseRecord[]) {
  const byPattern = new Map<string, LooseRecord>();
  const add = (found: LooseRecord): void => {
    const { record, zone } = found;
    const role = record.routing.kind === "failover" ? record.routing.role : "";
    const parts: MaybeUnknown<string>[] = [zone, record.name, record.type, role];
    const key = parts.map((part) => (isUnknown(part) ? ANY : part)).join(" ");
    if (!byPattern.has(key)) byPattern.set(key, found);
  };
  loose.forEach(add);
  return ({ group, role }: Half): LooseRecord | undefined => {
    if (byPattern.size === 0) return undefined;
    const parts = [group.zone, group.name, group.type, otherRole(role)];
    for (let mask = 1; mask < 2 ** parts.length; mask += 1) {
      const key = parts.map((part, index) => (mask & (1 << index) ? ANY : part)).join(" ");
      const found = byPattern.get(key);
      if (found) return found;
    }
    return undefined;
  };
}

const ANY = "?";

function unknownHalf({ record, role }: Half, candidate: LooseRecord, phase: Phase): Judgement {
  const of = `${recordTitle(candidate.record)}, which may be the ${otherRole(role)} of ${recordTitle(record)}`;
  return unknown(record.urn, candidate.path, of, phase);
}

/** Two halves that were meant for each other and differ in one thing, which Route 53 does not serve as a pair. */
interface Match {
  readonly path: "type" | "name" | "zoneId";
  readonly key: (half: Half) => string;
  readonly lever: (primary: Half) => string;
  /** Where many halves share the key, who belongs to whom cannot be told. */
  readonly onlyOne: boolean;
}

const MATCHES: readonly Match[] = [
  {
    path: "type",
    key: ({ group }) => `${group.zone} ${group.name}`,
    lever: ({ group }) =>
      `give both one type, ${group.type} here (an address and a host name do not mix: two A records or two CNAMEs)`,
    onlyOne: false,
  },
  {
    path: "name",
    key: ({ group }) => `${group.zone} ${group.type}`,
    lever: ({ group }) => `set name to ${group.name}`,
    onlyOne: true,
  },
  {
    path: "zoneId",
    key: ({ group }) => `${group.name} ${group.type}`,
    lever: ({ record }) => `put it into the zone of "${record.urn.split("::").at(-1)}"`,
    onlyOne: true,
  },
];

/** `app` and `app.example.com`: in a zone whose name is not known, they may be the same. */
function mayBeOneName(a: string, b: string): boolean {
  return a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function matchHalves(
  missing: readonly Half[],
  match: Match,
  judged: Map<string, Judgement>,
  phase: Phase,
): void {
  const sides = new Map<string, Record<FailoverRole, Half[]>>();
  for (const half of missing) {
    if (judged.has(half.record.urn)) continue;
    const key = match.key(half);
    const side = sides.get(key) ?? { PRIMARY: [], SECONDARY: [] };
    side[half.role].push(half);
    sides.set(key, side);
  }
  for (const { PRIMARY, SECONDARY } of sides.values()) {
    if (match.onlyOne && (PRIMARY.length !== 1 || SECONDARY.length !== 1)) continue;
    PRIMARY.forEach((primary, index) => {
      const secondary = SECONDARY[index];
      if (!secondary) return;
      if (match.path === "name" && mayBeOneName(primary.group.name, secondary.group.name)) {
        for (const half of [primary, secondary]) {
          judged.set(half.record.urn, unknown(half.record.urn, "name", recordTitle(half.record), phase));
        }
      } else refuseTogether(primary, secondary, match, judged);
    });
  }
}

/** One finding for the two: it is one mistake, with one change that mends it. */
function refuseTogether(
  primary: Half,
  secondary: Half,
  { path, lever }: Match,
  judged: Map<string, Judgement>,
): void {
  const what =
    `${recordTitle(secondary.record)} is no pair with ${recordTitle(primary.record)}, whose ` +
    `${path === "zoneId" ? "zone" : path} is another`;
  const { urn } = secondary.record;
  judged.set(urn, fail(urn, path, `${what}; ${ALLOWED}; ${lever(primary)}`));
  judged.set(
    primary.record.urn,
    notApplicable(primary.record.urn, `${recordTitle(primary.record)} is judged with its SECONDARY`),
  );
}

const CONSEQUENCE: Readonly<Record<FailoverRole, string>> = {
  PRIMARY: "so it is answered even while it is down",
  SECONDARY: "so it is answered whatever the health of anything else",
};

function alone({ record, role, group }: Half): Judgement {
  const missing = otherRole(role);
  return fail(
    record.urn,
    "failoverRoutingPolicies[0].type",
    `${recordTitle(record)} has no ${missing}, ${CONSEQUENCE[role]}; ${ALLOWED}; add a ${missing} ${group.type} ` +
      `record of ${group.name} to the same zone (the record costs nothing while idle)`,
  );
}
