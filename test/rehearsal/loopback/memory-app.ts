import type { RegisteredApp } from "../../../rehearsal/loopback/apps/registry";
import { type Handler, httpApi } from "../../../rehearsal/loopback/http-api";
import type {
  AppPlace,
  AppWrites,
  RehearsedApp,
  VisitorGroup,
} from "../../../rehearsal/loopback/rehearsed-app";

const ROUTE_KEYS = ["GET /items/{id}", "PUT /items/{id}", "GET /healthz"];

export const memoryWrites: AppWrites & { readonly stored: NonNullable<AppWrites["stored"]> } = {
  scheme: "https",
  write: (id, text) => ({ method: "PUT", path: `/items/${id}`, body: text }),
  acknowledged: ({ status, headers }) =>
    status === 200 ? { version: 1, revision: String(headers["x-revision"] ?? "") } : undefined,
  servedBy: ({ headers }) => (typeof headers["x-region"] === "string" ? headers["x-region"] : null),
  stored: {
    table: "profiles",
    key: (id) => ({ id: { S: id } }),
    mark: (item) =>
      item.revision
        ? { id: String(item.id?.S), version: Number(item.version?.N), revision: String(item.revision.S) }
        : undefined,
  },
};

export const memoryVisitors: VisitorGroup = {
  name: "visitors",
  scheme: "https",
  visit: () => ({ method: "GET", path: "/items/reader" }),
  servedBy: memoryWrites.servedBy,
};

/** A small application without a store, for tests that need to visit one. */
export function memoryApp(
  changes: Partial<RehearsedApp> & { readonly handler?: (place: AppPlace) => Handler } = {},
): RehearsedApp {
  const { handler = ({ region }) => answering(200, region), ...rest } = changes;
  return {
    serve: ({ hostNames }, place) => ({
      handle: httpApi({ hostNames, routeKeys: ROUTE_KEYS, handler: handler(place) }),
    }),
    visitors: [memoryVisitors],
    writes: memoryWrites,
    ...rest,
  };
}

/** The same as it is handed to a rehearsal. */
export function registered(app: RehearsedApp, needsTables = true): RegisteredApp {
  return { needsTables, make: () => app };
}

export function answering(statusCode: number, region: string | null): Handler {
  return async () => ({ statusCode, headers: region === null ? {} : { "x-region": region } });
}
