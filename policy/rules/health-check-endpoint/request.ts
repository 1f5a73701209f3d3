import {
  CHECKER_REGIONS,
  CHOSEN_REGIONS_MIN,
  FAILURE_THRESHOLD_MAX,
  FAILURE_THRESHOLD_MIN,
  REQUEST_INTERVALS_SECONDS,
} from "../../../model/health-check";
import { isPresent, numberAt, stringAt, stringListAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { optionPriceText } from "../../prices/route53-price";
import type { Judgement } from "../../rule";
import type { CheckedResource } from "./checked-resource";

/** Limits of the API model (HealthCheckConfig): characters and ports. */
const TEXT_LENGTH_MAX = 255;
const PORT_MAX = 65_535;

/** How the checkers ask: all that the API refuses, or that no server can answer. */
export function judgeRequest(check: CheckedResource): Judgement[] {
  return [
    ...judgeInterval(check),
    ...judgeThreshold(check),
    ...judgePort(check),
    ...judgePath(check),
    ...judgeSearchString(check),
    ...judgeRegions(check),
  ];
}

function judgeInterval(check: CheckedResource): Judgement[] {
  const seconds = presentNumber(check, "requestInterval");
  if (seconds === undefined || (REQUEST_INTERVALS_SECONDS as readonly unknown[]).includes(seconds)) return [];
  if (isUnknown(seconds)) return check.unknown("requestInterval");
  return check.fail(
    "requestInterval",
    `has a requestInterval of ${seconds} s; allowed: 10 or 30; set it to 30, or to 10 ` +
      `(${optionPriceText("aws")} more for an endpoint in AWS, ${optionPriceText("other")} for another); either replaces the check`,
  );
}

function judgeThreshold(check: CheckedResource): Judgement[] {
  const threshold = presentNumber(check, "failureThreshold");
  if (threshold === undefined) return [];
  if (isUnknown(threshold)) return check.unknown("failureThreshold");
  if (isWholeIn(threshold, FAILURE_THRESHOLD_MIN, FAILURE_THRESHOLD_MAX)) return [];
  return check.fail(
    "failureThreshold",
    `has a failureThreshold of ${threshold}; allowed: a whole number from ${FAILURE_THRESHOLD_MIN} to ${FAILURE_THRESHOLD_MAX}; set it to 3 (changes in place and costs nothing)`,
  );
}

function judgePort(check: CheckedResource): Judgement[] {
  const port = presentNumber(check, "port");
  if (isUnknown(port)) return check.unknown("port");
  if (port === undefined) {
    return check.type === "TCP"
      ? check.fail(
          "port",
          `has no port, and TCP has no usual one; allowed: 1 to ${PORT_MAX}; set port to the one that the endpoint listens on`,
        )
      : [];
  }
  if (isWholeIn(port, 1, PORT_MAX)) return [];
  return check.fail(
    "port",
    `has port ${port}; allowed: a whole number from 1 to ${PORT_MAX}; set port to the one that the endpoint listens on`,
  );
}

function judgePath(check: CheckedResource): Judgement[] {
  const path = stringAt(check.properties, "resourcePath");
  if (path === undefined) return [];
  if (isUnknown(path)) return check.unknown("resourcePath");
  if (path.length > TEXT_LENGTH_MAX) {
    return check.fail(
      "resourcePath",
      `has a resourcePath of ${path.length} characters; allowed: ${TEXT_LENGTH_MAX} or fewer; shorten it`,
    );
  }
  if (!/\s/.test(path)) return [];
  return check.fail(
    "resourcePath",
    `has resourcePath ${JSON.stringify(path)}, and a space ends the path of a request; allowed: no spaces; write %20 for each`,
  );
}

function judgeSearchString(check: CheckedResource): Judgement[] {
  const { searchString: given } = check.properties;
  if (isUnknown(given)) return check.matchesString ? check.unknown("searchString") : [];
  const text = stringAt(check.properties, "searchString");
  if (!check.matchesString) return [];
  if (text === undefined || isUnknown(text) || text === "") {
    return check.fail(
      "searchString",
      `has no searchString, which its type is for; allowed: 1 to ${TEXT_LENGTH_MAX} characters; set searchString to a word of the healthy answer, or the type to ${check.isHttps ? "HTTPS" : "HTTP"} (${optionPriceText("aws")} less for an endpoint in AWS, ${optionPriceText("other")} for another; replaces the check)`,
    );
  }
  if (text.length <= TEXT_LENGTH_MAX) return [];
  return check.fail(
    "searchString",
    `has a searchString of ${text.length} characters; allowed: ${TEXT_LENGTH_MAX} or fewer; shorten it`,
  );
}

function judgeRegions(check: CheckedResource): Judgement[] {
  const regions = stringListAt(check.properties, "regions");
  if (regions === undefined) return [];
  if (isUnknown(regions)) return check.unknown("regions");
  const distinct = new Set(regions);
  // An empty list is how "all of them" is written.
  if (distinct.size === 0) return [];
  const foreign = [...distinct].filter((region) => !(CHECKER_REGIONS as readonly string[]).includes(region));
  if (foreign.length > 0) {
    return check.fail(
      "regions",
      `names ${foreign.join(", ")} among its regions, where no checkers are; allowed: ${CHECKER_REGIONS.join(", ")}; leave regions out for all eight`,
    );
  }
  if (distinct.size >= CHOSEN_REGIONS_MIN) return [];
  return check.fail(
    "regions",
    `has checkers in ${distinct.size} region${distinct.size === 1 ? "" : "s"} (${[...distinct].join(", ")}); allowed: ${CHOSEN_REGIONS_MIN} or more; leave regions out for all eight (no price, more probes)`,
  );
}

/** Text that is no number stays visible as itself: it is not the same as leaving the property out. */
function presentNumber(check: CheckedResource, property: string) {
  const value = numberAt(check.properties, property);
  return value === undefined && isPresent(check.properties[property])
    ? JSON.stringify(check.properties[property])
    : value;
}

function isWholeIn(value: number | string, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
