import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { sitePagesIn } from "../site-folder";
import type { ServedFile } from "./server-host";

/**
 * The files of a folder as text, which is what user data carries.
 *
 * @throws pulumi.RunError with one line where the folder is none of a site, or a file in it is no text.
 */
export function serverFiles(folder: string): ServedFile[] {
  return sitePagesIn(folder, ["index.html"]).map(({ key, content }) => ({
    path: key,
    content: content.kind === "text" ? content.text : textOf(folder, key, content.path),
  }));
}

function textOf(folder: string, key: string, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch {
    throw new pulumi.RunError(
      `the server's folder is ${folder}, but ${key} is no UTF-8 text; allowed: text files, which user data carries; put images and fonts where the page can load them from`,
    );
  }
}
