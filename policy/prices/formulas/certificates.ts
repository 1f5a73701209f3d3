import { HOURS_PER_MONTH } from "../../../model/money";
import { isUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { type Formula, monthly, stored } from "./formula";
import { Inputs } from "./inputs";

/** ACM issues for 395 days and charges again at each renewal, so a month bears its share. */
const ISSUES_PER_MONTH = HOURS_PER_MONTH / 24 / 395;

/** Public certificates are free unless they can be exported; private ones are charged for each issue. */
export const certificateMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const exportable = inputs.text("options.export", "DISABLED") === "ENABLED";
  const authority = inputs.text("certificateAuthorityArn", "");
  if (!inputs.sound) return inputs.or([]);
  if (authority !== "") {
    return stored(
      "private certificate, share of a renewal",
      "acm/private-certificate",
      place,
      ISSUES_PER_MONTH,
      { note: "free while only services of AWS use it, which is not counted on" },
    );
  }
  return exportable ? exportMeters(inputs, place) : [];
};

function exportMeters(inputs: Inputs, place: Place): Meter[] {
  const domain = inputs.text("domainName");
  const others = inputs.list("subjectAlternativeNames");
  if (others.some(isUnknown)) inputs.unknown("subjectAlternativeNames");
  const names = new Set([domain, ...others]);
  const wildcards = [...names].filter((name) => typeof name === "string" && name.startsWith("*.")).length;
  const plain = names.size - wildcards;
  const lever = "set options.export to DISABLED, which is free";
  const meters: Meter[] = [];
  if (plain > 0) {
    meters.push(
      ...stored(share(plain, "name"), "acm/exportable-name", place, plain * ISSUES_PER_MONTH, { lever }),
    );
  }
  if (wildcards > 0) {
    const price = "acm/exportable-wildcard";
    meters.push(
      ...stored(share(wildcards, "wildcard name"), price, place, wildcards * ISSUES_PER_MONTH, { lever }),
    );
  }
  return inputs.or(meters);
}

function share(count: number, name: string): string {
  return `exportable certificate, share of a renewal for ${count} ${name}${count === 1 ? "" : "s"}`;
}

/** By the month from creation to deletion, disabled or not. */
export const authorityMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const mode = inputs.text("usageMode", "GENERAL_PURPOSE");
  const short = mode === "SHORT_LIVED_CERTIFICATE";
  return inputs.or(
    monthly(
      short ? "private authority for short-lived certificates" : "private authority",
      `acm-pca/authority/${short ? "short-lived" : "general-purpose"}`,
      place,
      1,
      {
        note: "billed until it is deleted, also while it is disabled",
        ...(short
          ? {}
          : {
              lever: "set usageMode to SHORT_LIVED_CERTIFICATE, an eighth of the price",
              leaves: { price: "acm-pca/authority/short-lived" },
            }),
      },
    ),
  );
};
