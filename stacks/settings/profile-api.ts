import { checkerCount } from "../../model/health-check";
import { ALIAS_TTL_SECONDS } from "../../model/recovery-bound";
import { booleanValue, integerBetween, oneOf, orNone } from "../setting-values";
import {
  boundMeetsObjective,
  boundOf,
  type CommonSettings,
  cnameBelowApex,
  commonDeclared,
  commonSettingsOf,
  domainInZone,
} from "./common-settings";
import { type CrossRefusal, setting, systemReader, type ValuesOf } from "./declared-setting";
import { LOG_RETENTION_DAYS } from "./log-retention";
import { regionsDeclared, regionsDiffer } from "./regions-settings";

/** What one stack of the profile API is, after validation. Nothing in it can contradict itself. */
export interface ProfileApiSettings extends CommonSettings<"profile-api", "HTTPS"> {
  readonly primaryRegion: string;
  readonly standbyRegion: string;
  readonly records: { readonly kind: "alias" } | { readonly kind: "cname"; readonly ttlSeconds: number };
  readonly deletionProtection: boolean;
  readonly lambda: {
    readonly memoryMb: number;
    readonly concurrency:
      | { readonly kind: "unreserved" }
      | { readonly kind: "reserved"; readonly executions: number };
  };
  readonly throttling: { readonly ratePerSecond: number; readonly burst: number };
  readonly logRetentionDays: number;
}

const common = commonDeclared({
  domainName: "profiles.example.com",
  requestIntervalSeconds: 10,
  stackMonthlyBudgetUsd: "none",
});

const declared = {
  domainName: common.domainName,
  hostedZoneName: common.hostedZoneName,
  createHostedZone: common.createHostedZone,
  ...regionsDeclared,
  healthCheckIntervalSeconds: common.healthCheckIntervalSeconds,
  healthCheckFailureThreshold: common.healthCheckFailureThreshold,
  recordMode: setting("alias", oneOf(["alias", "cname"], "alias")),
  // An alias is cached for ALIAS_TTL_SECONDS; a longer TTL would give up what the CNAME mode is for.
  cnameTtlSeconds: setting("10", integerBetween(1, ALIAS_TTL_SECONDS, 10)),
  deletionProtection: setting("true", booleanValue),
  lambdaMemoryMb: setting("256", integerBetween(128, 10_240, 256)),
  reservedConcurrency: setting("none", orNone(integerBetween(1, 1_000, 10))),
  throttlingRatePerSecond: setting("100", integerBetween(1, 10_000, 100)),
  throttlingBurst: setting("200", integerBetween(1, 5_000, 200)),
  logRetentionDays: setting("14", oneOf(LOG_RETENTION_DAYS, 14)),
  alertEmail: common.alertEmail,
  rtoObjectiveSeconds: common.rtoObjectiveSeconds,
  standbyMonthlyBudgetUsd: common.standbyMonthlyBudgetUsd,
  stackMonthlyBudgetUsd: common.stackMonthlyBudgetUsd,
};

type Values = ValuesOf<typeof declared>;

export const profileApiReader = systemReader({
  declared,
  crossCheck: (values) => [
    ...regionsDiffer(values),
    ...domainInZone(values),
    ...recordModeFitsApex(values),
    ...throttleAdmitsCheckers(values),
    ...boundMeetsObjective(values, "HTTPS", ttlSecondsOf(values)),
  ],
  settingsOf: (values, stack): ProfileApiSettings => {
    const base = commonSettingsOf("profile-api", "HTTPS", values, stack);
    const { reservedConcurrency } = values;
    return {
      ...base,
      primaryRegion: values.primaryRegion,
      standbyRegion: values.standbyRegion,
      records:
        values.recordMode === "alias"
          ? { kind: "alias" }
          : { kind: "cname", ttlSeconds: values.cnameTtlSeconds },
      deletionProtection: values.deletionProtection,
      lambda: {
        memoryMb: values.lambdaMemoryMb,
        concurrency:
          reservedConcurrency === undefined
            ? { kind: "unreserved" }
            : { kind: "reserved", executions: reservedConcurrency },
      },
      throttling: { ratePerSecond: values.throttlingRatePerSecond, burst: values.throttlingBurst },
      logRetentionDays: values.logRetentionDays,
      bound: boundOf(
        base.healthCheck,
        values.recordMode === "alias" ? ALIAS_TTL_SECONDS : values.cnameTtlSeconds,
      ),
    };
  },
});

function ttlSecondsOf({ recordMode, cnameTtlSeconds }: Partial<Values>): number | undefined {
  return recordMode === "alias" && cnameTtlSeconds !== undefined
    ? ALIAS_TTL_SECONDS
    : recordMode && cnameTtlSeconds;
}

function recordModeFitsApex(values: Partial<Values>): CrossRefusal[] {
  if (values.recordMode !== "cname") return [];
  return cnameBelowApex(values, () => ({
    name: "recordMode",
    because: `but ${values.domainName} is the apex of its zone, where DNS has no CNAME`,
    allowed: "alias at the apex, alias or cname below it",
    lever: "alias",
  }));
}

/** A throttled checker sees 429 and counts it as a failure, so the limits must admit every checker. */
function throttleAdmitsCheckers(values: Partial<Values>): CrossRefusal[] {
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
