import type { HealthCheck } from "../../../model/failover-plan";
import { parseUrn } from "../../../model/stack-resource";
import { notApplicable, pass, stackUrn } from "../../judgement";
import type { Judgement, Rule } from "../../rule";
import { checkTitle } from "../check-title";
import { judgeCalculated } from "./calculated";
import { judgeFollowedAlarm } from "./followed-alarm";
import { judgeMissingData } from "./missing-data";
import { note } from "./note";
import { judgeSwitches } from "./switches";

export interface HealthCheckStuckSettings {
  /** Pulumi names of checks that are inverted on purpose. */
  readonly invertedOnPurpose: readonly string[];
}

export const healthCheckStuck: Rule<HealthCheckStuckSettings> = {
  id: "health-check-stuck",
  title: "Every health check can turn both ways, by itself and for a reason that it measures",
  level: "mandatory",
  settings: {
    invertedOnPurpose: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^.+$" },
      description:
        "Pulumi names of health checks that are inverted on purpose: switches that a person throws to move the traffic.",
    },
  },
  note,
  judge: ({ resources, plan, joins, phase }, { invertedOnPurpose }) => {
    const onPurpose = new Set(invertedOnPurpose);
    const { byUrn } = joins;
    const judged = plan.healthChecks.flatMap((check): Judgement[] => {
      const deliberate = onPurpose.has(parseUrn(check.urn).name);
      const found = [
        ...judgeSwitches(check, deliberate, phase),
        ...judgeMissingData(check, byUrn.get(check.urn), phase),
        ...judgeFollowedAlarm(check, plan, phase),
        ...judgeCalculated(check, byUrn.get(check.urn), phase),
      ];
      return found.some(({ advisory }) => advisory !== true) ? found : [passed(check, deliberate), ...found];
    });
    return judged.length > 0 ? judged : [notApplicable(stackUrn(resources), "the stack has no health check")];
  },
};

function passed(check: HealthCheck, deliberate: boolean): Judgement {
  const title = checkTitle(check);
  if (deliberate && check.inverted === true) {
    return pass(check.urn, "invertHealthcheck", `${title} is inverted, as invertedOnPurpose says`);
  }
  const why = check.type === "RECOVERY_CONTROL" ? "follows a routing control" : "can turn both ways";
  return pass(check.urn, "", `${title} ${why}`);
}
