import { asWritten } from "../../../model/as-written";
import type { HealthCheck } from "../../../model/failover-plan";
import { stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { advise, fail, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { checkTitle } from "../check-title";

const PATH = "insufficientDataHealthStatus";
const LEVER = `allowed: Unhealthy; set ${PATH} to Unhealthy (in place, no price)`;

/** What a check on a metric says while the metric is missing, as it is when its whole region is. */
export function judgeMissingData(
  check: HealthCheck,
  resource: StackResource | undefined,
  phase: Phase,
): Judgement[] {
  const { urn, type } = check;
  const title = checkTitle(check);
  // Of any other type it has no meaning; of an unknown type only the worst value tells.
  const status = resource && stringAt(asWritten(resource).properties, PATH);
  if (isUnknown(type)) {
    return status === "Healthy" ? [refuse(urn, title)] : [unknown(urn, "type", title, phase)];
  }
  if (type !== "CLOUDWATCH_METRIC") return [];
  if (isUnknown(status)) return [unknown(urn, PATH, title, phase)];
  switch (status) {
    case "Unhealthy":
      return [];
    case "Healthy":
      return [refuse(urn, title)];
    case "LastKnownStatus":
    case "":
    case undefined:
      return [
        advise(
          urn,
          PATH,
          `${title} ${status ? "keeps" : `has no ${PATH}, so it keeps`} its last status while data is missing, ` +
            `which is healthy for a region that goes silent at once; ${LEVER}`,
        ),
      ];
    default:
      return [fail(urn, PATH, `${title} has ${PATH} "${status}", which Route 53 does not know; ${LEVER}`)];
  }
}

function refuse(urn: string, title: string): Judgement {
  return fail(
    urn,
    PATH,
    `${title} calls missing data healthy, so a region that is gone with its metrics never fails over; ${LEVER}`,
  );
}
