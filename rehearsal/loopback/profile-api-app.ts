import { pathToFileURL } from "node:url";
import { ensureBundle } from "../../build/bundle";
import type * as profileApi from "../../functions/profile-api/index";
import type { VisitReply } from "./http-visit";
import type { Handler } from "./region-endpoint";
import type { RehearsedApp } from "./rehearsed-app";

/** The store asks for credentials and accepts any. */
const CREDENTIALS = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };

/**
 * The profile API, from the same bundle that Lambda gets.
 * @throws Error when the bundle is out of date and cannot be rebuilt.
 */
export async function profileApiApp(): Promise<RehearsedApp> {
  const { file, buildId } = ensureBundle("profile-api");
  const bundle = (await import(pathToFileURL(file).href)) as typeof profileApi;
  return {
    routeKeys: ["GET /profiles/{id}", "PUT /profiles/{id}", "GET /healthz"],
    create({ region, tableName, dynamodbEndpoint }) {
      const api = bundle.createProfileApi({
        region,
        tableName,
        dynamodbEndpoint,
        build: buildId,
        credentials: CREDENTIALS,
        // A failure shows as the status of its request; the terminal belongs to the rehearsal.
        log: () => undefined,
      });
      return { handler: api as Handler, close: () => api.close() };
    },
    read: (id) => ({ method: "GET", path: `/profiles/${id}` }),
    write: (id, text) => ({
      method: "PUT",
      path: `/profiles/${id}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ displayName: text }),
    }),
    acknowledged(reply) {
      const [, version, revision = ""] = /^"(\d+)-(\w+)"$/.exec(String(reply.headers.etag ?? "")) ?? [];
      const isAcknowledged = (reply.status === 200 || reply.status === 201) && version !== undefined;
      return isAcknowledged ? { version: Number(version), revision } : undefined;
    },
    region: servingRegion,
    stored(item) {
      const [id, version, revision] = [item.id?.S, item.version?.N, item.revision?.S];
      return typeof id === "string" && typeof revision === "string"
        ? { id, version: Number(version), revision }
        : undefined;
    },
  };
}

function servingRegion({ headers }: VisitReply): string | null {
  const region = headers["x-region"];
  return typeof region === "string" ? region : null;
}
