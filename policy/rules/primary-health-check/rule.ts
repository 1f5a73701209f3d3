import { endpointKindByName } from "../../../model/aws-host-name";
import { EVALUATE_LEVER } from "../../../model/detection";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { answerOnce, type ListAnswers } from "../../../model/list-answers";
import { publicPlan } from "../../../model/public-records";
import { keepsServing } from "../../../model/spare-members";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { otherWatched, watchedBy } from "../../../model/watched-endpoint";
import {
  advise,
  fail,
  notApplicable,
  pass,
  recordTitle,
  resourceTitle,
  stackUrn,
  unknown,
} from "../../judgement";
import { checkPriceText, optionPriceText } from "../../prices/route53-price";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import { note } from "./note";

export interface PrimaryHealthCheckSettings {
  readonly acceptTargetHealth: boolean;
}

export const primaryHealthCheck: Rule<PrimaryHealthCheckSettings> = {
  id: "primary-health-check",
  title: "Every PRIMARY record has a health check that notices when its side is down",
  level: "mandatory",
  settings: {
    acceptTargetHealth: {
      type: "boolean",
      default: true,
      description:
        "Whether EvaluateTargetHealth alone counts as detection where it is one: on a load balancer, and on records that all have health checks.",
    },
  },
  note,
  judge: (stack, settings) => {
    const named = new NamedRecords(stack.plan);
    const asked = publicPlan(stack.plan);
    const judged = stack.plan.recordSets.flatMap((record) =>
      judgeRecord(record, stack, { named, asked }, settings),
    );
    if (judged.length > 0) return judged;
    return [notApplicable(stackUrn(stack.resources), "the stack has no PRIMARY record")];
  },
};

/** Other records of a name in a record's own zone, to which alone an alias to records can lead. */
class NamedRecords {
  private readonly named = new Map<string, RecordSet[]>();
  /** By the name and the zone that asks: many aliases may lead to one set. */
  private readonly seen = new Map<string, readonly RecordSet[]>();

  constructor({ recordSets }: FailoverPlan) {
    for (const record of recordSets) {
      if (isUnknown(record.name)) continue;
      const list = this.named.get(record.name);
      if (list) list.push(record);
      else this.named.set(record.name, [record]);
    }
  }

  /** A record whose zone is not known may be of the same one, and counts. */
  beside(record: RecordSet, name: MaybeUnknown<string>): readonly RecordSet[] {
    if (isUnknown(name)) return [];
    const all = this.seenFrom(record.zone, name);
    return record.name === name ? all.filter(({ urn }) => urn !== record.urn) : all;
  }

  private seenFrom(own: MaybeUnknown<string>, name: string): readonly RecordSet[] {
    const key = isUnknown(own) ? name : `${name} ${own}`;
    let all = this.seen.get(key);
    if (!all) {
      all = (this.named.get(name) ?? []).filter(
        ({ zone }) => isUnknown(own) || isUnknown(zone) || own === zone,
      );
      this.seen.set(key, all);
    }
    return all;
  }
}

/** What keeps a set up for ever, which many aliases to it may ask: a record that no check decides. */
const decided: ListAnswers<Decided> = new WeakMap();

type Decided = "by checks" | "by what is behind" | "in part";

/** Longer chains of names than this are taken for a loop. */
const DEPTH_MAX = 8;

function decidedBy(
  group: readonly RecordSet[],
  plan: FailoverPlan,
  named: NamedRecords,
  depth: number,
): Decided {
  return answerOnce(decided, group, `${depth}`, () => {
    const unchecked = group.filter(
      ({ healthCheck }) => healthCheck.kind !== "check" && healthCheck.kind !== "external",
    );
    if (unchecked.length === 0) return "by checks";
    const isDecided = (record: RecordSet) =>
      depth < DEPTH_MAX &&
      record.target.kind === "alias" &&
      record.target.evaluateTargetHealth === true &&
      targetHealth(record, plan, named, depth + 1).kind === "detects";
    return unchecked.every(isDecided) ? "by what is behind" : "in part";
  });
}

