import type { ServerHost } from "../../../stacks/web-server/server-host";

/** A server with a page of its own and one below. */
export const HOST: ServerHost = {
  hostName: "web.example.com",
  healthPath: "/health",
  files: [
    { path: "index.html", content: "<!doctype html>\n<title>It's up</title>\n" },
    { path: "docs/index.html", content: "docs\n" },
  ],
};
