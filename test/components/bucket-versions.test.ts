import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { BucketVersions } from "../../components/bucket-versions";
import { lines, named, record } from "./registrations";

describe("components/bucket-versions", () => {
  const build = () =>
    record(() => {
      const provider = new Provider("standby", { region: "us-west-2" });
      return new BucketVersions("site-versions", { bucket: "site", noncurrentDays: 30 }, { provider });
    });

  it("is versioning and a lifecycle, which waits for it", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration site-versions-lifecycle <- site-versions @standby",
      "aws:s3/bucketVersioning:BucketVersioning site-versions-versioning <- site-versions @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:BucketVersions site-versions <- - @-",
    ]);
    assert.deepEqual(named(registrations, "site-versions-lifecycle").waitsFor, ["site-versions-versioning"]);
  });

  it("keeps every version until it is old, and nothing that is only a marker or half an upload", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "site-versions-versioning").inputs, {
      bucket: "site",
      versioningConfiguration: { status: "Enabled" },
    });
    assert.deepEqual(named(registrations, "site-versions-lifecycle").inputs, {
      bucket: "site",
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: {},
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          expiration: { expiredObjectDeleteMarker: true },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    });
  });
});
