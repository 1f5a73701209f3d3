import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { SitePage } from "../components/site-pages";
import { siteFiles } from "../model/site-files";

const PROJECT = path.join(__dirname, "..");

/** Each file is a resource of the stack, with a call to AWS at every update. */
export const SITE_FILES_MAX = 1_000;
export const SITE_BYTES_MAX = 100_000_000;
/** Longest object key in bytes of UTF-8 (S3 user guide, "Object key naming"). */
const KEY_BYTES_MAX = 1_024;

/** What goes to the site of the files of a folder, or one line on why nothing does. */
export type SiteFolder =
  | { readonly kind: "pages"; readonly pages: readonly SitePage[] }
  | { readonly kind: "refused"; readonly message: string };

/**
 * The pages in a folder, which is relative to the project. Names that begin with a dot are left out, `.well-known`
 * apart; a link is followed to a file inside the folder only.
 *
 * @param required keys that have to be there, such as `index.html`.
 */
export function readSiteFolder(
  folder: string,
  required: readonly string[],
  projectDirectory: string = PROJECT,
): SiteFolder {
  const root = path.resolve(projectDirectory, folder);
  const found = filesIn(root);
  if (found.kind === "refused") return refused(folder, found.what, found.lever);
  const keys = found.files.map(({ key }) => key);
  const missing = required.find((key) => !keys.includes(key));
  if (missing !== undefined) {
    return refused(folder, `it has no ${missing}`, `add the file, or name the folder that holds it`);
  }
  const bytes = found.files.reduce((sum, file) => sum + file.bytes, 0);
  if (keys.length > SITE_FILES_MAX) {
    return refused(folder, `it has ${keys.length} files`, `keep to ${SITE_FILES_MAX}`);
  }
  if (bytes > SITE_BYTES_MAX) {
    return refused(folder, `its files have ${bytes} bytes together`, `keep to ${SITE_BYTES_MAX}`);
  }
  return {
    kind: "pages",
    pages: siteFiles(keys).map((file) => ({
      ...file,
      // Relative to where Pulumi runs the program, so that a stack's state names no machine's folders.
      content: { kind: "file", path: path.relative(process.cwd(), path.join(root, file.key)) },
    })),
  };
}

/** @throws pulumi.RunError with one line where the folder is none of a site; nothing is registered by then. */
export function sitePagesIn(folder: string, required: readonly string[]): readonly SitePage[] {
  const read = readSiteFolder(folder, required);
  if (read.kind === "refused") throw new pulumi.RunError(read.message);
  return read.pages;
}

function refused(folder: string, what: string, lever: string): SiteFolder {
  return {
    kind: "refused",
    message: `the site's folder is ${folder}, but ${what}; allowed: a folder of the project with the site's files; ${lever}`,
  };
}

interface FoundFile {
  readonly key: string;
  readonly bytes: number;
}

type Found =
  | { readonly kind: "files"; readonly files: readonly FoundFile[] }
  | { readonly kind: "refused"; readonly what: string; readonly lever: string };

const LINK_LEVER = "put the file itself there";

function filesIn(root: string): Found {
  try {
    if (!statSync(root).isDirectory()) {
      return { kind: "refused", what: "it is no folder", lever: "name the folder around the file" };
    }
  } catch {
    return { kind: "refused", what: "there is none", lever: "create it, or correct the name" };
  }
  const home = realpathSync(root);
  const files: FoundFile[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of readdirSync(path.join(home, folder))) {
      if (name.startsWith(".") && name !== ".well-known") continue;
      const key = folder === "" ? name : `${folder}/${name}`;
      const file = path.join(home, key);
      const entry = lstatSync(file);
      if (entry.isDirectory()) {
        folders.push(key);
        continue;
      }
      if (Buffer.byteLength(key) > KEY_BYTES_MAX) {
        const what = `the path of ${name} has ${Buffer.byteLength(key)} bytes`;
        return { kind: "refused", what, lever: `keep to ${KEY_BYTES_MAX}` };
      }
      if (entry.isSymbolicLink() && !isInside(home, file)) {
        return { kind: "refused", what: `${key} is a link to no file inside it`, lever: LINK_LEVER };
      }
      if (!entry.isFile() && !entry.isSymbolicLink()) {
        return { kind: "refused", what: `${key} is neither a file nor a folder`, lever: "remove it" };
      }
      files.push({ key, bytes: statSync(file).size });
      // A folder by mistake, such as the root of the disk, is not to be walked to its end.
      if (files.length > SITE_FILES_MAX * 10) return { kind: "files", files };
    }
  }
  return { kind: "files", files };
}

/** Whether a link leads to a file below `home`. */
function isInside(home: string, link: string): boolean {
  try {
    const target = realpathSync(link);
    return target.startsWith(home + path.sep) && statSync(target).isFile();
  } catch {
    return false;
  }
}
