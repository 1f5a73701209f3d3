import { indexByUrn, resourceRegion } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type IamDocument, sorted } from "./iam-document";
import { resourceTags, type StackIdentity } from "./operator-policy";

const INSTANCE = "aws:ec2/instance:Instance";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

/**
 * What whoever runs the drill of a stack with an instance needs: to stop and start that instance, and to see what the
 * checkers say. The answers of DNS are asked of the name servers, which takes no permission.
 *
 * @throws Error for a stack without an instance or without a check.
 */
export function drillPolicy(resources: readonly StackResource[], identity: StackIdentity): IamDocument {
  const index = indexByUrn(resources);
  const regions = sorted(
    resources
      .filter(({ type }) => type === INSTANCE)
      .flatMap((instance) => {
        const region = resourceRegion(instance, index);
        return typeof region === "string" ? [region] : [];
      }),
  );
  if (regions.length === 0) throw new Error("the stack has no instance to stop");
  if (!resources.some(({ type }) => type === HEALTH_CHECK)) throw new Error("the stack has no health check");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "StopsAndStartsTheInstance",
        Effect: "Allow",
        Action: ["ec2:StartInstances", "ec2:StopInstances"],
        Resource: regions.map((region) => `arn:aws:ec2:${region}:${identity.accountId}:instance/*`),
        Condition: { StringEquals: resourceTags(identity.tags) },
      },
      {
        Sid: "SeesTheInstance",
        Effect: "Allow",
        Action: ["ec2:DescribeInstances"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:RequestedRegion": regions } },
      },
      {
        Sid: "SeesTheHealthCheck",
        Effect: "Allow",
        Action: ["route53:GetHealthCheckStatus"],
        Resource: ["arn:aws:route53:::healthcheck/*"],
      },
    ],
  };
}
