import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { ArtifactBucket } from "../../components/artifact-bucket";
import { lines, named, record } from "./registrations";

describe("components/artifact-bucket", () => {
  const build = () =>
    record(() => {
      const provider = new Provider("standby", { region: "us-east-1" });
      const uploads = [
        { key: "app/1.js", file: "functions/dist/app/index.js", contentType: "text/javascript" },
      ];
      return new ArtifactBucket("artifacts", { uploads }, { provider });
    });

  it("is a bucket that nobody but the account sees, with what the stack puts there", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:s3/bucket:Bucket artifacts-bucket <- artifacts @standby",
      "aws:s3/bucketObjectv2:BucketObjectv2 artifacts-app/1.js <- artifacts @standby",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock artifacts-public-access <- artifacts @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:ArtifactBucket artifacts <- - @-",
    ]);
    assert.deepEqual(named(registrations, "artifacts-public-access").inputs, {
      bucket: "artifacts-bucket-1",
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
  });

  it("uploads the file itself and can be deleted with all that people put there", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "artifacts-bucket").inputs, { forceDestroy: true });
    const { source, ...object } = named(registrations, "artifacts-app/1.js").inputs;
    assert.equal(await (source as pulumi.asset.FileAsset).path, "functions/dist/app/index.js");
    assert.deepEqual(object, {
      bucket: "artifacts-bucket-1",
      key: "app/1.js",
      contentType: "text/javascript",
    });
  });
});
