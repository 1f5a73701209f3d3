import type { EndpointReply, RequestHandler } from "./region-endpoint";
import { SERVED_BY } from "./s3-website";
import type { StoredObjects } from "./stored-objects";

/** A bucket as a distribution reads it: not as a website. */
export interface PlayedBucket {
  readonly objects: StoredObjects;
  /** What the bucket's policy lets the reader do. */
  readonly may: { readonly read: boolean; readonly list: boolean };
  /** Said in a header of every answer, for visitors of a rehearsal; S3 has no such header. */
  readonly servedBy: string;
}

/** The REST endpoint of a bucket: keys as they are, no index, no pages for errors (S3 API reference, GetObject). */
export function s3Bucket({ objects, may, servedBy }: PlayedBucket): RequestHandler {
  return ({ url }) => {
    const reply = answer(url);
    return { ...reply, headers: { ...reply.headers, [SERVED_BY]: servedBy } };
  };
  function answer(url: string): EndpointReply {
    const key = keyOf(url);
    if (key === undefined) return failure(400, "InvalidURI");
    if (!may.read) return failure(403, "AccessDenied");
    const object = objects.get(key);
    // Whoever may not list is not told what is missing.
    if (!object) return may.list ? failure(404, "NoSuchKey") : failure(403, "AccessDenied");
    const { body, contentType, cacheControl } = object;
    return {
      status: 200,
      headers: {
        "content-type": contentType,
        ...(cacheControl === undefined ? {} : { "cache-control": cacheControl }),
      },
      body,
    };
  }
}

/** Undefined for a path that is no UTF-8 when it is decoded. */
function keyOf(url: string): string | undefined {
  try {
    return decodeURIComponent((url.split("?")[0] ?? "").replace(/^\//, ""));
  } catch {
    return undefined;
  }
}

function failure(status: number, code: string): EndpointReply {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>\n`,
  };
}
