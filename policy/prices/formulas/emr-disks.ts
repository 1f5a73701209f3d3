import { isUnknown, type MaybeUnknown } from "../../../model/unknown";

/**
 * Number and GB of the gp2 volumes that EMR gives to a node without disks of its own, by the size of its type
 * (Amazon EMR management guide, "Instance storage options", of releases from 5.22.0 on; older ones give less).
 */
const DEFAULT_DISKS: Readonly<Record<string, readonly [count: number, sizeGb: number]>> = {
  large: [1, 32],
  xlarge: [2, 32],
  "2xlarge": [4, 32],
  "4xlarge": [4, 64],
  "8xlarge": [4, 128],
  "9xlarge": [4, 144],
  "10xlarge": [4, 160],
  "12xlarge": [4, 192],
  "16xlarge": [4, 256],
  "18xlarge": [4, 288],
  "24xlarge": [4, 384],
};

export interface DefaultDisk {
  readonly count: number;
  readonly sizeGb: number;
}

/** Undefined for sizes that the guide does not name. */
export function defaultDisk(instanceType: string): DefaultDisk | undefined {
  const size = instanceType.slice(instanceType.indexOf(".") + 1);
  const found = Object.hasOwn(DEFAULT_DISKS, size) ? DEFAULT_DISKS[size] : undefined;
  return found && { count: found[0], sizeGb: found[1] };
}

/** Families with disks of their own: by a `d` after the generation, or by their name. */
const LOCAL_DISKS = /^(?:[cmr]3|g5|i\d\w*|[a-z]+\d[a-z]*d[a-z]*)\./;

export function hasLocalDisks(instanceType: string): boolean {
  return LOCAL_DISKS.test(instanceType);
}

export interface RootVolume {
  readonly volumeType: "gp2" | "gp3";
  readonly volumeSize: number;
}

/** What EMR gives by release: gp3 from 6.15 on, and 15 GB from 6.10 on (same guide). One that cannot be read gets the most. */
export function rootVolumeOf(release: MaybeUnknown<string> | undefined): RootVolume {
  const found = release === undefined || isUnknown(release) ? null : /^emr-(\d+)\.(\d+)/.exec(release);
  if (!found) return { volumeType: "gp2", volumeSize: 15 };
  const [, major, minor] = found.map(Number);
  const isFrom = (first: number) => Number(major) > 6 || (Number(major) === 6 && Number(minor) >= first);
  return { volumeType: isFrom(15) ? "gp3" : "gp2", volumeSize: isFrom(10) ? 15 : 10 };
}
