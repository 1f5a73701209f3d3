import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { publicAccessBlock } from "../../components/public-access-block";
import { named, record } from "./registrations";

describe("components/public-access-block", () => {
  const inputsOf = async (isPublic: boolean) => {
    const { registrations } = await record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      return publicAccessBlock("pages-public-access", { bucket: "pages", isPublic }, { provider });
    });
    return named(registrations, "pages-public-access").inputs;
  };
  const noAcls = { bucket: "pages", blockPublicAcls: true, ignorePublicAcls: true };

  it("keeps everybody out", async () => {
    assert.deepEqual(await inputsOf(false), {
      ...noAcls,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
  });

  it("lets a policy speak where the bucket is public, and still no ACL", async () => {
    assert.deepEqual(await inputsOf(true), {
      ...noAcls,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    });
  });
});
