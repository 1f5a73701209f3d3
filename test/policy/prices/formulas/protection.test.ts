import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const ACL = "aws:wafv2/webAcl:WebAcl";
const GROUP = "aws:wafv2/ruleGroup:RuleGroup";
const RULE = "aws:wafv2/webAclRule:WebAclRule";
const ASSOCIATION = "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation";
const CLASSIC = "aws:waf/webAcl:WebAcl";
const REGIONAL = "aws:wafregional/webAcl:WebAcl";
const SHIELD = "aws:shield/subscription:Subscription";
const MACIE = "aws:macie2/account:Account";

const managed = (name: string, vendorName = "AWS") => ({
  statement: { managedRuleGroupStatement: { vendorName, name } },
});
const subscribed = (name: string) => `${name} has a subscription whose price is not in the list`;
const JSON_RULES = JSON.stringify([
  {
    Name: "a",
    Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } },
  },
  { Name: "b", Statement: {} },
]);

const CASES: readonly Case[] = [
  ["a web ACL", ACL, {}, { "web ACL": 5_000_000 }],
  [
    "a web ACL with rules",
    ACL,
    { rules: [{}, managed("AWSManagedRulesCommonRuleSet")] },
    { "web ACL": 5_000_000, "2 x rule of a web ACL": 2_000_000 },
  ],
  [
    "a web ACL of CloudFront",
    ACL,
    { scope: "CLOUDFRONT", rules: [{}] },
    { "web ACL": 5_000_000, "rule of a web ACL": 1_000_000 },
  ],
  [
    "a web ACL written as JSON",
    ACL,
    { ruleJson: JSON_RULES },
    { "web ACL": 5_000_000, "2 x rule of a web ACL": 2_000_000 },
  ],
  [
    "a web ACL of bad JSON",
    ACL,
    { ruleJson: "[" },
    { "web ACL": 5000000, "price ruleJson": "ruleJson is not a JSON list of rules" },
  ],
  [
    "a web ACL of other JSON",
    ACL,
    { ruleJson: '{"rules":[]}' },
    { "web ACL": 5000000, "price ruleJson": "ruleJson is not a JSON list of rules" },
  ],
  [
    "a web ACL of unknown JSON",
    ACL,
    { ruleJson: UNKNOWN },
    { "web ACL": 5000000, "input ruleJson": "ruleJson is not known yet" },
  ],
  [
    "a web ACL of unknown rules",
    ACL,
    { rules: UNKNOWN },
    { "web ACL": 5000000, "input rules": "rules is not known yet" },
  ],
  [
    "a web ACL with an unknown rule",
    ACL,
    { rules: [{ statement: UNKNOWN }] },
    { "web ACL": 5000000, "rule of a web ACL": 1000000, "input rules": "rules is not known yet" },
  ],
  [
    "bot control",
    ACL,
    { rules: [managed("AWSManagedRulesBotControlRuleSet")] },
    {
      "web ACL": 5000000,
      "rule of a web ACL": 1000000,
      "price rules": subscribed("AWSManagedRulesBotControlRuleSet"),
    },
  ],
  [
    "bot control written as JSON",
    ACL,
    { ruleJson: JSON_RULES.replace("CommonRuleSet", "BotControlRuleSet") },
    {
      "web ACL": 5000000,
      "2 x rule of a web ACL": 2000000,
      "price rules": subscribed("AWSManagedRulesBotControlRuleSet"),
    },
  ],
  [
    "a group of another vendor",
    ACL,
    { rules: [managed("Rules", "Example Vendor")] },
    {
      "web ACL": 5000000,
      "rule of a web ACL": 1000000,
      "price rules": "a rule group of Example Vendor has its own price",
    },
  ],
  ["an empty rule group", GROUP, {}, {}],
  ["a rule group", GROUP, { rules: [{}, {}, {}] }, { "3 x rule of a web ACL": 3_000_000 }],
  ["a rule group as JSON", GROUP, { rulesJson: "[{}]" }, { "rule of a web ACL": 1_000_000 }],
  ["a rule", RULE, { statement: {} }, { "rule of a web ACL": 1_000_000 }],
  [
    "a rule that is a subscribed group",
    RULE,
    managed("AWSManagedRulesATPRuleSet"),
    { "rule of a web ACL": 1000000, "price statement": subscribed("AWSManagedRulesATPRuleSet") },
  ],
  [
    "a rule of unknown content",
    RULE,
    { statement: UNKNOWN },
    { "rule of a web ACL": 1000000, "input statement": "statement is not known yet" },
  ],
  [
    "an associated group",
    ASSOCIATION,
    { ruleGroupReference: { arn: "arn:aws:wafv2:us-west-2:123456789012:regional/rulegroup/a/b" } },
    { "rule group of a web ACL": 1_000_000 },
  ],
  [
    "an associated group of AWS",
    ASSOCIATION,
    { managedRuleGroup: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
    { "rule group of a web ACL": 1_000_000 },
  ],
  [
    "an associated group with a subscription",
    ASSOCIATION,
    { managedRuleGroup: { vendorName: "AWS", name: "AWSManagedRulesACFPRuleSet" } },
    {
      "rule group of a web ACL": 1000000,
      "price managedRuleGroup": subscribed("AWSManagedRulesACFPRuleSet"),
    },
  ],
  [
    "an associated group of an unknown name",
    ASSOCIATION,
    { managedRuleGroup: { vendorName: "AWS", name: UNKNOWN } },
    { "rule group of a web ACL": 1000000, "input managedRuleGroup": "managedRuleGroup is not known yet" },
  ],
  [
    "a classic web ACL",
    CLASSIC,
    { rules: [{}] },
    { "web ACL of WAF Classic": 5_000_000, "rule of WAF Classic": 1_000_000 },
  ],
  ["a classic web ACL without rules", REGIONAL, {}, { "web ACL of WAF Classic": 5_000_000 }],
  [
    "classic rules that are not known",
    REGIONAL,
    { rules: UNKNOWN },
    { "web ACL of WAF Classic": 5000000, "input rules": "rules is not known yet" },
  ],
  [
    "Shield Advanced, which is refused besides",
    SHIELD,
    {},
    {
      "Shield Advanced": 3_000_000_000,
      "price ": "it is a commitment for a year, which deleting it does not end",
    },
  ],
  ["a Firewall Manager policy", "aws:fms/policy:Policy", {}, { "Firewall Manager policy": 100_000_000 }],
  ["Macie", MACIE, {}, { "buckets watched by Macie, 10 assumed": 1_000_000 }],
  ["Macie that is paused", MACIE, { status: "PAUSED" }, {}],
  ["Macie in an unknown state", MACIE, { status: UNKNOWN }, { "input status": "status is not known yet" }],
];

describe("policy/prices/formulas/protection", () => {
  priceCases(CASES);

  it("keeps the classic web ACL of CloudFront in us-east-1, wherever its provider is", () => {
    const regions = costOf([standby(CLASSIC, "c"), standby(REGIONAL, "r")]).lines.map(({ region }) => region);
    assert.deepEqual(regions, ["us-east-1", "us-west-2"]);
  });

  it("prints the buckets that the settings assume", () => {
    assert.deepEqual(
      costOf([standby(MACIE, "m")], { accountBuckets: 250 }).lines.map(({ item, monthlyMicroUsd }) => [
        item,
        monthlyMicroUsd,
      ]),
      [["buckets watched by Macie, 250 assumed", 25_000_000]],
    );
  });
});
