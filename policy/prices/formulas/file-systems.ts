import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { stringAt } from "./read";

const EFS = "aws:efs/fileSystem:FileSystem";
const BACKUP_POLICY = "aws:efs/backupPolicy:BackupPolicy";

/** Files are priced in the class that they are written to; a lifecycle policy makes some of them cheaper. */
export const elasticFileSystemMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const zone = inputs.text("availabilityZoneName", "");
  const mode = inputs.text("throughputMode", "bursting");
  const mibps = mode === "provisioned" ? inputs.number("provisionedThroughputInMibps") : 0;
  const gb = stack.assumptions.fileSystemGb;
  const meters = storageMeters(gb, zone !== "", place);
  if (mibps > 0) {
    meters.push(
      ...stored(
        `provisioned throughput, ${amountText(mibps, "MiB/s")}`,
        "efs/provisioned-throughput",
        place,
        mibps,
        {
          note: "the share that the stored data brings is not subtracted",
          lever: "set throughputMode to elastic",
        },
      ),
    );
  }
  return inputs.or([...meters, ...automaticBackup(resource, stack, place)]);
};

function storageMeters(gb: number, oneZone: boolean, place: Place, what = "files"): Meter[] {
  return stored(
    `${what}, ${amountText(gb, "GB")} assumed${oneZone ? " in one zone" : ""}`,
    oneZone ? "efs/one-zone" : "efs/standard",
    place,
    gb,
  );
}

function automaticBackup(resource: StackResource, stack: PricedStack, place: Place): Meter[] {
  const [policy] = stack.referring(resource, "fileSystemId", BACKUP_POLICY);
  if (!policy) return [];
  const status = stringAt(policy.properties, "backupPolicy", "status");
  if (isUnknown(status)) return [unknownInput("backupPolicy.status", place)];
  if (status === "DISABLED") return [];
  const gb = stack.assumptions.backupGb;
  return stored(`automatic backups, ${amountText(gb, "GB")} assumed`, "backup/warm-storage/efs", place, gb);
}

/** A second copy of the files; a destination that the stack declares bills by itself. */
export const replicatedFilesMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource), "");
  const zone = inputs.text("destination.availabilityZoneName", "");
  const region = stringAt(resource.properties, "destination", "region");
  const declared = stack.reference(resource, "destination.fileSystemId", EFS);
  if (declared && stack.reference(resource, "sourceFileSystemId", EFS)?.urn !== declared.urn) return [];
  const place = region === undefined ? stack.regionOf(resource) : region;
  const meters = storageMeters(stack.assumptions.fileSystemGb, zone !== "", place, "replicated files");
  return inputs.or(meters).map((meter) => ({ ...meter, replica: true }));
};

/** Storage, throughput and automatic backups of FSx for Windows, kept for a week unless the program says 0. */
export const windowsFileSystemMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const zones = inputs.text("deploymentType", "SINGLE_AZ_1").startsWith("MULTI") ? "multi-az" : "single-az";
  const type = inputs.text("storageType", "SSD");
  const gb = inputs.number("storageCapacity");
  const price = `fsx/windows/${zones}`;
  refuseExtraOperations(inputs, gb);
  return inputs.or([
    ...provisioned(`Windows files, ${zones} ${type}`, `${price}/${type.toLowerCase()}`, place, gb, "GB"),
    ...provisioned(
      `Windows throughput, ${zones}`,
      `${price}/throughput`,
      place,
      inputs.number("throughputCapacity"),
      "MB/s",
    ),
    ...retainedBackups(inputs, 7, stack, place),
  ]);
};

