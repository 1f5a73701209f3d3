import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderCertificateScript, renderSetupScript } from "../../../stacks/web-server/render-scripts";
import { isInstalled } from "../../functions/assistant/user-data/installed-tool";
import { HOST } from "./server-host-fixture";

const hasBash = isInstalled("bash");
const CHAIN = "disk/etc/letsencrypt/live/web/fullchain.pem";

/** Commands of the instance as the scripts call them: each writes itself down, and does the least that is seen. */
const COMMANDS = {
  dnf: `log "$@"; for tool in sbin/nginx bin/certbot; do : >"$BOX/disk/usr/$tool"; chmod 755 "$BOX/disk/usr/$tool"; done`,
  nginx: `log "$@"; test ! -e "$BOX/nginx-refuses"`,
  openssl: `log "$@"; cat "$BOX/valid" >/dev/null 2>&1`,
  certbot: `log "$@"; test ! -e "$BOX/authority-refuses" && mkdir -p "$BOX/disk/etc/letsencrypt/live/web" && : >"$BOX/${CHAIN}"`,
  systemctl: `log "$@"`,
};

describe("stacks/web-server/render-scripts", () => {
  let box = "";
  beforeEach(() => {
    box = mkdtempSync(path.join(tmpdir(), "web-"));
    for (const folder of ["bin", "disk/usr/sbin", "disk/usr/bin", "disk/etc/nginx", "disk/etc/web"]) {
      mkdirSync(path.join(box, folder), { recursive: true });
    }
    write("disk/etc/web/nginx.conf", "our nginx\n");
    write("disk/etc/web/prepared-tls.conf", "our tls\n");
    for (const [name, body] of Object.entries(COMMANDS)) {
      write(`bin/${name}`, `#!/bin/sh\nlog() { echo "${name} $*" >>"$BOX/calls"; }\n${body}\n`);
      chmodSync(path.join(box, "bin", name), 0o755);
    }
  });
  afterEach(() => rmSync(box, { recursive: true, force: true }));

  const write = (file: string, text: string) => writeFileSync(path.join(box, file), text);
  const has = (file: string) => existsSync(path.join(box, file));
  const read = (file: string) => readFileSync(path.join(box, file), "utf8");

  function run(script: string) {
    rmSync(path.join(box, "calls"), { force: true });
    const { status, stderr } = spawnSync("bash", ["--norc", "-s"], {
      input: script,
      encoding: "utf8",
      env: {
        PATH: `${path.join(box, "bin")}:${process.env.PATH}`,
        BOX: box,
        WEB_ROOT: path.join(box, "disk"),
      },
    });
    const calls = has("calls") ? read("calls").trim().split("\n") : [];
    return { status, stderr, calls: calls.map((call) => call.replaceAll(box, "")) };
  }

  it("are clean for shellcheck (skipped where it is not installed)", function () {
    if (!isInstalled("shellcheck")) this.skip();
    for (const script of [renderSetupScript(), renderCertificateScript(HOST)]) {
      const { status, stdout } = spawnSync("shellcheck", ["--severity=style", "-"], {
        input: script,
        encoding: "utf8",
      });
      assert.deepEqual([status, stdout], [0, ""]);
    }
  });

  describe("the setup (skipped without bash)", () => {
    beforeEach(function () {
      if (!hasBash) this.skip();
    });
    const started = ["nginx -t -q", "systemctl enable --now --quiet nginx.service web-certificate.timer"];

    it("installs, puts the configuration in place, tries it, and starts", () => {
      const { status, stderr, calls } = run(renderSetupScript());
      assert.deepEqual([status, stderr], [0, ""]);
      assert.deepEqual(calls, [
        "dnf install --assumeyes --quiet --setopt=install_weak_deps=False nginx certbot",
        ...started,
      ]);
      assert.equal(read("disk/etc/nginx/nginx.conf"), "our nginx\n");
      assert.ok(has("disk/var/lib/web-acme"));
    });

    it("installs nothing the second time", () => {
      run(renderSetupScript());
      assert.deepEqual(run(renderSetupScript()).calls, started);
    });

    it("does not start what nginx would not take, so that systemd tries again", () => {
      write("nginx-refuses", "");
      const { status, calls } = run(renderSetupScript());
      assert.notEqual(status, 0);
      assert.equal(calls.at(-1), "nginx -t -q");
    });
  });

  describe("the certificate (skipped without bash)", () => {
    beforeEach(function () {
      if (!hasBash) this.skip();
    });
    const script = renderCertificateScript(HOST);
    const asked =
      "certbot certonly --non-interactive --agree-tos --register-unsafely-without-email --quiet --webroot --webroot-path /var/lib/web-acme --cert-name web --domain web.example.com --keep-until-expiring";
    const opened = ["nginx -t -q", "systemctl reload nginx.service"];

    it("is asked for where there is none, and HTTPS is opened with it", () => {
      const { status, stderr, calls } = run(script);
      assert.deepEqual([status, stderr, calls], [0, "", [asked, ...opened]]);
      assert.equal(read("disk/etc/web/tls.conf"), "our tls\n");
    });

    it("is left alone until its last month", () => {
      run(script);
      write("valid", "");
      const look = "openssl x509 -checkend 2592000 -noout -in /disk/etc/letsencrypt/live/web/fullchain.pem";
      assert.deepEqual(run(script).calls, [look, ...opened]);
      rmSync(path.join(box, "valid"));
      assert.deepEqual(run(script).calls, [look, asked, ...opened]);
    });

    it("opens nothing when the authority refuses: nginx would not start without a certificate", () => {
      write("authority-refuses", "");
      const { status, calls } = run(script);
      assert.notEqual(status, 0);
      assert.deepEqual(calls, [asked]);
      assert.equal(has("disk/etc/web/tls.conf"), false);
    });
  });
});
