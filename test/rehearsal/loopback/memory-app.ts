import type { RehearsedApp } from "../../../rehearsal/loopback/rehearsed-app";

/** A small application without a store, for tests that need to visit one. */
export function memoryApp(): RehearsedApp {
  return {
    routeKeys: ["GET /items/{id}", "PUT /items/{id}", "GET /healthz"],
    create: ({ region }) => ({
      handler: async () => ({ statusCode: 200, headers: { "x-region": region } }),
      close: () => undefined,
    }),
    read: (id) => ({ method: "GET", path: `/items/${id}` }),
    write: (id, text) => ({ method: "PUT", path: `/items/${id}`, body: text }),
    acknowledged: ({ status, headers }) =>
      status === 200 ? { version: 1, revision: String(headers["x-revision"] ?? "") } : undefined,
    region: ({ headers }) => (typeof headers["x-region"] === "string" ? headers["x-region"] : null),
    stored: (item) =>
      item.revision
        ? { id: String(item.id?.S), version: Number(item.version?.N), revision: String(item.revision.S) }
        : undefined,
  };
}
