import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { at, stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";

const OBJECT_TYPES = ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"];
const PROJECT = path.join(__dirname, "../..");

/** An object of a bucket as S3 would send it. */
export interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  /** Undefined where the upload says nothing. */
  readonly cacheControl: string | undefined;
}

/** The objects of a bucket by their keys. */
export type StoredObjects = ReadonlyMap<string, StoredObject>;

/**
 * What a stack uploads to a bucket, with the real contents.
 * @throws Error for an object whose file is not there any more.
 */
export function bucketObjects(resources: readonly StackResource[], bucket: string): StoredObjects {
  const objects = resources.filter(
    ({ type, properties }) => OBJECT_TYPES.includes(type) && stringAt(properties, "bucket") === bucket,
  );
  return new Map(
    objects.flatMap((object): [string, StoredObject][] => {
      const key = text(object, "key");
      if (key === undefined) return [];
      return [
        [
          key,
          {
            body: contentOf(object),
            // What S3 sends for an object that was put without a type (S3 API reference, PutObject).
            contentType: text(object, "contentType") ?? "binary/octet-stream",
            cacheControl: text(object, "cacheControl"),
          },
        ],
      ];
    }),
  );
}

function contentOf(object: StackResource): Buffer {
  const content = text(object, "content");
  if (content !== undefined) return Buffer.from(content);
  const encoded = text(object, "contentBase64");
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  const written = stringAt(object.properties, "source", "text");
  if (typeof written === "string" && written !== "") return Buffer.from(written);
  const file = stringAt(object.properties, "source", "path") ?? at(object.properties, "source");
  if (typeof file !== "string") return Buffer.alloc(0);
  // A program names its files from where it runs, which is the project.
  const found = [path.resolve(PROJECT, file), path.resolve(file)].find((each) => existsSync(each));
  if (found === undefined)
    throw new Error(`${object.name}: ${file} is not there; run the rehearsal in the project`);
  return readFileSync(found);
}

/** A property that is there and known. */
function text({ properties }: StackResource, key: string): string | undefined {
  const value = stringAt(properties, key);
  return value === undefined || isUnknown(value) || value === "" ? undefined : value;
}
