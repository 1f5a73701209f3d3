import { ipv4Range } from "../../../model/cidr";
import { at, isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import type { AccountResource } from "./account";
import { arn } from "./arn";
import { availabilityZones } from "./availability-zone";
import { ec2Id, privateDnsName, publicAddress, publicDnsName } from "./ec2-names";
import { missingSubnet } from "./ec2-route";
import { defaultVpcId, INSTANCE, SECURITY_GROUP, SUBNET, VPC } from "./ec2-vpc";
import { INSTANCE_PROFILE } from "./iam-instance-profile";
import { number } from "./identifier";
import { isOn, text, texts } from "./known";
import { architectureOf, findImage } from "./machine-image";
import { isObject } from "./property-path";
import { atMostOneOf, matches, oneOf, oneOfAt, onPresent, requiredWhen } from "./property-rules";
import { findHere, unreachable } from "./reference";
import { type Making, type ResourceType, words } from "./resource-type";

/** User data before it is encoded (EC2 user guide, "Run commands when you launch an EC2 instance"). */
const USER_DATA_BYTES_MAX = 16_384;

const userDataSize = (property: string, bytesOf: (value: string) => number) =>
  onPresent(property, (value) => {
    const bytes = bytesOf(String(value));
    return bytes <= USER_DATA_BYTES_MAX
      ? undefined
      : `EC2 takes ${USER_DATA_BYTES_MAX} bytes before encoding, got ${bytes}; fetch the rest at start, or compress it into userDataBase64`;
  });

const instance: ResourceType = {
  token: INSTANCE,
  inputs: words(`ami associatePublicIpAddress availabilityZone capacityReservationSpecification cpuOptions
    creditSpecification disableApiStop disableApiTermination ebsBlockDevices ebsOptimized enablePrimaryIpv6
    enclaveOptions ephemeralBlockDevices forceDestroy getPasswordData hibernation hostId hostResourceGroupArn
    iamInstanceProfile instanceInitiatedShutdownBehavior instanceMarketOptions instanceType ipv6AddressCount
    ipv6Addresses keyName launchTemplate maintenanceOptions metadataOptions monitoring networkInterfaces
    placementGroup placementGroupId placementPartitionNumber primaryNetworkInterface privateDnsNameOptions
    privateIp region rootBlockDevice secondaryNetworkInterfaces secondaryPrivateIps securityGroups
    sourceDestCheck subnetId tags tenancy userData userDataBase64 userDataReplaceOnChange volumeTags
    vpcSecurityGroupIds`),
  replaceOn: words(`ami associatePublicIpAddress availabilityZone cpuOptions ebsBlockDevices enclaveOptions
    ephemeralBlockDevices hibernation hostResourceGroupArn instanceMarketOptions keyName networkInterfaces
    placementGroup placementPartitionNumber primaryNetworkInterface privateIp region secondaryNetworkInterfaces
    securityGroups subnetId`),
  // A volume grows and changes its type in place; its key, and user data on request, come with a new machine.
  fixedParts: (inputs) => ({
    rootBlockDevice: [
      at(inputs, "rootBlockDevice", "encrypted") ?? false,
      at(inputs, "rootBlockDevice", "kmsKeyId") ?? "",
    ],
    ...(inputs.userDataReplaceOnChange === true
      ? { userData: inputs.userData, userDataBase64: inputs.userDataBase64 }
      : {}),
  }),
  defaults: {
    forceDestroy: false,
    getPasswordData: false,
    sourceDestCheck: true,
    userDataReplaceOnChange: false,
  },
  computed: words(`arn associatePublicIpAddress availabilityZone capacityReservationSpecification cpuOptions
    disableApiStop disableApiTermination ebsBlockDevices ebsOptimized enablePrimaryIpv6 enclaveOptions
    ephemeralBlockDevices hostId hostResourceGroupArn iamInstanceProfile instanceInitiatedShutdownBehavior
    instanceLifecycle instanceState ipv6AddressCount ipv6Addresses keyName maintenanceOptions metadataOptions
    monitoring networkInterfaces outpostArn passwordData placementGroup placementGroupId
    placementPartitionNumber primaryNetworkInterface primaryNetworkInterfaceId privateDns privateDnsNameOptions
    privateIp publicDns publicIp rootBlockDevice.deviceName rootBlockDevice.volumeId
    secondaryNetworkInterfaces secondaryPrivateIps securityGroups spotInstanceRequestId subnetId tenancy
    vpcSecurityGroupIds`),
  rules: [
    requiredWhen("ami", ({ launchTemplate }) => !isPresent(launchTemplate), "no launchTemplate names one"),
    requiredWhen(
      "instanceType",
      ({ launchTemplate }) => !isPresent(launchTemplate),
      "no launchTemplate names one",
    ),
    matches("ami", /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, "the id of an image such as ami-0123456789abcdef0"),
    matches("instanceType", /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an instance type such as t4g.nano"),
    atMostOneOf("userData", "userDataBase64"),
    userDataSize("userData", (value) => Buffer.byteLength(value)),
    userDataSize("userDataBase64", (value) => Buffer.from(value, "base64").length),
    oneOf("tenancy", words("default dedicated host")),
    oneOf("instanceInitiatedShutdownBehavior", words("stop terminate")),
    oneOfAt("metadataOptions.httpTokens", words("optional required")),
    oneOfAt("metadataOptions.httpEndpoint", words("enabled disabled")),
    oneOfAt("rootBlockDevice.volumeType", words("standard gp2 gp3 io1 io2 sc1 st1")),
    oneOfAt("creditSpecification.cpuCredits", words("standard unlimited")),
    onPresent("iamInstanceProfile", (value) =>
      !isUnknown(value) && String(value).startsWith("arn:")
        ? "AWS takes the name of an instance profile, got an ARN; use its name"
        : undefined,
    ),
  ],
  protectedBy: ["disableApiTermination"],
  make: (making) => {
    const id = ec2Id("i", making.seed);
    return { id, outputs: instanceOutputs(making, id) };
  },
  admit: (making) =>
    missingSubnet(making) ?? wrongImage(making) ?? missingGroup(making) ?? missingProfile(making),
};

function instanceOutputs(making: Making, id: string): Properties {
  const { inputs, accountId, region, seed } = making;
  const subnet = findHere(making, SUBNET, text(inputs, "subnetId"));
  const vpc = vpcOf(making, subnet);
  const privateIp = text(inputs, "privateIp") || addressIn(text(subnet?.properties, "cidrBlock"), seed);
  const isPublic = isPresent(inputs.associatePublicIpAddress)
    ? isOn(inputs, "associatePublicIpAddress")
    : isOn(subnet?.properties, "mapPublicIpOnLaunch");
  const publicIp = isPublic ? publicAddress(seed) : "";
  const isArm = architectureOf(text(inputs, "instanceType")) === "arm64";
  const groups = texts(inputs, "vpcSecurityGroupIds");
  const given = (key: string) => (isObject(inputs[key]) ? (inputs[key] as Properties) : {});
  return {
    ami: inputs.ami ?? "",
    arn: arn("ec2", region, accountId, `instance/${id}`),
    associatePublicIpAddress: isPublic,
    availabilityZone:
      inputs.availabilityZone ?? subnet?.properties.availabilityZone ?? availabilityZones(region)[0] ?? "",
    capacityReservationSpecification: inputs.capacityReservationSpecification ?? {
      capacityReservationPreference: "open",
    },
    cpuOptions: { coreCount: isArm ? 2 : 1, threadsPerCore: isArm ? 1 : 2, ...given("cpuOptions") },
    disableApiStop: inputs.disableApiStop ?? false,
    disableApiTermination: inputs.disableApiTermination ?? false,
    ebsBlockDevices: inputs.ebsBlockDevices ?? [],
    ebsOptimized: inputs.ebsOptimized ?? false,
    enablePrimaryIpv6: inputs.enablePrimaryIpv6 ?? false,
    enclaveOptions: inputs.enclaveOptions ?? { enabled: false },
    ephemeralBlockDevices: inputs.ephemeralBlockDevices ?? [],
    hostId: inputs.hostId ?? "",
    hostResourceGroupArn: inputs.hostResourceGroupArn ?? "",
    iamInstanceProfile: inputs.iamInstanceProfile ?? "",
    instanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior ?? "stop",
    instanceLifecycle: "",
    instanceMarketOptions: inputs.instanceMarketOptions ?? null,
    instanceState: "running",
    instanceType: inputs.instanceType ?? "",
    ipv6AddressCount: inputs.ipv6AddressCount ?? 0,
    ipv6Addresses: inputs.ipv6Addresses ?? [],
    keyName: inputs.keyName ?? "",
    maintenanceOptions: inputs.maintenanceOptions ?? { autoRecovery: "default" },
    // What images of Amazon Linux 2023 ask for where the program does not.
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: 2,
      httpTokens: "required",
      instanceMetadataTags: "disabled",
      ...given("metadataOptions"),
    },
    monitoring: inputs.monitoring ?? false,
    networkInterfaces: inputs.networkInterfaces ?? [],
    outpostArn: "",
    passwordData: "",
    placementGroup: inputs.placementGroup ?? "",
    placementGroupId: inputs.placementGroupId ?? "",
    placementPartitionNumber: inputs.placementPartitionNumber ?? 0,
    primaryNetworkInterface: inputs.primaryNetworkInterface ?? {
      deleteOnTermination: true,
      networkInterfaceId: ec2Id("eni", seed),
    },
    primaryNetworkInterfaceId: ec2Id("eni", seed),
    privateDns: privateDnsName(privateIp, region),
    privateDnsNameOptions: inputs.privateDnsNameOptions ?? {
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAaaaRecord: false,
      hostnameType: "ip-name",
    },
    privateIp,
    publicDns:
      publicIp !== "" && isOn(vpc?.properties, "enableDnsHostnames") ? publicDnsName(publicIp, region) : "",
    publicIp,
    rootBlockDevice: {
      deleteOnTermination: true,
      deviceName: "/dev/xvda",
      encrypted: false,
      iops: 3000,
      kmsKeyId: "",
      throughput: 125,
      volumeId: ec2Id("vol", seed),
      volumeSize: findImage(text(inputs, "ami"))?.rootVolumeGb ?? 8,
      volumeType: "gp3",
      ...given("rootBlockDevice"),
    },
    secondaryNetworkInterfaces: inputs.secondaryNetworkInterfaces ?? [],
    secondaryPrivateIps: inputs.secondaryPrivateIps ?? [],
    securityGroups: inputs.securityGroups ?? [],
    spotInstanceRequestId: "",
    subnetId: inputs.subnetId ?? ec2Id("subnet", `${accountId} ${region} default`),
    tenancy: inputs.tenancy ?? "default",
    userDataBase64: inputs.userDataBase64 ?? "",
    vpcSecurityGroupIds:
      groups.length > 0
        ? groups
        : [
            text(vpc?.properties, "defaultSecurityGroupId") ||
              ec2Id("sg", `${defaultVpcId(accountId, region)} default`),
          ],
  };
}

function vpcOf(making: Making, subnet: AccountResource | undefined): AccountResource | undefined {
  return subnet && findHere(making, VPC, text(subnet.properties, "vpcId"));
}

/** An address of a subnet; AWS keeps the first four and the last one to itself. */
function addressIn(cidrBlock: string, seed: string): string {
  const range = ipv4Range(cidrBlock) ?? ipv4Range("172.31.0.0/20");
  if (range === undefined) return "";
  const address = range.first + 4 + number(`${seed} private address`, range.last - range.first - 4);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Images belong to a region and are for one kind of processor; those that the stand-in does not know pass. */
function wrongImage({ inputs, region }: Making): string | undefined {
  const image = findImage(text(inputs, "ami"));
  if (image === undefined) return undefined;
  if (image.region !== region)
    return `image ${image.id} is of ${image.region}, not of ${region} (InvalidAMIID.NotFound); look it up with the provider of ${region}`;
  const type = text(inputs, "instanceType");
  const architecture = architectureOf(type);
  return type === "" || image.architecture === architecture
    ? undefined
    : `image ${image.id} is for ${image.architecture} and ${type} is ${architecture} (InvalidParameterValue); look up the ${architecture} image`;
}

function missingGroup(making: Making): string | undefined {
  const subnet = findHere(making, SUBNET, text(making.inputs, "subnetId"));
  const vpc = vpcOf(making, subnet);
  for (const id of texts(making.inputs, "vpcSecurityGroupIds")) {
    if (id === text(vpc?.properties, "defaultSecurityGroupId")) continue;
    const missing = unreachable(making, SECURITY_GROUP, id, "security group", "InvalidGroup.NotFound");
    if (missing !== undefined) return missing;
    const there = text(findHere(making, SECURITY_GROUP, id)?.properties, "vpcId");
    if (vpc && there !== "" && there !== vpc.id)
      return `security group ${id} is of ${there}, and the subnet of ${vpc.id} (InvalidParameter); give both one VPC`;
  }
  return undefined;
}

function missingProfile({ inputs, account }: Making): string | undefined {
  const name = text(inputs, "iamInstanceProfile");
  return name !== "" && account.complete && !account.list(INSTANCE_PROFILE).some(({ id }) => id === name)
    ? `instance profile ${name} does not exist (InvalidParameterValue); take it from the profile's name`
    : undefined;
}

export const EC2_INSTANCES: readonly ResourceType[] = [instance];
