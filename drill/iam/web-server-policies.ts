import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { drillPolicy } from "./drill-policy";
import type { IamDocument } from "./iam-document";
import { type LookUp, operatorPolicy, stackIdentity } from "./operator-policy";

/** Where the policies of the stack `web-server` are written. */
export const WEB_SERVER_POLICIES = {
  operator: "docs/iam/web-server-operator.json",
  operatorCloudFront: "docs/iam/web-server-operator-cloudfront.json",
  drill: "docs/iam/web-server-drill.json",
} as const;

export type WebServerPolicy = keyof typeof WEB_SERVER_POLICIES;

const MAIL = { "warm-standby:alertEmail": "on-call@example.com" };

/**
 * Settings over those of the stack's file that stand up every type of resource that it can have: without CloudFront
 * before the page, which is the default, and with it. The zone is left out: whoever may create one may delete every
 * zone of the account, since a zone has no ARN before it is there.
 */
export const VARIANTS = {
  plain: { ...MAIL, "warm-standby:maintenanceCloudFront": "false" },
  cloudFront: { ...MAIL, "warm-standby:maintenanceCloudFront": "true" },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** The resources of the stack as each variant. */
export type WebServerVariants = Readonly<Record<keyof typeof VARIANTS, readonly StackResource[]>>;

/** The stack's policies from its own resources: the operator's, what CloudFront adds to it, and the drill's. */
export function webServerPolicies({
  plain,
  cloudFront,
}: WebServerVariants): Record<WebServerPolicy, IamDocument> {
  const identity = stackIdentity(plain);
  return {
    operator: operatorPolicy(plain, identity, lookUpsOf(plain)),
    operatorCloudFront: operatorPolicy(addedBy(cloudFront, plain), identity, []),
    drill: drillPolicy(plain, identity),
  };
}

/** The resources that the other does not have, and the providers, which tell where they are. */
function addedBy(resources: readonly StackResource[], other: readonly StackResource[]): StackResource[] {
  const has = new Set(other.map(({ urn }) => urn));
  return resources.filter(({ urn, type }) => !has.has(urn) || type.startsWith("pulumi:providers:"));
}

/** As the files hold it. */
export function policyText(document: IamDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What stacks/web-server.ts and awsx look up before they register anything. */
function lookUpsOf(resources: readonly StackResource[]): LookUp[] {
  const instance = resources.find(({ type }) => type === "aws:ec2/instance:Instance");
  const region = stringAt(instance?.properties, "region");
  const zone = resources
    .map(({ properties }) => stringAt(properties, "zoneId"))
    .find((id) => typeof id === "string");
  const zoneArn = `arn:aws:route53:::hostedzone/${typeof zone === "string" ? zone : "*"}`;
  const where = typeof region === "string" ? region : undefined;
  const inRegion = where ?? "*";
  return [
    { action: "ec2:DescribeAvailabilityZones", resources: ["*"], ...(where ? { region: where } : {}) },
    { action: "ec2:DescribeManagedPrefixLists", resources: ["*"], ...(where ? { region: where } : {}) },
    { action: "route53:ListHostedZones", resources: ["*"] },
    { action: "ec2:GetManagedPrefixListEntries", resources: [`arn:aws:ec2:${inRegion}:aws:prefix-list/*`] },
    { action: "route53:GetHostedZone", resources: [zoneArn] },
    { action: "route53:ListTagsForResource", resources: [zoneArn] },
    {
      action: "ssm:GetParameter",
      resources: [`arn:aws:ssm:${inRegion}::parameter/aws/service/ami-amazon-linux-latest/*`],
    },
  ];
}
