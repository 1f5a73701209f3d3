import { isPresent } from "../../../model/property";
import type { Properties } from "../../../model/unknown";
import type { AccountResource } from "./account";
import { arn } from "./arn";
import { ec2Id, privateDnsName, publicAddress, publicDnsName } from "./ec2-names";
import { hasInternetGateway, INSTANCE, SUBNET } from "./ec2-vpc";
import { text } from "./known";
import { atMostOneOf, exactlyOneOf, oneOf } from "./property-rules";
import { findHere, unreachable } from "./reference";
import { type Making, type ResourceType, words } from "./resource-type";

export const EIP = "aws:ec2/eip:Eip";
export const EIP_ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

const eip: ResourceType = {
  token: EIP,
  inputs: words(`address associateWithPrivateIp customerOwnedIpv4Pool domain instance ipamPoolId
    networkBorderGroup networkInterface publicIpv4Pool region tags`),
  replaceOn: words(
    "address customerOwnedIpv4Pool domain ipamPoolId networkBorderGroup publicIpv4Pool region",
  ),
  computed: words(`allocationId arn associationId carrierIp customerOwnedIp domain instance ipamPoolId
    networkBorderGroup networkInterface privateDns privateIp ptrRecord publicDns publicIp publicIpv4Pool`),
  rules: [oneOf("domain", ["vpc"]), atMostOneOf("instance", "networkInterface")],
  make: (making) => {
    const id = ec2Id("eipalloc", making.seed);
    return { id, outputs: eipOutputs(making, id) };
  },
  admit: (making) => unreachableInstance(making, text(making.inputs, "instance")),
  keeps: ({ id }, account) => {
    const held = account
      .list(EIP_ASSOCIATION)
      .find(({ properties }) => text(properties, "allocationId") === id);
    return held && `${held.id} still uses it (InvalidIPAddress.InUse); delete that first`;
  },
};

function eipOutputs(making: Making, id: string): Properties {
  const { inputs, accountId, region, seed } = making;
  const publicIp = text(inputs, "address") || publicAddress(seed);
  const instance = findHere(making, INSTANCE, text(inputs, "instance"));
  const privateIp = text(inputs, "associateWithPrivateIp") || text(instance?.properties, "privateIp");
  const isAssociated = isPresent(inputs.instance) || isPresent(inputs.networkInterface);
  return {
    allocationId: id,
    arn: arn("ec2", region, accountId, `elastic-ip/${id}`),
    associationId: isAssociated ? ec2Id("eipassoc", seed) : "",
    carrierIp: "",
    customerOwnedIp: "",
    domain: "vpc",
    instance: inputs.instance ?? "",
    ipamPoolId: inputs.ipamPoolId ?? "",
    networkBorderGroup: inputs.networkBorderGroup ?? region,
    networkInterface: inputs.networkInterface ?? text(instance?.properties, "primaryNetworkInterfaceId"),
    privateDns: privateIp === "" ? "" : privateDnsName(privateIp, region),
    privateIp,
    ptrRecord: "",
    publicDns: publicDnsName(publicIp, region),
    publicIp,
    publicIpv4Pool: inputs.publicIpv4Pool ?? "amazon",
  };
}

const eipAssociation: ResourceType = {
  token: EIP_ASSOCIATION,
  inputs: words(
    "allocationId allowReassociation instanceId networkInterfaceId privateIpAddress publicIp region",
  ),
  replaceOn: words(`allocationId allowReassociation instanceId networkInterfaceId privateIpAddress publicIp
    region`),
  computed: words("allocationId instanceId networkInterfaceId privateIpAddress publicIp"),
  rules: [exactlyOneOf("allocationId", "publicIp"), exactlyOneOf("instanceId", "networkInterfaceId")],
  make: (making) => {
    const { inputs, seed } = making;
    const address = addressOf(making);
    const instance = findHere(making, INSTANCE, text(inputs, "instanceId"));
    return {
      id: ec2Id("eipassoc", seed),
      outputs: {
        allocationId: inputs.allocationId ?? address?.id ?? "",
        instanceId: inputs.instanceId ?? "",
        networkInterfaceId:
          inputs.networkInterfaceId ?? text(instance?.properties, "primaryNetworkInterfaceId"),
        privateIpAddress: inputs.privateIpAddress ?? text(instance?.properties, "privateIp"),
        publicIp: inputs.publicIp ?? text(address?.properties, "publicIp"),
      },
    };
  },
  admit: (making) => {
    const { inputs } = making;
    return (
      unreachable(making, EIP, text(inputs, "allocationId"), "address", "InvalidAllocationID.NotFound") ??
      unreachableInstance(making, text(inputs, "instanceId")) ??
      takenAddress(making)
    );
  },
};

function addressOf(making: Making): AccountResource | undefined {
  const { account, inputs, region } = making;
  return account
    .list(EIP)
    .find(
      ({ id, region: where, properties }) =>
        where === region &&
        (id === text(inputs, "allocationId") || text(properties, "publicIp") === text(inputs, "publicIp")),
    );
}

function takenAddress({ inputs, account, urn }: Making): string | undefined {
  const allocationId = text(inputs, "allocationId");
  const other = account
    .list(EIP_ASSOCIATION)
    .find(
      (found) =>
        found.urn !== urn && allocationId !== "" && text(found.properties, "allocationId") === allocationId,
    );
  return (
    other &&
    `address ${allocationId} is associated by ${other.id} (Resource.AlreadyAssociated); an address serves one instance`
  );
}

/** An address is given to an instance of this region, in a network that reaches the internet. */
function unreachableInstance(making: Making, id: string): string | undefined {
  const missing = unreachable(making, INSTANCE, id, "instance", "InvalidInstanceID.NotFound");
  if (missing !== undefined) return missing;
  const instance = findHere(making, INSTANCE, id);
  const subnet = findHere(making, SUBNET, text(instance?.properties, "subnetId"));
  const vpcId = text(subnet?.properties, "vpcId");
  return vpcId !== "" && hasInternetGateway(making.account, vpcId) === false
    ? `${vpcId} has no internet gateway (Gateway.NotAttached); make one and depend on it`
    : undefined;
}

export const EC2_ADDRESSES: readonly ResourceType[] = [eip, eipAssociation];
