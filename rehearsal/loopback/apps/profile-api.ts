import { pathToFileURL } from "node:url";
import { ensureBundle } from "../../../build/bundle";
import type * as profileApi from "../../../functions/profile-api/index";
import { type Handler, httpApi } from "../http-api";
import type { Visit, VisitReply } from "../http-visit";
import type { RehearsedApp, RehearsedStack } from "../rehearsed-app";
import { STORE_CREDENTIALS } from "../store-wire";

const ROUTE_KEYS = ["GET /profiles/{id}", "PUT /profiles/{id}", "GET /healthz"];
/** What the clients read; it is there from the beginning, in both regions. */
const READ_ID = "reader";

/**
 * The profile API, from the same bundle that Lambda gets.
 * @throws Error when the bundle is out of date and cannot be rebuilt.
 */
export async function profileApiApp({ plan }: Pick<RehearsedStack, "plan">): Promise<RehearsedApp> {
  const { file, buildId } = ensureBundle("profile-api");
  const bundle = (await import(pathToFileURL(file).href)) as typeof profileApi;
  const [table] = plan.tables;
  const read: Visit = { method: "GET", path: `/profiles/${READ_ID}` };
  return {
    serve({ hostNames }, { region, tables, dynamodbEndpoint }) {
      const api = bundle.createProfileApi({
        region: region ?? "",
        tableName: tables[0]?.name ?? "",
        dynamodbEndpoint,
        build: buildId,
        credentials: STORE_CREDENTIALS,
        // A failure shows as the status of its request; the terminal belongs to the rehearsal.
        log: () => undefined,
      });
      const handle = httpApi({ hostNames, routeKeys: ROUTE_KEYS, handler: api as Handler });
      return { handle, close: () => api.close() };
    },
    visitors: [{ name: "https visitors", scheme: "https", visit: () => read, servedBy: servingRegion }],
    writes: {
      scheme: "https",
      write,
      acknowledged({ status, headers }) {
        const [, version, revision = ""] = /^"(\d+)-(\w+)"$/.exec(String(headers.etag ?? "")) ?? [];
        const isAcknowledged = (status === 200 || status === 201) && version !== undefined;
        return isAcknowledged ? { version: Number(version), revision } : undefined;
      },
      servedBy: servingRegion,
      stored: {
        table: String(table?.name),
        key: (id) => ({ [String(table?.hashKey)]: { S: id } }),
        mark(item) {
          const [id, version, revision] = [item.id?.S, item.version?.N, item.revision?.S];
          return typeof id === "string" && typeof revision === "string"
            ? { id, version: Number(version), revision }
            : undefined;
        },
      },
    },
    warmUp: () => [write(READ_ID, "read by everyone"), read],
  };
}

function write(id: string, text: string): Visit {
  return {
    method: "PUT",
    path: `/profiles/${id}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ displayName: text }),
  };
}

function servingRegion({ headers }: VisitReply): string | null {
  const region = headers["x-region"];
  return typeof region === "string" ? region : null;
}
