import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { amounts, costOf, primary, standby } from "../meters";

const VOLUME = "aws:ebs/volume:Volume";
const SNAPSHOT = "aws:ebs/snapshot:Snapshot";
const SNAPSHOT_COPY = "aws:ebs/snapshotCopy:SnapshotCopy";
const IMAGE = "aws:ec2/ami:Ami";
const IMAGE_COPY = "aws:ec2/amiCopy:AmiCopy";
const IMAGE_OF_INSTANCE = "aws:ec2/amiFromInstance:AmiFromInstance";
const INSTANCE = "aws:ec2/instance:Instance";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";

/** A resource that names `source`, which neither exists yet. */
function of(source: StackResource, type: string, name: string, property: string): StackResource {
  return primary(type, name, { [property]: UNKNOWN }, { id: UNKNOWN, from: { [property]: [source.urn] } });
}

/** The lines of one resource, or its problems. */
function costs(one: StackResource, ...others: StackResource[]) {
  const { lines, unpriced } = costOf([one, ...others]);
  return {
    ...amounts({ lines: lines.filter(({ urn }) => urn === one.urn) }),
    ...Object.fromEntries(
      unpriced.filter(({ urn }) => urn === one.urn).map(({ kind, path, why }) => [`${kind} ${path}`, why]),
    ),
  };
}

const volume = primary(VOLUME, "v", { size: 2000, type: "gp3" }, { id: UNKNOWN, from: { size: [] } });
const snapshot = of(volume, SNAPSHOT, "s", "volumeId");

describe("policy/prices/formulas/snapshots", () => {
  it("follows copies to the volume before anything exists", () => {
    const copy = of(snapshot, SNAPSHOT_COPY, "copy", "sourceSnapshotId");
    const again = of(copy, SNAPSHOT_COPY, "again", "sourceSnapshotId");
    const all = [volume, snapshot, copy, again];
    for (const one of [snapshot, copy, again]) {
      assert.deepEqual(costs(one, ...all.filter((other) => other !== one)), {
        "snapshot, 2000 GB": 100_000_000,
      });
    }
    const restored = primary(
      VOLUME,
      "restored",
      { type: "gp3", snapshotId: UNKNOWN },
      { id: UNKNOWN, from: { snapshotId: [again.urn] } },
    );
    assert.deepEqual(costs(restored, ...all), { "volume, 2000 GB gp3 assumed": 160_000_000 });
  });

  it("takes the size that is written nearest, and none for a circle of ids", () => {
    const first = primary(SNAPSHOT_COPY, "a", { sourceSnapshotId: "snap-b" }, { id: "snap-a" });
    const second = primary(
      SNAPSHOT_COPY,
      "b",
      { sourceSnapshotId: "snap-a", volumeSize: 3 },
      { id: "snap-b" },
    );
    assert.deepEqual(costs(first, second), { "snapshot, 3 GB": 150_000 });
    const open = primary(SNAPSHOT_COPY, "b", { sourceSnapshotId: "snap-a" }, { id: "snap-b" });
    assert.deepEqual(costs(first, open), { "input volumeSize": "volumeSize is not known yet" });
    assert.deepEqual(costs(first), { "snapshot, 8 GB assumed": 400_000 });
  });

  it("follows a copied image to what it holds, its snapshots of the stack too", () => {
    const copy = standby(IMAGE_COPY, "copy", { sourceAmiId: "ami-1" }, { id: "ami-2" });
    const image = (...ebsBlockDevices: Properties[]) =>
      primary(IMAGE, "image", { ebsBlockDevices }, { id: "ami-1" });
    const kept = primary(SNAPSHOT, "kept", { volumeSize: 40 }, { id: "snap-1" });
    assert.deepEqual(costs(copy, image({ volumeSize: 1000 })), { "image, 1000 GB": 50_000_000 });
    assert.deepEqual(costs(copy, image({ volumeSize: 10 }, { snapshotId: "snap-1" }), kept), {
      "image, 50 GB": 2_500_000,
    });
    assert.deepEqual(costs(copy, image({ volumeSize: 10 }, { snapshotId: "snap-9" })), {
      "image, 18 GB assumed": 900_000,
    });
    assert.deepEqual(costs(image({ snapshotId: "snap-1" }), kept), {});
    assert.deepEqual(costs(copy), { "image, 8 GB assumed": 400_000 });
  });

  it("counts every volume of the instance that an image is of", () => {
    const image = primary(IMAGE_OF_INSTANCE, "image", { sourceInstanceId: "i-1" }, { id: "ami-1" });
    const instance = (properties: Properties) =>
      primary(INSTANCE, "i", { instanceType: "t3.nano", ...properties }, { id: "i-1" });
    const rootBlockDevice = { volumeSize: 20 };
    const devices = { rootBlockDevice, ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 500 }] };
    assert.deepEqual(costs(image, instance(devices)), { "image, 520 GB": 26_000_000 });
    assert.deepEqual(costs(image, instance({})), { "image, 8 GB assumed": 400_000 });
    const data = primary(VOLUME, "data", { size: 100, type: "io1", iops: 500 }, { id: "vol-1" });
    const attached = primary(ATTACHMENT, "data", { instanceId: "i-1", volumeId: "vol-1" });
    assert.deepEqual(costs(image, instance({ rootBlockDevice }), data, attached), {
      "image, 120 GB": 6_000_000,
    });
    assert.deepEqual(costs(image, instance({ rootBlockDevice: { volumeSize: UNKNOWN } })), {
      "input volumeSize": "volumeSize is not known yet",
    });
    const template = primary(
      "aws:ec2/launchTemplate:LaunchTemplate",
      "t",
      { name: "t", blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 60 } }] },
      { id: "lt-1" },
    );
    assert.deepEqual(costs(image, instance({ launchTemplate: { id: "lt-1" } }), template), {
      "image, 60 GB": 3_000_000,
    });
  });
});
