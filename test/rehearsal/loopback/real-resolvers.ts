import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { queryDns } from "../../../rehearsal/loopback/dns-query";

/** Where Debian keeps its daemons, which is not on everybody's path. */
const DAEMON_FOLDERS = ["/usr/sbin", "/sbin", "/usr/local/sbin"];
const START_REAL_MS = 8_000;
const LOOK_EVERY_REAL_MS = 50;

/** The whole path of a program of this machine, or undefined where it is not installed. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...DAEMON_FOLDERS];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Another process was faster with the port that was free a moment ago. */
const PORT_TAKEN = /address already in use/i;

/** A resolver in a process, a folder and at a port of its own. */
export class RealResolver {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** unbound, a recursive resolver, which asks the server at `authoritativePort` for all of example.com. */
  static unbound(program: string, authoritativePort: number, probe: string): Promise<RealResolver> {
    return RealResolver.start(probe, (port, folder) => {
      const file = path.join(folder, "unbound.conf");
      writeFileSync(file, unboundSettings(port, folder, authoritativePort));
      return [program, ["-d", "-c", file]];
    });
  }

  /** dnsmasq, a caching forwarder, in front of the server at `upstreamPort`. */
  static dnsmasq(program: string, upstreamPort: number, probe: string): Promise<RealResolver> {
    return RealResolver.start(probe, (port) => [
      program,
      [
        "--no-daemon",
        "--conf-file=/dev/null",
        "--pid-file=",
        `--user=${userInfo().username}`,
        `--port=${port}`,
        "--listen-address=127.0.0.1",
        "--bind-interfaces",
        "--no-resolv",
        "--no-hosts",
        `--server=127.0.0.1#${upstreamPort}`,
      ],
    ]);
  }

  /** Starts the program and waits until it answers to `probe`, a name that is asked for nothing else. */
  private static async start(
    probe: string,
    command: (port: number, folder: string) => [string, string[]],
    attempts = 3,
  ): Promise<RealResolver> {
    const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-resolver-"));
    const port = await freePort();
    const [program, argv] = command(port, folder);
    const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("error", (error) => (output += error.message));
    const resolver = new RealResolver(port, child, folder);
    const deadline = AbortSignal.timeout(START_REAL_MS);
    for (;;) {
      const reply = await queryDns(port, { name: probe, type: "A" }, deadline).catch(() => undefined);
      if (reply?.rcode === "NOERROR") return resolver;
      if (deadline.aborted || child.exitCode !== null) {
        await resolver.stop();
        if (attempts > 1 && PORT_TAKEN.test(output)) return RealResolver.start(probe, command, attempts - 1);
        throw new Error(`${program} does not answer: ${output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_REAL_MS));
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined) {
      const gone = once(this.child, "exit");
      this.child.kill("SIGKILL");
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function unboundSettings(port: number, folder: string, authoritativePort: number): string {
  return `server:
  interface: 127.0.0.1@${port}
  port: ${port}
  access-control: 127.0.0.0/8 allow
  do-ip6: no
  do-daemonize: no
  do-not-query-localhost: no
  module-config: "iterator"
  num-threads: 1
  chroot: ""
  username: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  logfile: ""
remote-control:
  control-enable: no
stub-zone:
  name: "example.com"
  stub-addr: 127.0.0.1@${authoritativePort}
`;
}

/** Another process may take it in between; then the resolver is started at another one. */
export async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}
