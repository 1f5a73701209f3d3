import assert from "node:assert/strict";
import { parse } from "yaml";
import { USER_DATA_BYTES_MAX } from "../../../functions/assistant/user-data/cloud-config";
import { renderUserData } from "../../../stacks/web-server/render-user-data";
import { isInstalled, toolSays } from "../../functions/assistant/user-data/installed-tool";
import { HOST } from "./server-host-fixture";

interface CloudConfig {
  readonly swap: { readonly filename: string; readonly size: number };
  readonly write_files: readonly { path: string; permissions: string; owner: string; content: string }[];
  readonly runcmd: readonly string[][];
}

describe("stacks/web-server/render-user-data", () => {
  const config = parse(renderUserData(HOST)) as CloudConfig;

  it("writes the parts and the pages and starts the setup, without a way in by SSH", () => {
    assert.equal(renderUserData(HOST).split("\n")[0], "#cloud-config");
    assert.deepEqual(
      config.write_files.map((file) => `${file.permissions} ${file.owner} ${file.path}`),
      [
        "0755 root:root /usr/local/sbin/web-setup",
        "0755 root:root /usr/local/sbin/web-certificate",
        "0644 root:root /etc/web/nginx.conf",
        "0644 root:root /etc/web/site.conf",
        "0644 root:root /etc/web/prepared-tls.conf",
        "0644 root:root /etc/systemd/system/web-setup.service",
        "0644 root:root /etc/systemd/system/nginx.service.d/restart.conf",
        "0644 root:root /etc/systemd/system/web-certificate.service",
        "0644 root:root /etc/systemd/system/web-certificate.timer",
        "0644 root:root /srv/web/health",
        "0644 root:root /srv/web/index.html",
        "0644 root:root /srv/web/docs/index.html",
      ],
    );
    assert.deepEqual(config.runcmd, [
      ["systemctl", "disable", "--now", "sshd.service"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "web-setup.service"],
    ]);
    assert.deepEqual(config.swap, { filename: "/swapfile", size: 536_870_912 });
  });

  it("keeps every page as it is", () => {
    const written = new Map(config.write_files.map(({ path, content }) => [path, content]));
    for (const { path, content } of HOST.files) assert.equal(written.get(`/srv/web/${path}`), content);
    assert.equal(written.get("/srv/web/health"), "ok\n");
  });

  it("gives the same text for the same host, and another for another", () => {
    assert.equal(renderUserData(HOST), renderUserData({ ...HOST }));
    assert.notEqual(renderUserData(HOST), renderUserData({ ...HOST, hostName: "other.example.com" }));
  });

  it("refuses a host that is wrong, a line for each field", () => {
    assert.throws(() => renderUserData({ ...HOST, hostName: "web", healthPath: "" }), {
      message:
        'hostName is "web"; allowed: a host name in small letters\nhealthPath is ""; allowed: a path of small letters, digits, . - or _, such as /health',
    });
  });

  it("fits into the 16 KiB that EC2 takes, or says that it does not", () => {
    const padded = (characters: number) =>
      renderUserData({ ...HOST, files: [{ path: "index.html", content: "x".repeat(characters) }] });
    const room = USER_DATA_BYTES_MAX - Buffer.byteLength(padded(0));
    assert(room > 8_000, `${room}`);
    assert.equal(Buffer.byteLength(padded(room)), 16_384);
    assert.throws(() => padded(room + 1), {
      message: "user data has 16385 bytes; allowed: 16384; shorten the pages",
    });
  });

  it("is valid for cloud-init's schema (skipped where cloud-init is not installed)", function () {
    if (!isInstalled("cloud-init")) this.skip();
    this.timeout(30_000);
    const { status, output } = toolSays(["cloud-init", "schema", "--config-file"], renderUserData(HOST));
    assert.equal(status, 0, output);
  });
});
