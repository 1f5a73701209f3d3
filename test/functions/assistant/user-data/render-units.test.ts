import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  renderAssistantUnit,
  renderCaddyUnit,
  renderSetupUnit,
} from "../../../../functions/assistant/user-data/render-units";
import { PLACE } from "../../../../functions/assistant/user-data/standby-host";
import { isInstalled } from "./installed-tool";

const UNITS = {
  "assistant-setup.service": renderSetupUnit({ description: "Puts it in place", setup: PLACE.setup }),
  "assistant.service": renderAssistantUnit(),
  "caddy.service": renderCaddyUnit(),
};

describe("functions/assistant/user-data/render-units", () => {
  it("is clean for systemd-analyze (skipped where it is not installed)", function () {
    if (!isInstalled("systemd-analyze")) this.skip();
    const folder = mkdtempSync(path.join(tmpdir(), "units-"));
    try {
      const files = Object.entries(UNITS).map(([name, unit]) => {
        // The programs are on the instance only.
        const here = unit.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true");
        const file = path.join(folder, name);
        writeFileSync(file, here);
        return file;
      });
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], {
        encoding: "utf8",
      });
      const ours = stderr.split("\n").filter((line) => /assistant|caddy/.test(line));
      assert.deepEqual([status, ours], [0, []]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("runs the services as nobody in particular, and gives ports below 1024 to Caddy only", () => {
    for (const [name, unit] of Object.entries(UNITS).slice(1)) {
      for (const line of [
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "Restart=always",
      ]) {
        assert.equal(unit.split("\n").includes(line), true, `${name}: ${line}`);
      }
    }
    assert.match(UNITS["assistant.service"], /^CapabilityBoundingSet=$/m);
    assert.match(UNITS["caddy.service"], /^CapabilityBoundingSet=CAP_NET_BIND_SERVICE$/m);
  });

  it("stops the application by SIGTERM and gives it longer than its own limit of 20 s", () => {
    assert.match(UNITS["assistant.service"], /^TimeoutStopSec=30$/m);
    assert.doesNotMatch(UNITS["assistant.service"], /KillSignal|KillMode/);
  });

  it("starts the services whether the setup of this start worked or not", () => {
    for (const unit of Object.values(UNITS).slice(1)) {
      assert.match(unit, /^After=network-online\.target assistant-setup\.service$/m);
      assert.doesNotMatch(unit, /^(Requires|BindsTo|Wants)=.*assistant-setup/m);
    }
  });
});
