import { answerSets, setMembers } from "../../../model/answer-sets";
import type { RecordSet } from "../../../model/failover-plan";
import { type Bound, RTO_OBJECTIVE_SECONDS, recoveryBound } from "../../../model/recovery-bound";
import { fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import { checkPriceText } from "../../prices/route53-price";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import { leavingRecords, leavingTitle, type Standing } from "./leaving-record";
import { leverText, privateLever } from "./lever";
import { missingTtlLever } from "./missing-ttl";
import { note } from "./note";
import { withUnthrownSwitches } from "./unthrown-switches";

export interface FailoverRtoSettings {
  readonly rtoSecondsLimit: number;
  readonly invertedOnPurpose: readonly string[];
}

export const failoverRto: Rule<FailoverRtoSettings> = {
  id: "failover-rto",
  title: "The worst case from a failure to the first request that is served elsewhere is below 300 seconds",
  level: "mandatory",
  settings: {
    rtoSecondsLimit: {
      type: "number",
      default: RTO_OBJECTIVE_SECONDS,
      exclusiveMinimum: 0,
      description: "The recovery time in seconds that the bound of every pair and set has to stay below.",
    },
    invertedOnPurpose: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^.+$" },
      description:
        "Pulumi names of children of calculated checks that a person throws as switches: taken as healthy until then. As in health-check-stuck.",
    },
  },
  note,
  judge: (wholeStack, settings) => {
    const { rtoSecondsLimit } = settings;
    const stack = { ...wholeStack, plan: withUnthrownSwitches(wholeStack.plan, settings.invertedOnPurpose) };
    const leaving = leavingRecords(stack.plan);
    const beside = new Map(
      answerSets(stack.plan).flatMap((set) => {
        const others = setMembers(set);
        return others.map((primary): [RecordSet, SetOf] => [primary, { primary, others }]);
      }),
    );
    const judged = stack.plan.recordSets.flatMap((record) => {
      const standing = leaving(record);
      const set = beside.get(record) ?? { primary: record };
      return standing === undefined ? [] : [judgeRecord(set, standing, stack, rtoSecondsLimit)];
    });
    if (judged.length > 0) return judged;
    return [
      notApplicable(
        stackUrn(stack.resources),
        "the stack has no PRIMARY record and no set that checks decide",
      ),
    ];
  },
};

type SetOf = Parameters<typeof recoveryBound>[1];

/** The bound hangs on the record that is left, its check and its TTL, unless nobody else is left with it. */
function judgeRecord(set: SetOf, standing: Standing, stack: JudgedStack, limitSeconds: number): Judgement {
  const record = set.primary;
  const { urn } = record;
  const title = leavingTitle(record);
  if (standing.kind === "unknown") return unknown(urn, standing.path, title, stack.phase);
  const bound = recoveryBound(stack.plan, set);
  const allowed = `allowed: below ${limitSeconds} s`;
  switch (bound.kind) {
    case "unknown": {
      const of = bound.urn === urn ? title : `${resourceTitle(bound.urn)}, behind ${title}`;
      return unknown(bound.urn, bound.path, of, stack.phase);
    }
    case "unbounded": {
      const { path, lever } = giveBound(set, bound, stack, limitSeconds);
      return fail(
        bound.other ?? urn,
        path,
        `${title} has no bound on its recovery: ${bound.why}; ${allowed}; ${lever}`,
      );
    }
    case "bound": {
      const got = `${title} recovers within ${boundText(bound)}`;
      if (bound.rtoSeconds < limitSeconds) return pass(urn, "", `${got}; ${allowed}`);
      return fail(urn, "", `${got}; ${allowed}; ${leverText(record, stack, limitSeconds, bound)}`);
    }
  }
}

function boundText(bound: Extract<Bound, { kind: "bound" }>): string {
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return `${rtoSeconds} s (detection ${detectionSeconds} + propagation ${propagationSeconds} + cache ${ttlSeconds})`;
}

/** What makes a bound possible where there is none. */
function giveBound(
  set: SetOf,
  bound: Extract<Bound, { kind: "unbounded" }>,
  stack: JudgedStack,
  limitSeconds: number,
): { path: string; lever: string } {
  const { change, other, path } = bound;
  if (path !== undefined && change !== undefined) return { path, lever: change };
  const ttl = missingTtlLever(set, bound, stack, limitSeconds);
  if (ttl !== undefined) return ttl;
  if (other !== undefined && change !== undefined) return { path: "healthCheckId", lever: change };
  const followed = privateLever(set.primary, stack.plan, change);
  if (followed !== undefined) return { path: "healthCheckId", lever: followed };
  const lever =
    "attach an enabled HTTPS check of this stack, 10 s x 3 " +
    `(${checkPriceText("aws", 2)} for an endpoint in AWS, ${checkPriceText("other", 2)} for another)`;
  return { path: "healthCheckId", lever: change === undefined ? lever : `${change}, or ${lever}` };
}
