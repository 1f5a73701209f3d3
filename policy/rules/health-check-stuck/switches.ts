import type { HealthCheck } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";
import { fail, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { checkTitle } from "../check-title";

/**
 * `disabled` and `invertHealthcheck`. A disabled check is always healthy and is inverted after that (API
 * reference, UpdateHealthCheck), so the two together are always unhealthy.
 * @param deliberate the settings name the check as inverted on purpose.
 */
export function judgeSwitches(check: HealthCheck, deliberate: boolean, phase: Phase): Judgement[] {
  const { urn, disabled, inverted } = check;
  const title = checkTitle(check);
  if (inverted === true) {
    // Disabled besides or not, this is what the settings allow.
    if (deliberate) return [];
    if (disabled === true) return [refuseBoth(urn, title)];
    return [refuseInverted(urn, title)];
  }
  if (isUnknown(inverted) && (disabled !== true || deliberate)) {
    return [unknown(urn, "invertHealthcheck", title, phase)];
  }
  if (isUnknown(disabled)) return [unknown(urn, "disabled", title, phase)];
  return disabled ? [refuseDisabled(urn, title)] : [];
}

const ON_PURPOSE = "name it in invertedOnPurpose if a person moves the traffic with it";

function refuseBoth(urn: string, title: string): Judgement {
  return fail(
    urn,
    "invertHealthcheck",
    `${title} is disabled and inverted, so it is always unhealthy and nothing fails back to its record; ` +
      `allowed: neither; set disabled and invertHealthcheck to false, or ${ON_PURPOSE} ` +
      "(no price: a disabled check is billed like any other)",
  );
}

function refuseInverted(urn: string, title: string): Judgement {
  return fail(
    urn,
    "invertHealthcheck",
    `${title} is inverted, so its record leaves the answers while its endpoint works and comes back when it ` +
      `fails; allowed: invertHealthcheck false; set it to false (in place, no price), or ${ON_PURPOSE}`,
  );
}

function refuseDisabled(urn: string, title: string): Judgement {
  return fail(
    urn,
    "disabled",
    `${title} is disabled, so it is always healthy and nothing fails over; allowed: disabled false; set it to ` +
      "false (in place, no price: a disabled check is billed like any other); to take traffic away, invert it",
  );
}
