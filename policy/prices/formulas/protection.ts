import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { countedText, type Formula, monthly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at, stringAt } from "./read";

/** Rule groups of AWS that need a subscription of their own. */
const SUBSCRIBED_GROUPS: readonly string[] = [
  "AWSManagedRulesACFPRuleSet",
  "AWSManagedRulesATPRuleSet",
  "AWSManagedRulesAntiDDoSRuleSet",
  "AWSManagedRulesBotControlRuleSet",
];

/** A web ACL by the month, and each of its rules and rule groups. */
export const webAclMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  const rules = [...inputs.extras.list("rules"), ...writtenRules(inputs.extras, "ruleJson")];
  for (const rule of rules) checkGroup(inputs.extras, "rules", managedGroupOf(rule));
  return inputs.or([
    ...monthly("web ACL", "waf/web-acl", inputs.place, 1, {
      lever: "share one web ACL between what is in a region",
    }),
    ...ruleMeters(rules.length, inputs.place),
  ]);
};

/** Rules inside a group bill as those of a web ACL do. */
export const ruleGroupMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  const rules = [...inputs.extras.list("rules"), ...writtenRules(inputs.extras, "rulesJson")];
  return inputs.or(ruleMeters(rules.length, inputs.place));
};

/** A rule that is a resource of its own. */
export const webAclRuleMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  checkGroup(inputs.extras, "statement", managedGroupOf(resource.properties));
  return inputs.or(ruleMeters(1, inputs.place));
};

/** A rule group added to a web ACL. */
export const ruleGroupAssociationMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  checkGroup(inputs.extras, "managedRuleGroup", at(resource.properties, "managedRuleGroup"));
  return inputs.or(monthly("rule group of a web ACL", "waf/rule", inputs.place));
};

/** The two kinds of WAF Classic; that of CloudFront is global and kept in us-east-1. */
export const classicWebAclMeters: Formula = (resource, stack) => {
  const global = resource.type.startsWith("aws:waf/");
  const inputs = new Inputs(resource.properties, global ? "us-east-1" : stack.regionOf(resource));
  const rules = inputs.extras.list("rules").length;
  return inputs.or([
    ...monthly("web ACL of WAF Classic", "waf/classic-web-acl", inputs.place),
    ...(rules === 0
      ? []
      : stored(countedText(rules, "rule of WAF Classic"), "waf/classic-rule", inputs.place, rules)),
  ]);
};

function ruleMeters(count: number, place: Place): Meter[] {
  return monthly("rule of a web ACL", "waf/rule", place, count, {
    lever: "drop rules, or put them into one",
  });
}

/** Rules written as a JSON text, in which AWS's own names begin with a capital. */
function writtenRules(inputs: Inputs, path: string): readonly PropertyValue[] {
  if (!inputs.has(path)) return [];
  const text = inputs.text(path);
  // What is no text is told by the inputs already.
  if (text === "") return [];
  try {
    const rules: unknown = JSON.parse(text);
    if (Array.isArray(rules)) return rules as PropertyValue[];
  } catch {
    // Refused below, like every text that is not a list.
  }
  inputs.refuse(`${path} is not a JSON list of rules`, path);
  return [];
}

function managedGroupOf(rule: PropertyValue): PropertyValue {
  const camel = at(rule, "statement", "managedRuleGroupStatement");
  return camel === undefined ? at(rule, "Statement", "ManagedRuleGroupStatement") : camel;
}

/** Most of AWS's groups cost no more than a rule; some have a subscription, and other vendors set their own price. */
function checkGroup(inputs: Inputs, path: string, group: PropertyValue): void {
  if (group === undefined || group === null) return;
  const vendor = stringAt(group, "vendorName") ?? stringAt(group, "VendorName");
  const name = stringAt(group, "name") ?? stringAt(group, "Name");
  if (isUnknown(group) || isUnknown(vendor) || isUnknown(name)) {
    inputs.unknown(path);
  } else if (vendor !== "AWS") {
    inputs.refuse(`a rule group of ${vendor ?? "an unnamed vendor"} has its own price`, path);
  } else if (name !== undefined && SUBSCRIBED_GROUPS.includes(name)) {
    inputs.refuse(`${name} has a subscription whose price is not in the list`, path);
  }
}

/** Billed from the day it is taken for a whole year, which removing the resource does not end. */
export const shieldMeters: Formula = () => [
  ...monthly("Shield Advanced", "shield/advanced", "global"),
  unpriced("it is a commitment for a year, which deleting it does not end", undefined, "global"),
];

export const firewallPolicyMeters: Formula = (resource, stack) =>
  monthly("Firewall Manager policy", "firewall-manager/policy", stack.regionOf(resource), 1, {
    note: "free with Shield Advanced, which is not counted on",
  });

/** Watches every bucket of the account and region, of which the stack holds only some. */
export const macieMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  if (inputs.text("status", "ENABLED") === "PAUSED") return inputs.or([]);
  const buckets = stack.assumptions.accountBuckets;
  return inputs.or(
    stored(`buckets watched by Macie, ${buckets} assumed`, "macie/bucket", place, buckets, {
      lever: "set status to PAUSED",
    }),
  );
};
