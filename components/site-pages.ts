import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { SiteFile } from "../model/site-files";
import { childOptions } from "./child-options";

/** A file of the site and where its content comes from. */
export interface SitePage extends SiteFile {
  readonly content: /** A file of the project, relative to where Pulumi runs the program. */
  { readonly kind: "file"; readonly path: string } | { readonly kind: "text"; readonly text: string };
}

export interface SitePagesArgs {
  readonly bucket: pulumi.Input<string>;
  /** Every key once. */
  readonly pages: readonly SitePage[];
}

/** The files of a site as objects of a bucket, one resource each, so that a preview shows what changes. */
export class SitePages extends pulumi.ComponentResource {
  constructor(name: string, args: SitePagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:SitePages", name, {}, opts);
    for (const { key, contentType, cacheControl, content } of args.pages) {
      new s3.BucketObjectv2(
        `${name}-${key}`,
        {
          bucket: args.bucket,
          key,
          contentType,
          cacheControl,
          ...(content.kind === "file"
            ? { source: new pulumi.asset.FileAsset(content.path) }
            : { content: content.text }),
        },
        childOptions(this, opts),
      );
    }
    this.registerOutputs({});
  }
}
