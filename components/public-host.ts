import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import { Vpc } from "@pulumi/awsx/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import type { PolicyDocument } from "./function-policy";
import { INSTANCE_TRUST_POLICY, SESSION_POLICY } from "./session-policy";

/** Somebody who may connect to the host, over TCP. */
export interface Admission {
  /** Of the rule's resource name. */
  readonly suffix: string;
  readonly port: number;
  readonly from:
    | { readonly kind: "ipv4"; readonly cidr: string }
    | { readonly kind: "ipv6"; readonly cidr: string }
    | { readonly kind: "prefix-list"; readonly id: pulumi.Input<string> };
  readonly description: string;
}

export interface PublicHostArgs {
  readonly instanceType: pulumi.Input<string>;
  /** For the processor of the instance type. A later image replaces no running host. */
  readonly imageId: pulumi.Input<string>;
  /** Runs at the first start only, so that a change of it is a new instance. */
  readonly userData: pulumi.Input<string>;
  readonly admits: readonly Admission[];
  /** What the host may do in AWS besides being reached by Session Manager. @default nothing */
  readonly policy?: pulumi.Input<PolicyDocument>;
  /** @default 8: the size of the image */
  readonly rootVolumeGb?: number;
}

/** One zone with one public subnet; 16 addresses are the least that a subnet takes. */
const NETWORK = { cidrBlock: "10.0.0.0/24", subnetMask: 28 };
const ROOT_VOLUME_GB = 8;

/**
 * A single instance on the internet with an address of its own. There is no SSH: people come by Session Manager.
 * Outwards it reaches HTTPS only, which is what packages, certificates and AWS need; name service, time and
 * metadata of AWS pass every security group (VPC user guide, security in Amazon VPC).
 */
export class PublicHost extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  /** The Elastic IP: it outlives stops and replacements of the instance. */
  readonly ipAddress: pulumi.Output<string>;

  constructor(name: string, args: PublicHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:PublicHost", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);

    const awsProvider = this.getProvider("aws:ec2/vpc:Vpc");
    const networkProviders = awsProvider ? [awsProvider] : [];
    // No NAT gateway and no endpoint: both would bill while idle, and a public subnet needs neither.
    const network = new Vpc(
      `${name}-network`,
      {
        cidrBlock: NETWORK.cidrBlock,
        numberOfAvailabilityZones: 1,
        subnetStrategy: "Auto",
        subnetSpecs: [{ type: "Public", cidrMask: NETWORK.subnetMask }],
        natGateways: { strategy: "None" },
        enableDnsHostnames: true,
        enableDnsSupport: true,
      },
      // A component of another package gets providers only by name.
      { parent: this, dependsOn: opts?.dependsOn, providers: networkProviders },
    );
    const group = new ec2.SecurityGroup(
      `${name}-group`,
      { vpcId: network.vpcId, description: "Who may connect to the host, and where it may connect to" },
      child(),
    );
    for (const { suffix, port, from, description } of args.admits) {
      new vpc.SecurityGroupIngressRule(
        `${name}-from-${suffix}`,
        {
          securityGroupId: group.id,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description,
          ...sourceOf(from),
        },
        child(),
      );
    }
    new vpc.SecurityGroupEgressRule(
      `${name}-to-https`,
      {
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
        description: "Packages, certificates and Session Manager",
      },
      child(),
    );

    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: JSON.stringify(INSTANCE_TRUST_POLICY) },
      child(),
    );
    new iam.RolePolicy(
      `${name}-sessions`,
      { role: role.name, policy: JSON.stringify(SESSION_POLICY) },
      child(),
    );
    if (args.policy !== undefined) {
      new iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: pulumi.jsonStringify(args.policy) },
        child(),
      );
    }
    const profile = new iam.InstanceProfile(`${name}-profile`, { role: role.name }, child());

    const instance = new ec2.Instance(
      `${name}-instance`,
      {
        instanceType: args.instanceType,
        ami: args.imageId,
        subnetId: network.publicSubnetIds.apply(([first]) => first ?? ""),
        vpcSecurityGroupIds: [group.id],
        iamInstanceProfile: profile.name,
        userData: args.userData,
        userDataReplaceOnChange: true,
        // IMDSv2 only, and no farther than the instance itself: a forwarded request gets no credentials.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        rootBlockDevice: {
          volumeType: "gp3",
          volumeSize: args.rootVolumeGb ?? ROOT_VOLUME_GB,
          encrypted: true,
          deleteOnTermination: true,
        },
        // Burstable instances bill for bursts beyond their credits unless they are told not to.
        creditSpecification: { cpuCredits: "standard" },
        tags: { Name: `${name}-instance` },
      },
      // AWS publishes a new image every few weeks, which is no reason to replace a host that serves.
      child({ ignoreChanges: ["ami"] }),
    );
    const address = new ec2.Eip(
      `${name}-address`,
      { domain: "vpc", instance: instance.id },
      // An address is given out only in a network that has its internet gateway.
      child({ dependsOn: [network] }),
    );

    this.instanceId = instance.id;
    this.ipAddress = address.publicIp;
    this.registerOutputs({ instanceId: this.instanceId, ipAddress: this.ipAddress });
  }
}

function sourceOf(from: Admission["from"]): Partial<vpc.SecurityGroupIngressRuleArgs> {
  switch (from.kind) {
    case "ipv4":
      return { cidrIpv4: from.cidr };
    case "ipv6":
      return { cidrIpv6: from.cidr };
    case "prefix-list":
      return { prefixListId: from.id };
  }
}
