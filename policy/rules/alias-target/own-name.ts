import { asWritten } from "../../../model/as-written";
import { normalizeDnsName } from "../../../model/dns-name";
import type { Endpoint, RecordSet } from "../../../model/failover-plan";
import { booleanAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, recordTitle, resourceTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { covers } from "./cloudfront";

const PATH = "records";
const APP_SERVICE = "aws:apprunner/service:Service";
const ASSOCIATION = "aws:apprunner/customDomainAssociation:CustomDomainAssociation";

/** A function URL answers for the name that AWS gave it, and can be given no other (Lambda developer guide, function URLs). */
export function judgeFunctionUrl(record: RecordSet, { urn }: Endpoint): Judgement[] {
  return [
    fail(
      record.urn,
      PATH,
      `${recordTitle(record)} points at ${resourceTitle(urn)}, a Lambda function URL, which answers for its own name only: ` +
        "its certificate lacks the record's name, and a request for that gets 403; allowed: a target that answers for " +
        "the record's name; put CloudFront or a custom domain of API Gateway before the function and point the record " +
        "there (no idle price)",
    ),
  ];
}

/**
 * An App Runner service answers for its default domain and for those that are associated with it (App Runner developer
 * guide, custom domains). None where it knows the record's name.
 */
export function judgeAppService(
  record: RecordSet,
  { urn }: Endpoint,
  joins: StackJoins,
  phase: Phase,
): Judgement[] {
  const title = recordTitle(record);
  const { name } = record;
  const service = joins.byUrn.get(urn);
  if (service === undefined) return [];
  if (isUnknown(name)) return [unknown(record.urn, "name", title, phase)];
  const associations = joins
    .ofType(ASSOCIATION)
    .map(asWritten)
    .filter((association) => mayBeOf(association, service, joins));
  const answers = associations.map((association) => ({ association, has: hasName(association, name) }));
  if (answers.some(({ has }) => has === true)) return [];
  const untold = answers.find(({ has }) => isUnknown(has))?.association;
  if (untold) {
    const path = isUnknown(stringAt(untold.properties, "domainName")) ? "domainName" : "enableWwwSubdomain";
    return [
      unknown(untold.urn, path, `${resourceTitle(untold.urn)}, a domain of the target of ${title}`, phase),
    ];
  }
  return [
    fail(
      record.urn,
      PATH,
      `${title} points at ${resourceTitle(urn)}, an App Runner service with which no customDomainAssociation of the stack ` +
        `associates ${name}, so that it refuses the name; allowed: a service that answers for ${name}; add a ` +
        `customDomainAssociation with domainName ${name} (no price)`,
    ),
  ];
}

/** One whose service nothing tells may be of any. */
function mayBeOf(association: StackResource, service: StackResource, joins: StackJoins): boolean {
  const { found } = joins.references(association, "serviceArn", APP_SERVICE);
  return found.length === 0 || found.includes(service);
}

/** An association is of the `www` of its domain too, unless it says otherwise (provider documentation). */
function hasName({ properties }: StackResource, name: string): MaybeUnknown<boolean> {
  const domain = stringAt(properties, "domainName");
  if (domain === undefined || isUnknown(domain)) return domain ?? false;
  const own = normalizeDnsName(domain);
  if (covers(own, name)) return true;
  return name === `www.${own}` && (booleanAt(properties, "enableWwwSubdomain") ?? true);
}
