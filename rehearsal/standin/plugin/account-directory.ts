import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fromEngineValue, type Properties } from "../../../model/unknown";
import type { Account, AccountResource } from "../aws/account";
import { toWire } from "../engine-encoding";

/**
 * An account kept in a directory, one file per resource, so that the processes of several providers, and of
 * one update after another, see the same one. A file appears whole or not at all.
 */
export class AccountDirectory implements Account {
  readonly complete = true;

  constructor(
    private readonly directory: string,
    private readonly existing: readonly AccountResource[] = [],
  ) {
    mkdirSync(directory, { recursive: true });
  }

  list(type: string): readonly AccountResource[] {
    const prefix = fileStart(type);
    const kept = readdirSync(this.directory)
      .filter((file) => file.startsWith(prefix) && file.endsWith(".json"))
      .sort()
      .flatMap((file) => readResource(path.join(this.directory, file)));
    return [...this.existing.filter((resource) => resource.type === type), ...kept];
  }

  put(resource: AccountResource): void {
    const file = this.fileOf(resource.type, resource.urn, resource.id);
    const partial = `${file}.${process.pid}.partial`;
    writeFileSync(partial, JSON.stringify({ ...resource, properties: toWire(resource.properties) }, null, 2));
    renameSync(partial, file);
  }

  remove(type: string, urn: string, id: string): void {
    rmSync(this.fileOf(type, urn, id), { force: true });
  }

  private fileOf(type: string, urn: string, id: string): string {
    const key = createHash("sha256").update(`${urn} ${id}`).digest("hex").slice(0, 24);
    return path.join(this.directory, `${fileStart(type)}${key}.json`);
  }
}

function fileStart(type: string): string {
  return `${type.replace(/[^A-Za-z0-9]+/g, "-")}.`;
}

/** Another process may delete the resource between listing and reading. */
function readResource(file: string): AccountResource[] {
  try {
    const resource = JSON.parse(readFileSync(file, "utf8")) as AccountResource;
    return [{ ...resource, properties: fromEngineValue(resource.properties) as Properties }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
