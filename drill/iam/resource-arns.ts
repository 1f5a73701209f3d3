import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";

/** Where a resource is. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** ARNs of a resource, as far as they are known before it exists. */
export type Arns = (resource: StackResource, place: Place) => readonly string[];

export const ec2Arns =
  (...kinds: string[]): Arns =>
  (_, { accountId, region }) =>
    kinds.map((kind) => `arn:aws:ec2:${region}:${kind === "image" ? "" : accountId}:${kind}/*`);

export const globalArns =
  (...paths: string[]): Arns =>
  (_, { accountId }) =>
    paths.map((path) => `arn:aws:cloudfront::${accountId}:${path}/*`);

export const certificateArns: Arns = (_, { accountId, region }) => [
  `arn:aws:acm:${region}:${accountId}:certificate/*`,
];

/** For actions that are judged by no resource. */
export const anywhere: Arns = () => ["*"];

/** Pulumi ends names that it makes up with a hyphen and seven hexadecimal digits. */
const withoutMadeUpEnd = (arn: string) => arn.replace(/-[0-9a-f]{7}$/, "-*");

export const ownArn: Arns = ({ properties }) => {
  const arn = stringAt(properties, "arn");
  return typeof arn === "string" ? [withoutMadeUpEnd(arn)] : [];
};

export const bucketArn: Arns = ({ properties }) => {
  const bucket = stringAt(properties, "bucket");
  return typeof bucket === "string" ? [`arn:aws:s3:::${bucket}`] : [];
};

export const roleArn: Arns = ({ properties }, { accountId }) => {
  const role = stringAt(properties, "role");
  return typeof role === "string" ? [withoutMadeUpEnd(`arn:aws:iam::${accountId}:role/${role}`)] : [];
};

export const zoneArn: Arns = ({ properties }) => {
  const zoneId = stringAt(properties, "zoneId");
  return typeof zoneId === "string" ? [`arn:aws:route53:::hostedzone/${zoneId}`] : [];
};

export const topicArn: Arns = ({ properties }) => {
  const topic = stringAt(properties, "topic");
  return typeof topic === "string" ? [withoutMadeUpEnd(topic)] : [];
};
