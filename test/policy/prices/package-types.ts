import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own types, and the older names that it still takes for one of them. */
export interface PackageTypes {
  readonly types: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Read as text: loading the package would take seconds. */
export function packageTypes(): PackageTypes {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const types = new Set<string>();
  const aliases = new Map<string, Set<string>>();
  for (const folder of readdirSync(root, { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === "types") continue;
    for (const file of readdirSync(join(root, folder.name))) {
      if (!file.endsWith(".js")) continue;
      const text = readFileSync(join(root, folder.name, file), "latin1");
      const type = /__pulumiType = '(aws:[^']*)'/.exec(text)?.[1];
      if (type === undefined) continue;
      types.add(type);
      const list = /const aliasOpts = \{ aliases: \[([^\]]*)\]/.exec(text)?.[1] ?? "";
      for (const [, alias = ""] of list.matchAll(/type: "([^"]+)"/g)) {
        aliases.set(alias, (aliases.get(alias) ?? new Set()).add(type));
      }
    }
  }
  return { types, aliases };
}
