import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { allowedActions } from "./bucket-policy";
import type { EndpointReply, RequestHandler } from "./region-endpoint";
import type { StoredObject, StoredObjects } from "./stored-objects";

/** A bucket as it is served. */
export interface PlayedWebsite {
  /** Its name, by which S3 finds it. */
  readonly bucket: string;
  readonly behaviour:
    | {
        readonly kind: "pages";
        readonly indexDocument: string;
        /** Undefined where S3 writes the errors itself. */
        readonly errorDocument: string | undefined;
        readonly objects: StoredObjects;
        /** What a bucket policy lets everyone do. */
        readonly everyoneMay: { readonly read: boolean; readonly list: boolean };
      }
    | {
        readonly kind: "redirect";
        readonly toHostName: string;
        readonly protocol: "http" | "https" | undefined;
      };
  /** Said in a header of every answer, for visitors of a rehearsal; S3 has no such header. */
  readonly servedBy: string;
}

/** The header that tells who served. */
export const SERVED_BY = "x-served-by";

/**
 * The website of a bucket as its configuration and policy have it.
 * @param configuration a BucketWebsiteConfiguration.
 * @param objects of the bucket, wherever they were uploaded.
 */
export function playedWebsite(
  configuration: StackResource,
  resources: readonly StackResource[],
  objects: StoredObjects,
  servedBy: string,
): PlayedWebsite {
  const { properties } = configuration;
  const bucket = known(stringAt(properties, "bucket")) ?? "";
  const toHostName = known(stringAt(properties, "redirectAllRequestsTo", "hostName"));
  const protocol = known(stringAt(properties, "redirectAllRequestsTo", "protocol"));
  if (toHostName !== undefined) {
    return {
      bucket,
      servedBy,
      behaviour: {
        kind: "redirect",
        toHostName,
        protocol: protocol === "http" || protocol === "https" ? protocol : undefined,
      },
    };
  }
  const allowed = allowedActions(resources, bucket, { kind: "everyone" });
  return {
    bucket,
    servedBy,
    behaviour: {
      kind: "pages",
      indexDocument: known(stringAt(properties, "indexDocument", "suffix")) ?? "",
      errorDocument: known(stringAt(properties, "errorDocument", "key")),
      objects,
      everyoneMay: { read: allowed.has("s3:GetObject"), list: allowed.has("s3:ListBucket") },
    },
  };
}

/**
 * A website endpoint of S3 (user guide, "Website endpoints", "Configuring an index document" and "Configuring a custom
 * error document"): the bucket by the Host header, GET and HEAD only, index documents, and the error document with the
 * status of the error.
 */
export function s3Website({ bucket, behaviour, servedBy }: PlayedWebsite): RequestHandler {
  const signed = (reply: EndpointReply): EndpointReply => ({
    ...reply,
    headers: { ...reply.headers, [SERVED_BY]: servedBy },
  });
  return ({ method, url, host }) => {
    if (host !== bucket && !host.startsWith(`${bucket}.s3-website`)) {
      return signed(plainError(404, "NoSuchBucket"));
    }
    if (behaviour.kind === "redirect") {
      const { protocol = "http", toHostName } = behaviour;
      return signed({ status: 301, headers: { location: `${protocol}://${toHostName}${url}` } });
    }
    if (method !== "GET" && method !== "HEAD") return signed(plainError(405, "MethodNotAllowed"));
    const { indexDocument, errorDocument, objects, everyoneMay } = behaviour;
    const error = (status: 403 | 404) => {
      const page = everyoneMay.read && errorDocument ? objects.get(errorDocument) : undefined;
      return page
        ? pageReply(page, status)
        : plainError(status, status === 403 ? "AccessDenied" : "NoSuchKey");
    };
    if (!everyoneMay.read) return signed(error(403));
    const key = keyOf(url);
    if (key === undefined) return signed(plainError(400, "InvalidURI"));
    const isFolder = key === "" || key.endsWith("/");
    const page = objects.get(isFolder ? `${key}${indexDocument}` : key);
    if (page) return signed(pageReply(page, 200));
    if (!isFolder && objects.has(`${key}/${indexDocument}`)) {
      return signed({ status: 302, headers: { location: `/${key}/` } });
    }
    // Whoever may not list is not told what is missing (S3 API reference, GetObject).
    return signed(error(everyoneMay.list ? 404 : 403));
  };
}

function pageReply({ body, contentType, cacheControl }: StoredObject, status: number): EndpointReply {
  return { status, headers: { "content-type": contentType, "cache-control": cacheControl }, body };
}

/** What S3 writes where the site has no page for it. */
function plainError(status: number, code: string): EndpointReply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<html><head><title>${status} ${code}</title></head><body><h1>${status} ${code}</h1></body></html>\n`,
  };
}

function keyOf(url: string): string | undefined {
  try {
    return decodeURIComponent((url.split("?")[0] ?? "").replace(/^\//, ""));
  } catch {
    return undefined;
  }
}

function known(value: ReturnType<typeof stringAt>): string | undefined {
  return value === undefined || isUnknown(value) || value === "" ? undefined : value;
}