interface StackIndexes {
  readonly named: NamedRecords;
  /** What the checkers can ask for. */
  readonly asked: FailoverPlan;
}

/**
 * What a record's check probes in the place of the record's own. An inverted one may watch the standby on purpose:
 * there, what appears starts the failover.
 */
function probedElsewhere(plan: FailoverPlan, record: RecordSet, check: HealthCheck): string | undefined {
  return isPlainProbe(check) ? otherWatched(plan, check, record) : undefined;
}

function isPlainProbe({ inverted, type }: HealthCheck): boolean {
  return inverted === false && !isUnknown(type) && isEndpointCheck(type);
}

function judgeRecord(
  record: RecordSet,
  { plan, phase }: JudgedStack,
  { named, asked }: StackIndexes,
  { acceptTargetHealth }: PrimaryHealthCheckSettings,
): Judgement[] {
  const { urn, routing, healthCheck, target } = record;
  if (routing.kind !== "failover" || routing.role === "SECONDARY") return [];
  const title = recordTitle(record);
  if (isUnknown(routing.role)) return [unknown(urn, "failoverRoutingPolicies[0].type", title, phase)];
  switch (healthCheck.kind) {
    case "check": {
      const check = withUrn(asked.healthChecks, healthCheck.urn);
      const elsewhere = check && probedElsewhere(asked, record, check);
      if (elsewhere !== undefined) return [probesElsewhere(record, healthCheck.urn, elsewhere)];
      const watched = check && isPlainProbe(check) ? watchedBy(asked, check, record) : undefined;
      if (watched?.kind === "unknown") {
        return [
          unknown(watched.urn, watched.path, `${resourceTitle(watched.urn)}, which ${title} goes by`, phase),
        ];
      }
      const passed = pass(urn, "healthCheckId", `${title} has a health check of this stack`);
      return check && isBlindToAnswers(check) ? [passed, opensOnly(record, check)] : [passed];
    }
    case "external":
      return [
        pass(urn, "healthCheckId", `${title} has health check ${healthCheck.id}, which is not of this stack`),
      ];
    case "unknown":
      return [unknown(urn, "healthCheckId", title, phase)];
    case "none":
  }
  if (target.kind === "alias" && keepsServing(plan, record)) {
    const what = "leads to records of which others serve on; failover-rto says how soon";
    return [pass(urn, "aliases[0].name", `${title} ${what}`)];
  }
  if (target.kind !== "alias" || target.evaluateTargetHealth === false) {
    const why = `${title} has no health check, so it is always taken for healthy`;
    const unused = target.kind === "alias" && acceptTargetHealth && targetHealth(record, plan, named);
    return [
      unused && unused.kind === "detects" ? unevaluated(record, why, unused.what) : missing(record, why),
    ];
  }
  if (isUnknown(target.evaluateTargetHealth)) {
    return [unknown(urn, "aliases[0].evaluateTargetHealth", title, phase)];
  }
  const behind = targetHealth(record, plan, named);
  if (behind.kind === "unknown") return [unknown(urn, "aliases[0].name", title, phase)];
  if (behind.kind === "none") {
    return [missing(record, `${title} has EvaluateTargetHealth and no health check, ${behind.why}`)];
  }
  const why = `EvaluateTargetHealth on ${behind.what}`;
  return [
    acceptTargetHealth
      ? pass(urn, "aliases[0].evaluateTargetHealth", `${title} has ${why}`)
      : missing(record, `${title} has only ${why}, which acceptTargetHealth does not allow`),
  ];
}

type TargetHealth =
  | { readonly kind: "detects"; readonly what: string }
  | { readonly kind: "none"; readonly why: string }
  | { readonly kind: "unknown" };

