import assert from "node:assert/strict";
import { parse } from "yaml";
import { parseAssistantSettings } from "../../../../functions/assistant/assistant-settings";
import { USER_DATA_BYTES_MAX } from "../../../../functions/assistant/user-data/cloud-config";
import {
  renderEnvironment,
  renderUserData,
} from "../../../../functions/assistant/user-data/render-user-data";
import { isInstalled, toolSays } from "./installed-tool";
import { HOST } from "./standby-host-fixture";

interface CloudConfig {
  readonly write_files: readonly { path: string; permissions: string; owner: string; content: string }[];
  readonly runcmd: readonly string[][];
}

const TOOLS = '[{"name":"lights","host":"100.64.0.10","port":8123}]';

describe("functions/assistant/user-data/render-user-data", () => {
  it("writes the parts and starts the setup, without a way in by SSH", () => {
    const userData = renderUserData(HOST);
    assert.equal(userData.split("\n")[0], "#cloud-config");
    const config = parse(userData) as CloudConfig;
    assert.deepEqual(
      config.write_files.map((file) => `${file.permissions} ${file.path}`),
      [
        "0755 /usr/local/sbin/assistant-setup",
        "0644 /etc/assistant/assistant.env",
        "0644 /etc/assistant/Caddyfile",
        "0644 /etc/systemd/system/assistant-setup.service",
        "0644 /etc/systemd/system/assistant.service",
        "0644 /etc/systemd/system/caddy.service",
      ],
    );
    assert.deepEqual(config.runcmd, [
      ["systemctl", "disable", "--now", "sshd.service"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "assistant-setup.service"],
    ]);
    assert.match(config.write_files[0]?.content ?? "", /^#!\/usr\/bin\/env bash\n/);
  });

  it("gives the same text for the same host, and another for another", () => {
    assert.equal(renderUserData(HOST), renderUserData({ ...HOST }));
    assert.notEqual(renderUserData(HOST), renderUserData({ ...HOST, build: "other" }));
  });

  it("gives the application an environment that it takes", () => {
    const text = renderEnvironment({ ...HOST, variables: { HOMELAB_TOOLS: TOOLS } });
    const lines = text.trim().split("\n");
    const environment = Object.fromEntries(
      lines.map((line) => {
        const [, name = "", value = ""] = /^([A-Z_]+)='([^']*)'$/.exec(line) ?? [];
        return [name, value];
      }),
    );
    const settings = parseAssistantSettings(environment);
    assert.deepEqual([settings.port, settings.host, settings.tools.length], [8080, "127.0.0.1", 1]);
  });

  it("holds no secret: only names of parameters, and nothing that looks like a key", () => {
    const userData = renderUserData({ ...HOST, variables: { MODEL_KEY_PARAMETER: "/assistant/model" } });
    assert.doesNotMatch(userData, /AKIA|ASIA|aws_secret|BEGIN [A-Z ]*PRIVATE KEY|[Bb]earer /);
    assert.doesNotMatch(userData, /meta-data\/iam|http:\/\/169\.254\.169\.254\/latest\/meta-data/);
  });

  it("refuses a host that is wrong, a line for each field", () => {
    assert.throws(() => renderUserData({ ...HOST, region: "mars", build: "" }), {
      message:
        'region is "mars"; allowed: an AWS region, such as us-east-1\nbuild is ""; allowed: 1 to 64 letters, digits, . - or _',
    });
  });

  it("fits into the 16 KiB that EC2 takes, or says that it does not", () => {
    const padded = (characters: number) => {
      const full = Object.fromEntries(["A", "B", "C", "D"].map((name) => [name, "x".repeat(2_000)]));
      return renderUserData({ ...HOST, variables: { ...full, E: "x".repeat(characters) } });
    };
    const room = USER_DATA_BYTES_MAX - Buffer.byteLength(padded(1)) + 1;
    assert(room > 0 && room < 2_000, `${room}`);
    assert.equal(Buffer.byteLength(padded(room)), 16_384);
    assert.throws(() => padded(room + 1), {
      message: "user data has 16385 bytes; allowed: 16384; shorten the variables",
    });
  });

  it("is valid for cloud-init's schema (skipped where cloud-init is not installed)", function () {
    if (!isInstalled("cloud-init")) this.skip();
    this.timeout(30_000);
    const { status, output } = toolSays(["cloud-init", "schema", "--config-file"], renderUserData(HOST));
    assert.equal(status, 0, output);
  });
});
