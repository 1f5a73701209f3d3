import { CheckTrees } from "../../../model/check-tree";
import { normalizeDnsName } from "../../../model/dns-name";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { NameGraph } from "../../../model/name-graph";
import { isInPrivateZone, publicPlan } from "../../../model/public-records";
import { mayBeCalled } from "../../../model/relative-name";
import { selfReferenceText } from "../../../model/self-reference";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, recordTitle, stackUrn, unknown } from "../../judgement";
import type { JudgedStack, Judgement, Phase, Rule } from "../../rule";
import { checkTitle } from "../check-title";
import { leverText } from "./lever";
import { note } from "./note";
import { nameOfUrn, Origins } from "./origins";
import { ProbedNames } from "./probed-names";

const HOST_NAME_PATTERN = "^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?$";

export interface HealthCheckSelfReferenceSettings {
  /** Host names that lead to the failover name by records outside the stack. */
  readonly namesLeadingBack: readonly string[];
}

export const healthCheckSelfReference: Rule<HealthCheckSelfReferenceSettings> = {
  id: "health-check-self-reference",
  title: "No health check probes the name whose answers it decides",
  level: "mandatory",
  settings: {
    namesLeadingBack: {
      type: "array",
      default: [],
      items: { type: "string", pattern: HOST_NAME_PATTERN },
      description:
        "Host names that lead to a failover name by records outside the stack, such as a CNAME at another DNS provider.",
    },
  },
  note,
  judge: (stack, { namesLeadingBack }) => {
    const names = new Names(stack, namesLeadingBack);
    const seen = new Set<string>();
    const judged = stack.plan.recordSets.flatMap((record): Judgement[] => {
      const { healthCheck, routing } = record;
      // A simple record is answered whatever its check says, so nothing turns in a circle.
      if (routing.kind === "simple" || healthCheck.kind === "none") return [];
      // One check on the A and the AAAA record of a name is one thing to judge.
      const check = healthCheck.kind === "check" ? healthCheck.urn : record.urn;
      const key = `${check} ${names.placeOf(record)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return names.judge(record);
    });
    if (judged.length > 0) return judged;
    return [notApplicable(stackUrn(stack.resources), "the stack has no routed record with a health check")];
  },
};

/** The names behind distributions, with the distributions on the way and one whose origins are not known. */
interface Through {
  readonly names: ReadonlySet<string>;
  readonly distributions: readonly StackResource[];
  readonly unknown: StackResource | undefined;
}

function firstOf<Found>(
  names: Iterable<string>,
  find: (name: string) => Found | undefined,
): Found | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function selfReferring(
  check: HealthCheck,
  of: string,
  name: string,
  distributions: readonly StackResource[],
): Judgement {
  const way = distributions.map((distribution) => distribution.name).join(" and ");
  return fail(
    check.urn,
    "fqdn",
    `${of} probes distribution ${way}, whose origin leads to ${name}, the name whose answers it decides, so its result ` +
      `follows the failover; allowed: an origin of its own; set domainName of the origin to the host name of one side ` +
      `(in place), or probe that host (in place)`,
  );
}

/** Where a check leads, with all that it follows. */
interface Lead {
  /** Whether nothing on the way is unknown, nor leads back to a failover name outside the stack. */
  readonly isTold: boolean;
  readonly names: ReadonlySet<string>;
  readonly root: HealthCheck | undefined;
  /** What is probed, in words; undefined where nothing is. */
  readonly targets: string | undefined;
}

/** Whether no zone's name can make the record's one of these. A wildcard may be any below, an untold one any at all. */
function isNoneOf(record: RecordSet, names: ReadonlySet<string>): boolean {
  const { relativeName = "*" } = record;
  return !relativeName.startsWith("*") && ![...names].some((each) => mayBeCalled(record, each));
}

function isNothingTold({ type, ipAddress, childCount }: HealthCheck): boolean {
  return isUnknown(type) && ipAddress === undefined && childCount === 0;
}

function probedTargets(checks: readonly HealthCheck[]): string | undefined {
  const probing = checks.filter(({ type }) => isUnknown(type) || isEndpointCheck(type));
  if (probing.length === 0) return undefined;
  const targets = probing.map(({ fqdn, ipAddress }) => {
    if (ipAddress !== undefined) return isUnknown(ipAddress) ? "an address" : ipAddress;
    return fqdn === undefined || isUnknown(fqdn) ? "a name of AWS" : fqdn;
  });
  return [...new Set(targets)].sort().join(", ");
}

function passed({ root, targets }: Lead, title: string): Judgement[] {
  if (root === undefined) return [];
  const of = `${checkTitle(root)} of ${title}`;
  return [
    targets === undefined
      ? notApplicable(root.urn, `${of} probes no name`)
      : pass(root.urn, "fqdn", `${of} probes ${targets}, which does not follow the failover`),
  ];
}

/** What a check's name leads to, indexed once for all records. */
class Names {
  private readonly phase: Phase;
  private readonly plan: FailoverPlan;
  private readonly trees: CheckTrees;
  private readonly probed: ProbedNames;
  private readonly graph: NameGraph;
  private readonly origins: Origins;
  private readonly leadingBack: ReadonlySet<string>;
  private readonly leads = new Map<string, Lead>();

  constructor({ plan, joins, phase }: JudgedStack, leadingBack: readonly string[]) {
    this.leadingBack = new Set(leadingBack.map(normalizeDnsName));
    this.phase = phase;
    this.plan = plan;
    this.trees = new CheckTrees(plan, joins);
    this.probed = new ProbedNames(plan, joins);
    this.origins = new Origins(plan, joins);
    this.graph = new NameGraph(
      publicPlan(plan).recordSets,
      (record) => this.probed.leadsToAws(record),
      (record) =>
        this.probed
          .sourcesOf(record)
          .filter((urn) => this.origins.isDistribution(urn))
          .map(nameOfUrn),
    );
  }

  /** Zone and name, or the record alone where they are not known. */
  placeOf(record: RecordSet): string {
    const { urn, zone, name } = record;
    return isUnknown(zone) || isUnknown(name) ? urn : `${zone} ${name}`;
  }

  judge(record: RecordSet): Judgement[] {
    const { urn, healthCheck, name } = record;
    const title = recordTitle(record);
    if (isInPrivateZone(this.plan, record)) {
      return [notApplicable(urn, `${title} is in a private zone, in which no health checker asks`)];
    }
    switch (healthCheck.kind) {
      case "none":
        return [];
      case "unknown":
        return [unknown(urn, "healthCheckId", title, this.phase)];
      case "external":
        return [
          notApplicable(
            urn,
            `${title} has health check ${healthCheck.id} of another stack, whose name is not seen here`,
          ),
        ];
      case "check":
    }
    if (isUnknown(name)) {
      const lead = this.leadOf(healthCheck.urn);
      return lead.isTold && isNoneOf(record, lead.names)
        ? passed(lead, title)
        : [unknown(urn, "name", title, this.phase)];
    }
    const tree = this.trees.of(healthCheck.urn);
    const lead = this.leadOf(healthCheck.urn);
    if (lead.isTold && !lead.names.has(name)) return passed(lead, title);
    const findings = [
      ...tree.checks.flatMap((check) => this.judgeCheck(check, record, name)),
      ...tree.unknown.map((missing) =>
        unknown(missing.urn, missing.path, `the health check of ${title}`, this.phase),
      ),
    ];
    return findings.length > 0 ? findings : passed(lead, title);
  }

  /** Where a check and all that it follows lead; its records, which may be thousands, differ by their names alone. */
  private leadOf(urn: string): Lead {
    let lead = this.leads.get(urn);
    if (!lead) {
      lead = this.readLead(urn);
      this.leads.set(urn, lead);
    }
    return lead;
  }

  private readLead(urn: string): Lead {
    const { checks, unknown: missing } = this.trees.of(urn);
    const names = new Set<string>();
    let isTold = missing.length === 0 && checks.length > 0;
    for (const check of checks) {
      const probed = this.probed.of(check);
      if (probed.kind === "none") isTold &&= !isNothingTold(check);
      else if (probed.kind === "unknown") isTold = false;
      else {
        const start = probed.kind === "aws" ? nameOfUrn(probed.urn) : probed.name;
        const through = this.throughOrigins(this.graph.from(start), check.resourcePath ?? "/");
        for (const each of through.names) names.add(each);
        isTold &&=
          through.unknown === undefined && !firstOf(through.names, (each) => this.graph.unknownFrom(each));
      }
    }
    for (const each of this.leadingBack) isTold &&= !names.has(each);
    return { isTold, names, root: checks[0], targets: probedTargets(checks) };
  }

  private judgeCheck(check: HealthCheck, record: RecordSet, name: string): Judgement[] {
    const probed = this.probed.of(check);
    const of = `${checkTitle(check)} of ${recordTitle(record)}`;
    switch (probed.kind) {
      case "none": {
        return isNothingTold(check) ? [unknown(check.urn, "type", of, this.phase)] : [];
      }
      case "unknown":
        return [unknown(check.urn, "fqdn", of, this.phase)];
      case "aws":
      case "either":
      case "name":
    }
    const start = probed.kind === "aws" ? nameOfUrn(probed.urn) : probed.name;
    const reached = this.graph.from(start);
    if (!this.leadsBack(reached, name)) {
      const through = this.throughOrigins(reached, check.resourcePath ?? "/");
      if (this.leadsBack(through.names, name)) return [selfReferring(check, of, name, through.distributions)];
      const missing = through.unknown;
      if (missing) return [unknown(missing.urn, "origins", `the distribution that ${of} probes`, this.phase)];
      const untold = firstOf(through.names, (each) => this.graph.unknownFrom(each));
      if (!untold) return [];
      const target = untold.target.kind === "alias" ? "aliases[0].name" : "records";
      const path = isUnknown(untold.name) ? "name" : target;
      return [unknown(untold.urn, path, `${recordTitle(untold)}, to which ${of} leads`, this.phase)];
    }
    if (probed.kind !== "name") return [unknown(check.urn, "fqdn", of, this.phase)];
    const how = `probes ${selfReferenceText({ probed: probed.name, name })}`;
    const lever = leverText(record, (host) => this.follows(host, name));
    return [
      fail(
        check.urn,
        "fqdn",
        `${of} ${how}, so its result follows the failover; allowed: a name of its own; ${lever}`,
      ),
    ];
  }

  private follows(hostName: string, name: string): boolean {
    return this.leadsBack(this.graph.from(hostName), name);
  }

  /** What the distributions among `reached` ask for that path, and where that leads; each once, so circles end. */
  private throughOrigins(reached: ReadonlySet<string>, path: MaybeUnknown<string>): Through {
    const names = new Set(reached);
    const distributions = new Set<StackResource>();
    let missing: StackResource | undefined;
    for (const next of names) {
      const distribution = this.origins.distribution(next);
      if (distribution === undefined) continue;
      distributions.add(distribution);
      const { names: asked, unknown: untold } = this.origins.behind(next, path);
      missing ??= untold;
      for (const origin of asked) for (const each of this.graph.from(origin)) names.add(each);
    }
    return { names, distributions: [...distributions], unknown: missing };
  }

  private leadsBack(reached: ReadonlySet<string>, name: string): boolean {
    return (
      reached.has(name) ||
      (this.leadingBack.size > 0 && [...reached].some((each) => this.leadingBack.has(each)))
    );
  }
}
