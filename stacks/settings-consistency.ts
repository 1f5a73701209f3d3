import { isInZone, normalizeDnsName } from "../model/dns-name";
import {
  checkerCount,
  detectionBoundSeconds,
  FAILURE_THRESHOLD_MAX,
  FAILURE_THRESHOLD_MIN,
} from "../model/health-check";
import { ALIAS_TTL_SECONDS, type Bound, sumBound } from "../model/recovery-bound";
import type { Refusal } from "./setting-values";
import type { SettingName, SettingValues } from "./settings";

/** A setting that is right by itself and wrong beside another. */
export type CrossRefusal = Omit<Refusal, "kind"> & { readonly name: SettingName };

/** What no single setting can show. A check whose settings could not be read is passed over, not failed. */
export function crossCheck(values: SettingValues): CrossRefusal[] {
  return [
    ...regionsDiffer(values),
    ...domainInZone(values),
    ...throttleAdmitsCheckers(values),
    ...boundMeetsObjective(values),
  ];
}

type BoundValues = Pick<
  Required<SettingValues>,
  "healthCheckIntervalSeconds" | "healthCheckFailureThreshold" | "recordMode" | "cnameTtlSeconds"
>;

/** The recovery bound that these settings will have as resources. */
export function settingsBound(values: BoundValues): Extract<Bound, { kind: "bound" }> {
  const detectionSeconds = detectionBoundSeconds({
    type: "HTTPS",
    requestIntervalSeconds: values.healthCheckIntervalSeconds,
    failureThreshold: values.healthCheckFailureThreshold,
  });
  return sumBound(
    detectionSeconds,
    values.recordMode === "alias" ? ALIAS_TTL_SECONDS : values.cnameTtlSeconds,
  );
}

function regionsDiffer({ primaryRegion, standbyRegion }: SettingValues): CrossRefusal[] {
  if (primaryRegion === undefined || primaryRegion !== standbyRegion) return [];
  return [
    {
      name: "standbyRegion",
      because: "the primary's own region",
      allowed: "another region than primaryRegion",
      lever: primaryRegion === "us-west-2" ? "us-east-1" : "us-west-2",
    },
  ];
}

function domainInZone({ domainName, hostedZoneName, recordMode }: SettingValues): CrossRefusal[] {
  if (domainName === undefined || hostedZoneName === undefined) return [];
  if (!isInZone(domainName, hostedZoneName)) {
    return [
      {
        name: "domainName",
        because: `which is outside the hosted zone ${hostedZoneName}`,
        allowed: "the zone's own name or a name below it",
        lever: `${domainName.split(".")[0]}.${hostedZoneName}`,
      },
    ];
  }
  if (recordMode === "cname" && normalizeDnsName(domainName) === normalizeDnsName(hostedZoneName)) {
    return [
      {
        name: "recordMode",
        because: `but ${domainName} is the apex of its zone, where DNS has no CNAME`,
        allowed: "alias at the apex, alias or cname below it",
        lever: "alias",
      },
    ];
  }
  return [];
}

/** A throttled checker sees 429 and counts it as a failure, so the limits must admit every checker. */
function throttleAdmitsCheckers(values: SettingValues): CrossRefusal[] {
  const checkers = checkerCount(undefined);
  const {
    throttlingRatePerSecond: rate,
    throttlingBurst: burst,
    healthCheckIntervalSeconds: interval,
  } = values;
  const refusals: CrossRefusal[] = [];
  const rateMin = interval && Math.ceil(checkers / interval);
  if (rate !== undefined && rateMin !== undefined && rate < rateMin) {
    refusals.push({
      name: "throttlingRatePerSecond",
      because: `less than the ${checkers} checkers need at one request each in ${interval} s`,
      allowed: `${rateMin} or more`,
      lever: "100",
    });
  }
  if (burst !== undefined && burst < checkers) {
    refusals.push({
      name: "throttlingBurst",
      because: `but ${checkers} checkers can ask in the same moment`,
      allowed: `${checkers} or more`,
      lever: "200",
    });
  }
  return refusals;
}

/** The objective is "under", so a bound that equals it misses it. */
function boundMeetsObjective(values: SettingValues): CrossRefusal[] {
  const objective = values.rtoObjectiveSeconds;
  if (objective === undefined || !hasBound(values)) return [];
  const bound = settingsBound(values);
  if (bound.rtoSeconds < objective) return [];
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  const quicker = quickerTimings(values, objective);
  return [
    {
      name: "rtoObjectiveSeconds",
      because: `but the bound is ${rtoSeconds} s (detection ${detectionSeconds} + propagation ${propagationSeconds} + TTL ${ttlSeconds})`,
      allowed: `more than ${rtoSeconds}`,
      lever: [`${rtoSeconds + 1}`, ...quicker].join(", or "),
    },
  ];
}

function hasBound(values: SettingValues): values is SettingValues & BoundValues {
  return (
    values.healthCheckIntervalSeconds !== undefined &&
    values.healthCheckFailureThreshold !== undefined &&
    values.recordMode !== undefined &&
    values.cnameTtlSeconds !== undefined
  );
}

/** Single changes that bring the bound under the objective: the patient threshold first, then the interval. */
function quickerTimings(values: BoundValues, objectiveSeconds: number): string[] {
  const bound = (change: Partial<BoundValues>) => settingsBound({ ...values, ...change }).rtoSeconds;
  const threshold = thresholds().findLast(
    (healthCheckFailureThreshold) => bound({ healthCheckFailureThreshold }) < objectiveSeconds,
  );
  const faster = bound({ healthCheckIntervalSeconds: 10 });
  return [
    ...(threshold === undefined
      ? []
      : [
          `healthCheckFailureThreshold to ${threshold} (bound ${bound({ healthCheckFailureThreshold: threshold })} s)`,
        ]),
    ...(values.healthCheckIntervalSeconds === 30 && faster < objectiveSeconds
      ? [`healthCheckIntervalSeconds to 10 (bound ${faster} s)`]
      : []),
  ];
}

function thresholds(): number[] {
  return Array.from(
    { length: FAILURE_THRESHOLD_MAX - FAILURE_THRESHOLD_MIN + 1 },
    (_, index) => FAILURE_THRESHOLD_MIN + index,
  );
}
