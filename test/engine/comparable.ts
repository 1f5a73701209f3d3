import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";

const PROVIDER = /^pulumi:providers:/;
/** Where files lie and what AWS makes of that; both runs have a folder of their own. */
const OF_FILES = ["code", "codeSha256", "sourceCodeSize", "source", "etag", "versionId"];

/** What must not depend on who ran the program; a provider's id and where a file lies do. */
export function comparable(resources: readonly StackResource[]) {
  return resources
    .filter(({ type, custom }) => custom && !PROVIDER.test(type))
    .map(({ urn, id, parent, provider, properties, propertyDependencies }) => {
      const dependencies = Object.entries(propertyDependencies).map(([key, urns]) => [key, [...urns].sort()]);
      return {
        ...{ urn, id, parent, provider },
        properties: withoutFiles(properties),
        dependencies: Object.fromEntries(dependencies),
      };
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function withoutFiles(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !OF_FILES.includes(name)));
}
