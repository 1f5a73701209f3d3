import { normalizeDnsName } from "../../../model/dns-name";
import { isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import type { Account } from "./account";
import { arn } from "./arn";
import { findPolicy } from "./cloudfront-managed";
import { CACHE_POLICY, ORIGIN_REQUEST_POLICY, RESPONSE_HEADERS_POLICY } from "./cloudfront-policy";
import { lookUpImage, lookUpParameter, lookUpPrefixList, lookUpZones } from "./ec2-lookups";
import { isOn, text } from "./known";
import { policyDocument } from "./policy-document";
import { holdsUnknown } from "./property-path";
import { Refusal } from "./refusal";
import { regionByName, regionProblem } from "./region";
import type { ProviderScope } from "./resource-type";
import { nameServers, RECORD, ZONE } from "./route53-zone";

type Invoke = (args: Properties, scope: ProviderScope, account: Account) => Properties;

const INVOKES: Readonly<Record<string, Invoke>> = {
  "aws:cloudfront/getCachePolicy:getCachePolicy": (args, _, account) =>
    findPolicy(CACHE_POLICY, "getCachePolicy", args, account),
  "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": (args, _, account) =>
    findPolicy(ORIGIN_REQUEST_POLICY, "getOriginRequestPolicy", args, account),
  "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": (args, _, account) =>
    findPolicy(RESPONSE_HEADERS_POLICY, "getResponseHeadersPolicy", args, account),
  "aws:ec2/getAmi:getAmi": (args, scope) => lookUpImage(args, place("getAmi", args, scope), scope.accountId),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, scope) =>
    lookUpPrefixList(args, place("getManagedPrefixList", args, scope)),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, scope) =>
    lookUpZones(args, place("getAvailabilityZones", args, scope)),
  "aws:ssm/getParameter:getParameter": (args, scope, account) =>
    lookUpParameter(args, place("getParameter", args, scope), account),
  "aws:index/getRegion:getRegion": (args, scope) => {
    const name = text(args, "name") || place("getRegion", args, scope);
    const region = regionByName(name);
    if (region === undefined) throw new Refusal([`getRegion: ${regionProblem(name)}`]);
    return {
      id: name,
      name,
      region: name,
      description: region.location,
      endpoint: `ec2.${name}.amazonaws.com`,
    };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { accountId }) => ({
    id: accountId,
    accountId,
    arn: arn("iam", "", accountId, "user/rehearsal"),
    userId: "AIDAREHEARSALREHEARSA",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => policyDocument(args),
  "aws:route53/getZone:getZone": (args, _, account) => hostedZone(args, account),
};

/** The function tokens that the stand-in answers, sorted. */
export function standinInvokes(): string[] {
  return Object.keys(INVOKES).sort();
}

/**
 * What a data source answers.
 * @throws Refusal for a function that the stand-in does not know, and for what AWS would not find.
 */
export function invoke(token: string, args: Properties, scope: ProviderScope, account: Account): Properties {
  const answer = INVOKES[token];
  if (answer === undefined) {
    throw new Refusal([
      `${token} is not known to the stand-in; known: ${standinInvokes().length} functions of AWS; describe it in rehearsal/standin/aws/invokes.ts, or rehearse an exported state with --state FILE`,
    ]);
  }
  if (holdsUnknown(args)) throw new Refusal([`${token}: an argument is not known yet`]);
  return answer(args, scope, account);
}

/** The region that a lookup asks about: its own, or its provider's. */
function place(lookup: string, args: Properties, { region }: ProviderScope): string {
  const name = text(args, "region") || region;
  if (typeof name === "string" && name !== "") {
    const wrong = regionProblem(name);
    if (wrong !== undefined) throw new Refusal([`${lookup}: ${wrong}`]);
    return name;
  }
  throw new Refusal([
    isUnknown(region)
      ? `${lookup}: the provider's region is not known yet`
      : `${lookup}: region is missing; set aws:region, or region on the provider`,
  ]);
}

/** A zone by id or by name and kind, as the provider looks it up. */
function hostedZone(args: Properties, account: Account): Properties {
  const name = normalizeDnsName(text(args, "name"));
  const zoneId = text(args, "zoneId");
  if ((name === "") === (zoneId === ""))
    throw new Refusal(["getZone: name or zoneId is needed, and not both; give one"]);
  const wantsPrivate = isOn(args, "privateZone");
  const found = account.list(ZONE).filter(({ id, properties }) => {
    const isPrivate = Array.isArray(properties.vpcs) && properties.vpcs.length > 0;
    return zoneId === ""
      ? normalizeDnsName(text(properties, "name")) === name && isPrivate === wantsPrivate
      : id === zoneId;
  });
  if (found.length > 1)
    throw new Refusal([
      `getZone: ${found.length} hosted zones are named ${name}; look the zone up by zoneId`,
    ]);
  const zone = found[0];
  if (zone === undefined) {
    throw new Refusal([
      `getZone: no matching Route 53 Hosted Zone found for ${zoneId || name}; create it, or name one that exists`,
    ]);
  }
  const { id, properties } = zone;
  const records = account.list(RECORD).filter((record) => text(record.properties, "zoneId") === id);
  const servers = nameServers(id);
  return {
    id,
    zoneId: id,
    arn: arn("route53", "", "", `hostedzone/${id}`),
    name: normalizeDnsName(text(properties, "name")),
    callerReference: `standin-${id}`,
    comment: text(properties, "comment"),
    enableAcceleratedRecovery: isOn(properties, "enableAcceleratedRecovery"),
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    nameServers: servers,
    primaryNameServer: servers[0] ?? "",
    privateZone: wantsPrivate,
    // Each zone is born with an NS and an SOA record.
    resourceRecordSetCount: records.length + 2,
    tags: isPresent(properties.tags) ? properties.tags : {},
  };
}
