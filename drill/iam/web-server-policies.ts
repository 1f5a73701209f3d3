import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { drillPolicy } from "./drill-policy";
import type { IamDocument } from "./iam-document";
import { type LookUp, operatorPolicy, stackIdentity } from "./operator-policy";

/** Where the policies of the stack `web-server` are written. */
export const WEB_SERVER_POLICIES = {
  operator: "docs/iam/web-server-operator.json",
  drill: "docs/iam/web-server-drill.json",
} as const;

export type WebServerPolicy = keyof typeof WEB_SERVER_POLICIES;

/**
 * Settings over those of the stack's file that together stand up every type of resource that it can have, so that no
 * option lacks an action. The zone is left out: whoever may create one may delete every zone of the account, since a
 * zone has no ARN before it is there.
 */
export const EVERY_OPTION: readonly Readonly<Record<string, string>>[] = [
  { "warm-standby:alertEmail": "on-call@example.com", "warm-standby:maintenanceCloudFront": "false" },
  { "warm-standby:alertEmail": "on-call@example.com", "warm-standby:maintenanceCloudFront": "true" },
];

/** The stack's two policies, from its own resources: those of each variant that it may be run as. */
export function webServerPolicies(
  variants: readonly (readonly StackResource[])[],
): Record<WebServerPolicy, IamDocument> {
  const resources = variants.flat();
  const identity = stackIdentity(resources);
  return {
    operator: operatorPolicy(resources, identity, lookUpsOf(resources)),
    drill: drillPolicy(resources, identity),
  };
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
