import { at, isPresent } from "../../../model/property";
import type { Properties, PropertyValue } from "../../../model/unknown";
import type { Account } from "./account";
import { arn } from "./arn";
import { availabilityZoneId, availabilityZones } from "./availability-zone";
import { ec2Id } from "./ec2-names";
import { MADE_AT } from "./identifier";
import { isOn, text, texts } from "./known";
import { AMAZON_ACCOUNT_ID, type MachineImage, machineImages } from "./machine-image";
import { managedPrefixLists } from "./prefix-list";
import { listed } from "./property-rules";
import { Refusal } from "./refusal";
import { PARAMETER, parameterArn } from "./ssm";

/** `*` and `?` as in EC2's filters. */
function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** Values by the names of filters; a filter is met by any of its values. */
function meetsFilters(args: Properties, values: Readonly<Record<string, string>>, lookup: string): boolean {
  const filters = Array.isArray(args.filters) ? args.filters : [];
  return filters.every((filter) => {
    const value = values[text(filter, "name")];
    if (value === undefined) {
      throw new Refusal([
        `${lookup}: filter ${JSON.stringify(text(filter, "name"))} is not known to the stand-in; known: ${listed(Object.keys(values))}`,
      ]);
    }
    return texts(filter, "values").some((pattern) => wildcard(pattern).test(value));
  });
}

/** An image of Amazon's by owner, name and filters. */
export function lookUpImage(args: Properties, region: string, accountId: string): Properties {
  const owners = texts(args, "owners");
  const amazons =
    owners.length === 0 || owners.some((owner) => owner === "amazon" || owner === AMAZON_ACCOUNT_ID);
  const nameRegex = text(args, "nameRegex");
  const found = machineImages(region).filter(
    (image) =>
      amazons &&
      (nameRegex === "" || new RegExp(nameRegex).test(image.name)) &&
      meetsFilters(args, filterValues(image), "getAmi"),
  );
  const [image] = found;
  if (image === undefined)
    throw new Refusal([
      `getAmi: no image in ${region}; the stand-in knows those of Amazon Linux 2023, such as ${machineImages(region)[0]?.name}`,
    ]);
  if (found.length > 1 && !isOn(args, "mostRecent"))
    throw new Refusal([`getAmi: ${found.length} images fit; set mostRecent, or filter by name`]);
  return {
    ...args,
    architecture: image.architecture,
    arn: arn("ec2", region, "", `image/${image.id}`),
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volume_size: String(image.rootVolumeGb), volume_type: "gp3", encrypted: "false" },
        noDevice: "",
        virtualName: "",
      },
    ],
    bootMode: image.architecture === "arm64" ? "uefi" : "uefi-preferred",
    creationDate: MADE_AT.replace("Z", ".000Z"),
    deprecationTime: "2026-04-01T00:00:00.000Z",
    description: `Amazon Linux 2023 AMI ${image.name}`,
    enaSupport: true,
    hypervisor: "xen",
    id: image.id,
    imageId: image.id,
    imageLocation: `amazon/${image.name}`,
    imageOwnerAlias: "amazon",
    imageType: "machine",
    imdsSupport: "v2.0",
    kernelId: "",
    lastLaunchedTime: "",
    name: image.name,
    ownerId: AMAZON_ACCOUNT_ID,
    platform: "",
    platformDetails: "Linux/UNIX",
    productCodes: [],
    public: true,
    ramdiskId: "",
    region,
    rootDeviceName: "/dev/xvda",
    rootDeviceType: "ebs",
    rootSnapshotId: ec2Id("snap", `${accountId} ${image.id}`),
    sriovNetSupport: "simple",
    state: "available",
    stateReason: { code: "UNSET", message: "UNSET" },
    tags: {},
    tpmSupport: "",
    usageOperation: "RunInstances",
    virtualizationType: "hvm",
  };
}

function filterValues({ name, architecture, id }: MachineImage): Record<string, string> {
  return {
    architecture,
    "image-id": id,
    "image-type": "machine",
    name,
    "owner-alias": "amazon",
    "root-device-type": "ebs",
    state: "available",
    "virtualization-type": "hvm",
  };
}

/** A list of AWS's by id, name or filters. */
export function lookUpPrefixList(args: Properties, region: string): Properties {
  const [id, name] = [text(args, "id"), text(args, "name")];
  const found = managedPrefixLists(region).filter(
    (list) =>
      (id === "" || list.id === id) &&
      (name === "" || list.name === name) &&
      meetsFilters(
        args,
        { "prefix-list-name": list.name, "prefix-list-id": list.id, "owner-id": "AWS" },
        "getManagedPrefixList",
      ),
  );
  const [list] = found;
  if (list === undefined || found.length > 1) {
    throw new Refusal([
      `getManagedPrefixList: ${found.length} lists in ${region} fit ${JSON.stringify(name || id)}; known there: ${managedPrefixLists(
        region,
      )
        .map((one) => one.name)
        .join(", ")}`,
    ]);
  }
  return {
    ...args,
    addressFamily: list.addressFamily,
    arn: `arn:aws:ec2:${region}:aws:prefix-list/${list.id}`,
    entries: list.cidrs.map((cidr) => ({ cidr, description: "" })),
    id: list.id,
    // AWS tells neither for its own lists.
    maxEntries: 0,
    version: 0,
    name: list.name,
    ownerId: "AWS",
    region,
    tags: {},
  };
}

/** The zones of a region that are open to everyone. */
export function lookUpZones(args: Properties, region: string): Properties {
  const state = text(args, "state");
  const names = availabilityZones(region).filter(
    (zone) =>
      (state === "" || state === "available") &&
      !texts(args, "excludeNames").includes(zone) &&
      !texts(args, "excludeZoneIds").includes(availabilityZoneId(zone)) &&
      meetsFilters(
        args,
        {
          "opt-in-status": "opt-in-not-required",
          "region-name": region,
          state: "available",
          "zone-name": zone,
          "zone-type": "availability-zone",
        },
        "getAvailabilityZones",
      ),
  );
  return {
    ...args,
    id: region,
    region,
    names,
    groupNames: names.length > 0 ? [`${region}-zg-1`] : [],
    zoneIds: names.map(availabilityZoneId),
  };
}

/** A parameter of AWS's own that names an image, or one that the stack made. */
export function lookUpParameter(args: Properties, region: string, account: Account): Properties {
  const name = text(args, "name");
  const image = machineImages(region).find(({ parameters }) => parameters.includes(name));
  const own = account.list(PARAMETER).find((found) => found.id === name && found.region === region);
  if (image === undefined && own === undefined) {
    throw new Refusal([
      `getParameter: ${name} does not exist in ${region} (ParameterNotFound); of AWS's own the stand-in knows those of Amazon Linux 2023, such as ${machineImages(region)[0]?.parameters[0]}`,
    ]);
  }
  const value: PropertyValue = image?.id ?? own?.properties.value ?? "";
  const type = image ? "String" : text(own?.properties, "type");
  return {
    arn: image ? parameterArn(region, "", name) : text(own?.properties, "arn"),
    id: name,
    insecureValue: type === "SecureString" ? "" : value,
    name,
    region,
    type,
    value,
    version: image ? 1 : at(own?.properties, "version"),
    withDecryption: isPresent(args.withDecryption) ? args.withDecryption : true,
  };
}
