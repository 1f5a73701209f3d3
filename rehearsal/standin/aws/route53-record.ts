import { isIP } from "node:net";
import { CLOUDFRONT_ZONE_ID } from "../../../model/alias-zone";
import { normalizeDnsName } from "../../../model/dns-name";
import { at, isPresent, listAt, stringAt, stringListAt } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import { text } from "./known";
import { exactlyOneOf, matches, oneOf, onPresent, show } from "./property-rules";
import { recordName, routingPolicies } from "./record-set";
import { refusedRecordSet } from "./record-set-conflict";
import { type ResourceType, type Rule, words } from "./resource-type";
import { RECORD } from "./route53-zone";

const TYPES = words("A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT");

const hasAlias = (inputs: Properties) => {
  const aliases = listAt(inputs, "aliases");
  return isUnknown(aliases) || (aliases !== undefined && aliases.length > 0);
};

const routing: Rule = (inputs) => {
  const policies = routingPolicies(inputs);
  if (policies.length > 1)
    return [
      { property: policies[1] ?? "", reason: `${policies.join(" and ")} exclude each other; keep one` },
    ];
  const identified = isPresent(inputs.setIdentifier);
  if (policies.length === 1 && !identified)
    return [
      {
        property: "setIdentifier",
        reason: `setIdentifier is missing, and ${policies[0]} needs it to tell the records of one name apart`,
      },
    ];
  if (policies.length === 0 && identified)
    return [
      {
        property: "setIdentifier",
        reason: `setIdentifier is ${show(inputs.setIdentifier)} without a routing policy; add one or leave it out`,
      },
    ];
  return [];
};

const ttl: Rule = (inputs) => {
  if (hasAlias(inputs)) {
    return isPresent(inputs.ttl)
      ? [
          {
            property: "ttl",
            reason: `ttl is ${show(inputs.ttl)} on an alias; Route 53 sets the TTL of an alias itself, leave it out`,
          },
        ]
      : [];
  }
  if (!isPresent(inputs.ttl))
    return isPresent(inputs.records)
      ? [{ property: "ttl", reason: "ttl is missing, and a record that is no alias needs one" }]
      : [];
  const value = Number(isUnknown(inputs.ttl) ? 0 : inputs.ttl);
  return Number.isInteger(value) && value >= 0 && value <= 2_147_483_647
    ? []
    : [
        {
          property: "ttl",
          reason: `ttl: AWS takes whole seconds from 0 to 2147483647, got ${show(inputs.ttl)}`,
        },
      ];
};

const values: Rule = (inputs) => {
  const type = stringAt(inputs, "type");
  const records = stringListAt(inputs, "records");
  if (records === undefined || isUnknown(records) || typeof type !== "string") return [];
  const version = type === "A" ? 4 : type === "AAAA" ? 6 : undefined;
  const wrong = version && records.find((value) => isIP(value) !== version);
  if (wrong !== undefined && version)
    return [
      {
        property: "records",
        reason: `records: an ${type} record takes IPv${version} addresses, got ${show(wrong)}`,
      },
    ];
  if (type === "CNAME" && records.length !== 1)
    return [{ property: "records", reason: `records: a CNAME record takes one name, got ${records.length}` }];
  if (records.length === 0)
    return [{ property: "records", reason: "records is empty; give a value or an alias" }];
  const twice = records.find((value, index) => records.indexOf(value) !== index);
  return twice === undefined
    ? []
    : [{ property: "records", reason: `records: ${show(twice)} is there twice` }];
};

const alias: Rule = onPresent("aliases", (aliases, inputs) => {
  if (!Array.isArray(aliases) || aliases.length > 1) return `AWS takes one alias, got ${show(aliases)}`;
  if (aliases.length === 1 && ["NS", "SOA"].includes(String(stringAt(inputs, "type"))))
    return `an ${String(stringAt(inputs, "type"))} record cannot be an alias`;
  if (at(aliases, 0, "zoneId") === CLOUDFRONT_ZONE_ID && at(aliases, 0, "evaluateTargetHealth") === true)
    return "the health of a CloudFront target cannot be evaluated; set evaluateTargetHealth to false";
  return at(inputs, "multivalueAnswerRoutingPolicy") === true
    ? "a multivalue answer cannot be an alias"
    : undefined;
});

const failover: Rule = onPresent("failoverRoutingPolicies", (policies) => {
  if (isUnknown(at(policies, 0, "type"))) return undefined;
  const type = stringAt(policies, 0, "type");
  return type === undefined || type === "PRIMARY" || type === "SECONDARY"
    ? undefined
    : `AWS takes PRIMARY or SECONDARY, got ${show(type)}`;
});

const weight: Rule = onPresent("weightedRoutingPolicies", (policies) => {
  const given = at(policies, 0, "weight");
  if (given === undefined || isUnknown(given)) return undefined;
  const number = Number(given);
  return Number.isInteger(number) && number >= 0 && number <= 255
    ? undefined
    : `AWS takes a weight from 0 to 255, got ${show(given)}`;
});

export const record: ResourceType = {
  token: RECORD,
  inputs: words(`aliases allowOverwrite cidrRoutingPolicy failoverRoutingPolicies geolocationRoutingPolicies
    geoproximityRoutingPolicy healthCheckId latencyRoutingPolicies multivalueAnswerRoutingPolicy name records
    setIdentifier ttl type weightedRoutingPolicies zoneId`),
  required: words(`name type zoneId aliases[].name aliases[].zoneId aliases[].evaluateTargetHealth
    failoverRoutingPolicies[].type weightedRoutingPolicies[].weight`),
  // Another type or set identifier is deleted and created in one change batch, which is an update.
  replaceOn: words("name zoneId"),
  computed: words("allowOverwrite fqdn"),
  rules: [
    oneOf("type", TYPES),
    matches("name", /^[\x21-\x7e]{1,1024}$/, "a name without spaces"),
    exactlyOneOf("aliases", "records"),
    routing,
    ttl,
    values,
    alias,
    failover,
    weight,
  ],
  make: ({ inputs, account }) => {
    const zoneId = text(inputs, "zoneId");
    const name = normalizeDnsName(text(inputs, "name"));
    const fqdn = recordName(inputs, account);
    const set = text(inputs, "setIdentifier");
    return {
      id: [zoneId, name, text(inputs, "type"), ...(set === "" ? [] : [set])].join("_"),
      outputs: { allowOverwrite: inputs.allowOverwrite ?? false, fqdn, name },
    };
  },
  admit: refusedRecordSet,
};
