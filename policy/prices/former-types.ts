/** Services whose types moved to another one under their own names. */
const FORMER_SERVICES: ReadonlyMap<string, string> = new Map([
  ["applicationloadbalancing", "alb"],
  ["elasticloadbalancing", "elb"],
  ["elasticloadbalancingv2", "lb"],
]);

/** Types that were renamed, most of them for a slip in the old name. */
const FORMER_TYPES: ReadonlyMap<string, string> = new Map([
  [
    "aws:chime/voiceConnectorOrganization:VoiceConnectorOrganization",
    "aws:chime/voiceConnectorOrigination:VoiceConnectorOrigination",
  ],
  [
    "aws:directoryservice/conditionalForwader:ConditionalForwader",
    "aws:directoryservice/conditionalForwarder:ConditionalForwarder",
  ],
  ["aws:directoryservice/logService:LogService", "aws:directoryservice/logSubscription:LogSubscription"],
  [
    "aws:ec2/transitGatewayPeeringAttachmentAccepter:TransitGatewayPeeringAttachmentAccepter",
    "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
  ],
  ["aws:s3/BucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"],
  ["aws:ses/confgurationSet:ConfgurationSet", "aws:ses/configurationSet:ConfigurationSet"],
  ...["BrowserSettings", "DataProtectionSettings", "IpAccessSettings", "NetworkSettings"].map(workspacesWeb),
  ...["UserAccessLoggingSettings", "UserSettings"].map(workspacesWeb),
]);

function workspacesWeb(name: string): [string, string] {
  const current = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return [`aws:workspaces/web${name}:Web${name}`, `aws:workspacesweb/${current}:${name}`];
}

/**
 * The name that `@pulumi/aws` 7 has for a type of an older version, which programs and states of that version still
 * carry; any other type is returned as it is. Source: the aliases in the package, and versions 5.43.0 and 6.83.0.
 */
export function currentType(type: string): string {
  const renamed = FORMER_TYPES.get(type);
  if (renamed) return renamed;
  const [, service, rest] = /^aws:([a-z0-9]+)(\/.*)$/.exec(type) ?? [];
  const moved = service === undefined ? undefined : FORMER_SERVICES.get(service);
  return moved === undefined ? type : `aws:${moved}${rest}`;
}