const NO_OPERATIONAL_BENEFIT: Readonly<Partial<Record<Endpoint["kind"], string>>> = {
  "api-gateway": "which on API Gateway fails only when the service itself is away",
  "s3-website": "which on S3 gives no detection",
  cloudfront: "which CloudFront does not take",
};

/** What EvaluateTargetHealth = true looks at (API reference, AliasTarget). */
function targetHealth(record: RecordSet, plan: FailoverPlan, named: NamedRecords, depth = 0): TargetHealth {
  if (record.target.kind !== "alias") return { kind: "unknown" };
  const { dnsName } = record.target;
  // A record of the same zone passes on the health of its own set, and any member without a check keeps it up.
  const group = named.beside(record, dnsName);
  if (group.length > 0) {
    const name = String(dnsName);
    switch (decidedBy(group, plan, named, depth)) {
      case "by checks":
        return { kind: "detects", what: `the records of ${name}, which all have health checks` };
      case "by what is behind":
        return {
          kind: "detects",
          what: `the records of ${name}, which all have health checks or evaluate some`,
        };
      case "in part":
        return { kind: "none", why: `and a record of ${name} without one keeps it up for ever` };
    }
  }
  const kind =
    withUrn(plan.endpoints, record.endpoint)?.kind ??
    (isUnknown(dnsName) ? undefined : endpointKindByName(dnsName));
  if (kind === "load-balancer") return { kind: "detects", what: "a load balancer" };
  if (kind !== undefined) {
    return { kind: "none", why: NO_OPERATIONAL_BENEFIT[kind] ?? "which detects nothing there" };
  }
  if (isUnknown(dnsName)) return { kind: "unknown" };
  return { kind: "none", why: `which is not known to detect anything on ${dnsName}` };
}

function probesElsewhere(record: RecordSet, check: string, probed: string): Judgement {
  const name = `"${parseUrn(check).name}"`;
  return fail(
    record.urn,
    "healthCheckId",
    `${recordTitle(record)} has health check ${name}, which probes ${probed}, so it stays ` +
      "healthy while the PRIMARY is down; allowed: a check of the PRIMARY's own endpoint; set fqdn or ipAddress of " +
      `${name} to the primary's own (costs nothing more)`,
  );
}

/** Ports on which errors are answered over a connection that opens well. */
const WEB_PORTS: readonly unknown[] = [80, 443];

/** A TCP check succeeds with the connection (developer guide, "How Route 53 determines whether a health check is healthy"). */
function isBlindToAnswers({ type, port }: HealthCheck): boolean {
  return type === "TCP" && WEB_PORTS.includes(port);
}

function opensOnly(record: RecordSet, { urn, port }: HealthCheck): Judgement {
  const type = port === 443 ? "HTTPS" : "HTTP";
  const price =
    type === "HTTP"
      ? "costs nothing more"
      : `${optionPriceText("aws")} more for an endpoint in AWS, ${optionPriceText("other")} for another`;
  return advise(
    record.urn,
    "healthCheckId",
    `${recordTitle(record)} has TCP health check "${parseUrn(urn).name}" on port ${String(port)}, which only opens a ` +
      "connection: where the PRIMARY answers errors it stays healthy, and nothing fails over; allowed: a check that " +
      `reads the answer; give it type ${type} and a resourcePath (${price}; replaces the check)`,
  );
}

function unevaluated(record: RecordSet, why: string, what: string): Judgement {
  return fail(
    record.urn,
    "aliases[0].evaluateTargetHealth",
    `${why}; allowed: EvaluateTargetHealth on ${what}, or a health check of its own; ${EVALUATE_LEVER}`,
  );
}

function missing(record: RecordSet, what: string): Judgement {
  return fail(
    record.urn,
    "healthCheckId",
    `${what}; allowed: a health check of its own; set healthCheckId to an HTTPS check of the primary's own host ` +
      `name at 10 s (${checkPriceText("aws", 2)} for an endpoint in AWS, ` +
      `${checkPriceText("other", 2)} for another)`,
  );
}