export const openZfsMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const deployment = inputs.text("deploymentType");
  // Highly available and Multi-AZ deployments have prices of their own.
  const zones = /^SINGLE_AZ_[12]$/.test(deployment) ? "single-az" : deployment.toLowerCase();
  const type = inputs.text("storageType", "SSD");
  const gb = inputs.number("storageCapacity");
  const price = `fsx/openzfs/${zones}`;
  const iops =
    inputs.text("diskIopsConfiguration.mode", "AUTOMATIC") === "USER_PROVISIONED"
      ? Math.max(inputs.number("diskIopsConfiguration.iops") - IOPS_PER_GB * gb, 0)
      : 0;
  return inputs.or([
    ...provisioned(`OpenZFS files, ${deployment} ${type}`, `${price}/${type.toLowerCase()}`, place, gb, "GB"),
    ...provisioned(
      `OpenZFS throughput, ${deployment}`,
      `${price}/throughput`,
      place,
      inputs.number("throughputCapacity"),
      "MB/s",
    ),
    ...(iops > 0
      ? provisioned("OpenZFS operations above the included", `${price}/iops`, place, iops, "a second")
      : []),
    ...retainedBackups(inputs, 0, stack, place),
  ]);
};

/** Throughput is part of the price of Lustre's storage, which is therefore one price for each speed. */
export const lustreMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const deployment = inputs.text("deploymentType", "SCRATCH_1");
  const type = inputs.text("storageType", "SSD");
  const gb = inputs.number("storageCapacity");
  const speed = deployment.startsWith("PERSISTENT") ? inputs.number("perUnitStorageThroughput") : 0;
  const { extras } = inputs;
  if (extras.text("metadataConfiguration.mode", "AUTOMATIC") === "USER_PROVISIONED") {
    extras.refuse("provisioned metadata operations have no price in the list", "metadataConfiguration.mode");
  }
  const price = ["fsx/lustre", deployment, type, ...(speed > 0 ? [speed] : [])].join("/").toLowerCase();
  const what = `Lustre files, ${deployment} ${type}${speed > 0 ? ` at ${speed} MB/s for each TiB` : ""}`;
  return inputs.or([
    ...provisioned(what, price, place, gb, "GB"),
    ...retainedBackups(inputs, 0, stack, place),
  ]);
};

export const ontapMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const deployment = inputs.text("deploymentType");
  const zones = deployment === "MULTI_AZ_1" ? "multi-az" : deployment.toLowerCase();
  const gb = inputs.number("storageCapacity");
  const pairs = inputs.number("haPairs", 1);
  const throughput = inputs.has("throughputCapacity")
    ? inputs.number("throughputCapacity")
    : inputs.number("throughputCapacityPerHaPair") * pairs;
  refuseExtraOperations(inputs, gb);
  return inputs.or([
    ...provisioned(`ONTAP files, ${deployment} SSD`, `fsx/ontap/${zones}/ssd`, place, gb, "GB"),
    ...provisioned(
      `ONTAP throughput, ${deployment}`,
      `fsx/ontap/${zones}/throughput`,
      place,
      throughput,
      "MB/s",
    ),
    ...retainedBackups(inputs, 0, stack, place),
  ]);
};

/** Operations a second that each GB of SSD storage brings. */
const IOPS_PER_GB = 3;

function refuseExtraOperations({ extras }: Inputs, gb: number): void {
  if (extras.text("diskIopsConfiguration.mode", "AUTOMATIC") !== "USER_PROVISIONED") return;
  if (extras.number("diskIopsConfiguration.iops") > IOPS_PER_GB * gb) {
    extras.refuse("operations above 3 for each GB have no price in the list", "diskIopsConfiguration.iops");
  }
}

function provisioned(what: string, price: string, place: Place, quantity: number, unit: string): Meter[] {
  return stored(`${what}, ${amountText(quantity, unit)}`, price, place, quantity);
}

function retainedBackups(inputs: Inputs, defaultDays: number, stack: PricedStack, place: Place): Meter[] {
  const path = "automaticBackupRetentionDays";
  if (inputs.extras.number(path, inputs.has(path) ? 0 : defaultDays) === 0) return [];
  const gb = stack.assumptions.backupGb;
  return stored(`automatic backups, ${amountText(gb, "GB")} assumed`, "fsx/backup", place, gb, {
    lever: "set automaticBackupRetentionDays to 0",
  });
}
