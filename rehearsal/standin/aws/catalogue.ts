import { ACM } from "./acm";
import { API_DOMAINS } from "./api-domain";
import { API_GATEWAY } from "./apigatewayv2";
import { CLOUDWATCH } from "./cloudwatch";
import { DYNAMODB } from "./dynamodb";
import { IAM } from "./iam";
import { LAMBDA } from "./lambda";
import { Refusal } from "./refusal";
import type { ResourceType } from "./resource-type";
import { healthCheck } from "./route53-health-check";
import { record } from "./route53-record";
import { zone } from "./route53-zone";
import { SNS } from "./sns";
import { SQS } from "./sqs";

/** Everything that the stand-in plays, by exact token. A type that is missing here is refused, never guessed. */
const CATALOGUE: ReadonlyMap<string, ResourceType> = new Map(
  [
    ...ACM,
    ...API_DOMAINS,
    ...API_GATEWAY,
    ...CLOUDWATCH,
    ...DYNAMODB,
    ...IAM,
    ...LAMBDA,
    healthCheck,
    record,
    zone,
    ...SNS,
    ...SQS,
  ].map((type) => [type.token, type]),
);

/** The type tokens that the stand-in knows, sorted. */
export function standinResourceTypes(): string[] {
  return [...CATALOGUE.keys()].sort();
}

export function findResourceType(token: string): ResourceType | undefined {
  return CATALOGUE.get(token);
}

/** @throws Refusal for a type that the stand-in does not know. */
export function resourceType(token: string): ResourceType {
  const found = CATALOGUE.get(token);
  if (found) return found;
  throw new Refusal([
    `${token} is not known to the stand-in; known: ${CATALOGUE.size} types of AWS; describe it under rehearsal/standin/aws, or rehearse an exported state with --state FILE`,
  ]);
}
