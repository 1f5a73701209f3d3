import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import { SitePages } from "../../components/site-pages";
import { lines, named, record } from "./registrations";

describe("components/site-pages", () => {
  const build = () =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const rule = new sns.Topic("rule", {}, { provider });
      return new SitePages(
        "pages",
        {
          bucket: "site-1",
          pages: [
            {
              key: "images/mark.svg",
              contentType: "image/svg+xml; charset=utf-8",
              cacheControl: "public, max-age=86400",
              content: { kind: "file", path: "site/mark.svg" },
            },
            {
              key: "healthz",
              contentType: "text/plain; charset=utf-8",
              cacheControl: "no-store",
              content: { kind: "text", text: "ok\n" },
            },
          ],
        },
        { provider, dependsOn: [rule] },
      );
    });

  it("is one object per page", async () => {
    const { registrations } = await build();
    assert.deepEqual(
      lines(registrations).filter((line) => line.includes("pages")),
      [
        "aws:s3/bucketObjectv2:BucketObjectv2 pages-healthz <- pages @primary",
        "aws:s3/bucketObjectv2:BucketObjectv2 pages-images/mark.svg <- pages @primary",
        "warm-standby:components:SitePages pages <- - @-",
      ],
    );
  });

  it("uploads a file as it is served, with its type and its age", async () => {
    const { registrations } = await build();
    const { source, ...inputs } = named(registrations, "pages-images/mark.svg").inputs;
    assert.deepEqual(inputs, {
      bucket: "site-1",
      key: "images/mark.svg",
      contentType: "image/svg+xml; charset=utf-8",
      cacheControl: "public, max-age=86400",
    });
    assert.equal(await (source as pulumi.asset.FileAsset).path, "site/mark.svg");
  });

  it("uploads a text as it is given", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "pages-healthz").inputs, {
      bucket: "site-1",
      key: "healthz",
      contentType: "text/plain; charset=utf-8",
      cacheControl: "no-store",
      content: "ok\n",
    });
  });

  it("uploads nothing before what the component waits for", async () => {
    const { registrations } = await build();
    for (const { waitsFor, type } of registrations) {
      if (type.includes("bucketObject")) assert.deepEqual(waitsFor, ["rule"]);
    }
  });
});
