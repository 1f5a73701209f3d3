/** An Amazon Resource Name taken apart; `resource` keeps its own colons and slashes. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** `arn:aws:sns:us-east-1:123456789012:alarms` */
export function arn(service: string, region: string, accountId: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || resource.length === 0) return undefined;
  return { service, region: region ?? "", accountId: accountId ?? "", resource: resource.join(":") };
}
