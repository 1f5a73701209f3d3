import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderSetupScript } from "../../../../functions/assistant/user-data/render-setup-script";
import { isInstalled } from "./installed-tool";
import { HOST } from "./standby-host-fixture";

const APPLICATION = "console.log('the application');\n";
const CADDY = "#!/bin/sh\necho dns.providers.route53\n";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hasBash = isInstalled("bash") && isInstalled("sha256sum");

/** Commands of the instance as the script calls them: each writes itself down, and does the least that is seen. */
const COMMANDS = {
  curl: `log "$@"; case "$*" in *api/token*) echo session-token;; *) cat >>"$BOX/headers"; cat "$BOX/region";; esac`,
  aws: `log "$@"; key="\${6#s3://assistant-artifacts/}"; cp "$BOX/bucket/$(basename "$key")" "$7"`,
  dnf: `log "$@"; : >"$BOX/disk/usr/bin/node-22"; chmod 755 "$BOX/disk/usr/bin/node-22"`,
  dd: `log "$@"; : >"\${2#of=}"`,
  mkswap: `log "$@"`,
  swapon: `log "$@"; echo "$1 file 524284 0 -2" >>"$BOX/disk/proc/swaps"`,
  systemctl: `log "$@"`,
};

describe("functions/assistant/user-data/render-setup-script", () => {
  const script = renderSetupScript({
    ...HOST,
    application: { key: "assistant/index.js", sha256: sha256(APPLICATION) },
    caddy: { key: "caddy/caddy", sha256: sha256(CADDY) },
  });
  let box = "";

  beforeEach(() => {
    box = mkdtempSync(path.join(tmpdir(), "setup-"));
    for (const folder of ["bin", "bucket", "disk/usr/bin", "disk/proc", "disk/etc"]) {
      mkdirSync(path.join(box, folder), { recursive: true });
    }
    write("setup", script);
    write("region", "us-east-1");
    write("disk/proc/swaps", "Filename Type Size Used Priority\n");
    write("disk/etc/fstab", "UUID=1 / xfs defaults 0 0\n");
    write("bucket/index.js", APPLICATION);
    write("bucket/caddy", CADDY);
    for (const [name, body] of Object.entries(COMMANDS)) {
      write(`bin/${name}`, `#!/bin/sh\nlog() { echo "${name} $*" >>"$BOX/calls"; }\n${body}\n`);
      chmodSync(path.join(box, "bin", name), 0o755);
    }
  });
  afterEach(() => rmSync(box, { recursive: true, force: true }));

  const write = (file: string, text: string) => writeFileSync(path.join(box, file), text);
  const read = (file: string) => readFileSync(path.join(box, file), "utf8");

  /** Runs the whole script, or one part of it. */
  function run(part?: string) {
    const args =
      part === undefined
        ? ["--norc", path.join(box, "setup")]
        : ["--norc", "-c", `source "$BOX/setup"; ${part}`];
    rmSync(path.join(box, "calls"), { force: true });
    const { status, stdout, stderr } = spawnSync("bash", args, {
      encoding: "utf8",
      env: {
        PATH: `${path.join(box, "bin")}:${process.env.PATH}`,
        BOX: box,
        ASSISTANT_ROOT: path.join(box, "disk"),
      },
    });
    const calls = existsSync(path.join(box, "calls")) ? read("calls").trim().split("\n") : [];
    return { status, stdout, stderr, calls: calls.map((call) => call.replaceAll(box, "")) };
  }

  it("is clean for shellcheck (skipped where it is not installed)", function () {
    if (!isInstalled("shellcheck")) this.skip();
    const { status, stdout } = spawnSync("shellcheck", ["--severity=style", "-"], {
      input: script,
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout], [0, ""]);
  });

  it("brings an instance up, and changes nothing the second time (skipped without bash)", function () {
    if (!hasBash) this.skip();
    const first = run();
    assert.deepEqual([first.status, first.stderr], [0, ""]);
    assert.deepEqual(
      first.calls.filter((call) => !call.startsWith("curl")),
      [
        "dd if=/dev/zero of=/disk/swapfile.new bs=1M count=512 status=none",
        "mkswap --quiet /disk/swapfile.new",
        "swapon /disk/swapfile",
        "dnf install --assumeyes --quiet --setopt=install_weak_deps=False nodejs22",
        "aws s3 cp --region us-east-1 --only-show-errors s3://assistant-artifacts/assistant/index.js /disk/opt/assistant/index.js.new",
        "aws s3 cp --region us-east-1 --only-show-errors s3://assistant-artifacts/caddy/caddy /disk/opt/assistant/caddy.new",
        "systemctl enable --quiet assistant.service caddy.service",
        "systemctl start --no-block assistant.service caddy.service",
        "systemctl try-restart --no-block assistant.service",
        "systemctl try-restart --no-block caddy.service",
      ],
    );
    assert.equal(read("disk/opt/assistant/index.js"), APPLICATION);
    assert.equal(statSync(path.join(box, "disk/opt/assistant/caddy")).mode & 0o777, 0o755);
    const fstab = read("disk/etc/fstab");
    const second = run();
    assert.deepEqual([second.status, second.stdout], [0, "assistant-setup: done\n"]);
    assert.deepEqual(
      second.calls.filter((call) => !call.startsWith("curl")),
      [
        "systemctl enable --quiet assistant.service caddy.service",
        "systemctl start --no-block assistant.service caddy.service",
      ],
    );
    assert.equal(read("disk/etc/fstab"), fstab);
  });

  it("asks for metadata by IMDSv2 only, the session token by stdin (skipped without bash)", function () {
    if (!hasBash) this.skip();
    const { status, stdout, calls } = run("metadata_get placement/region");
    assert.deepEqual([status, stdout], [0, "us-east-1"]);
    const limits = "curl --silent --show-error --fail --max-time 5";
    assert.deepEqual(calls, [
      `${limits} --request PUT --header X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token`,
      `${limits} --header @- http://169.254.169.254/latest/meta-data/placement/region`,
    ]);
    assert.equal(read("headers"), "X-aws-ec2-metadata-token: session-token\n");
  });

  it("stops in another region, before it changes anything (skipped without bash)", function () {
    if (!hasBash) this.skip();
    write("region", "us-west-2");
    const { status, stderr, calls } = run();
    assert.deepEqual([status, stderr], [1, "assistant-setup: this is us-west-2; made for us-east-1\n"]);
    assert.equal(
      calls.every((call) => call.startsWith("curl")),
      true,
    );
  });

  it("uses no download that is not what was asked for, and keeps what it has (skipped without bash)", function () {
    if (!hasBash) this.skip();
    const file = "/opt/assistant/index.js";
    const part = (digest: string) =>
      run(`ensure_artifact assistant/index.js ${digest} ${file} 644 assistant.service`);
    assert.equal(part(sha256(APPLICATION)).status, 0);
    const { status, stderr } = part("c".repeat(64));
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `assistant-setup: assistant/index.js is not what was asked for; sha256 must be ${"c".repeat(64)}\n`,
    );
    assert.equal(read(`disk${file}`), APPLICATION);
    assert.equal(existsSync(path.join(box, `disk${file}.new`)), false);
  });

  it("replaces a file that was tampered with, and refuses a Caddy without the module (skipped without bash)", function () {
    if (!hasBash) this.skip();
    assert.equal(run().status, 0);
    write("disk/opt/assistant/index.js", "tampered");
    const { calls } = run();
    assert.deepEqual(
      calls.filter((call) => call.startsWith("systemctl try-restart")),
      ["systemctl try-restart --no-block assistant.service"],
    );
    assert.equal(read("disk/opt/assistant/index.js"), APPLICATION);
    write("disk/opt/assistant/caddy", "#!/bin/sh\necho http.handlers.file_server\n");
    const { status, stderr } = run("check_caddy");
    assert.deepEqual(
      [status, stderr],
      [1, "assistant-setup: this Caddy has no module dns.providers.route53\n"],
    );
  });

  it("hears a Caddy out that goes on after the module, and one that fails (skipped without bash)", function () {
    if (!hasBash) this.skip();
    mkdirSync(path.join(box, "disk/opt/assistant"), { recursive: true });
    const caddy = (body: string) => {
      write("disk/opt/assistant/caddy", `#!/usr/bin/env bash\n${body}\n`);
      chmodSync(path.join(box, "disk/opt/assistant/caddy"), 0o755);
      const { status, stderr } = run("check_caddy");
      return [status, stderr];
    };
    // More than a pipe holds, so that a reader that leaves at the match is noticed every time.
    const more = "for ((at = 0; at < 20000; at++)); do echo http.handlers.module_$at || exit 1; done";
    assert.deepEqual(caddy(`echo dns.providers.route53\n${more}`), [0, ""]);
    assert.deepEqual(caddy(more), [1, "assistant-setup: this Caddy has no module dns.providers.route53\n"]);
    assert.deepEqual(caddy("echo dns.providers.route53; exit 3"), [
      1,
      "assistant-setup: this Caddy does not list its modules\n",
    ]);
  });
});
