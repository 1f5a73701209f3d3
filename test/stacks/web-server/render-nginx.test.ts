import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderNginx, renderSite, renderTls } from "../../../stacks/web-server/render-nginx";
import { PLACE } from "../../../stacks/web-server/server-host";
import { HOST } from "./server-host-fixture";

const hasNginx = spawnSync("nginx", ["-v"], { stdio: "ignore" }).status === 0;

/** Folders that the package would have made. */
const temporary = (folder: string) =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `\t${kind}_temp_path ${folder}/${kind};\n`)
    .join("");

describe("stacks/web-server/render-nginx", () => {
  it("answers whatever the Host is on port 80, and the authority's challenges there", () => {
    const lines = renderNginx()
      .split("\n")
      .map((line) => line.trim());
    for (const line of [
      "listen 80 default_server;",
      "server_name _;",
      "location ^~ /.well-known/acme-challenge/ {",
      "include /etc/web/site.conf;",
      "include /etc/web/tls.conf*;",
    ]) {
      assert.ok(lines.includes(line), line);
    }
  });

  it("sends nobody from HTTP to HTTPS, for then the page in S3 could not be reached", () => {
    const all = renderNginx() + renderSite(HOST) + renderTls(HOST);
    assert.doesNotMatch(all, /return 30|rewrite|Strict-Transport-Security/);
  });

  it("serves the health path from a file that nobody keeps", () => {
    assert.match(
      renderSite({ healthPath: "/status/live" }),
      /location = \/status\/live \{\n\taccess_log off;\n\tdefault_type text\/plain;\n\tadd_header Cache-Control no-store always;\n\tadd_header X-Content-Type-Options nosniff always;\n\}/,
    );
  });

  it("does not read the part for port 443 before it is copied to its place", () => {
    assert.ok(renderNginx().includes(`include ${PLACE.tls}*;`));
    assert.equal(PLACE.tlsPrepared.startsWith(PLACE.tls), false);
  });

  it("names the certificate's host on port 443", () => {
    assert.match(renderTls(HOST), /listen 443 ssl http2 default_server;\n\tserver_name web\.example\.com;/);
  });

  it("is a configuration that nginx takes (skipped where it is not installed)", function () {
    if (!hasNginx) this.skip();
    const folder = mkdtempSync(path.join(tmpdir(), "nginx-"));
    try {
      const place = (text: string) =>
        text
          .replaceAll("/etc/web/", `${folder}/`)
          .replaceAll(/\/(run|var\/log\/nginx)\//g, `${folder}/`)
          .replace("user nginx;\n", "")
          .replace("http {\n", `http {\n${temporary(folder)}`)
          .replace("listen 80 ", "listen 18080 ")
          .replace("/etc/nginx/mime.types", `${folder}/mime.types`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, "mime.types"), "types { text/html html; }\n");
      writeFileSync(path.join(folder, "nginx.conf"), place(renderNginx()));
      writeFileSync(path.join(folder, "site.conf"), place(renderSite(HOST)));
      const { status, stderr } = spawnSync("nginx", ["-t", "-q", "-c", path.join(folder, "nginx.conf")], {
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr.split("\n").filter((line) => line.includes("[emerg]"))], [0, []]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
