import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { StringAnswer } from "dns-packet";
import { queryDns } from "../../rehearsal/loopback/dns-query";
import { NAME, PRIMARY_NAME } from "../rehearsal/loopback/plan-fixture";
import { freePort, programPath } from "../rehearsal/loopback/real-resolvers";
import type { BenchFigure } from "./bench-figure";
import { median } from "./measured-process";

const ROUNDS = 5;
const ROUND_SECONDS = 2;
const RATIO_MIN = 0.4;
const FLOOD_PER_SECOND = 50_000;
const FLOOD_SECONDS = 10;
/** So many may wait for a reply that the flood does not slow down for a slow server. */
const FLOOD_OUTSTANDING = 50_000;
/** What the flood may leave behind in the server: young garbage, not something of every query. */
const FLOOD_GROWTH_MB_MAX = 60;
/** A sender that is slower than this is no flood, and shows nothing. */
const FLOOD_OFFERED_MIN = 0.9;
/** Of what it answers when nobody floods it, the server must still do so much; the rest may be lost to the flood. */
const FLOOD_SHARE_MIN = 0.5;
const ADDRESS = "192.0.2.10";
const START_REAL_MS = 20_000;

/**
 * Queries per second of the rehearsal's DNS server and of dnsmasq, in turn on the same core with the same answer,
 * and what a flood does to ours. Needs dnsperf, dnsmasq and taskset; says so where one is missing.
 */
export async function dnsThroughput(): Promise<BenchFigure[]> {
  const name = "DNS server against dnsmasq";
  const programs = {
    dnsperf: programPath("dnsperf"),
    dnsmasq: programPath("dnsmasq"),
    taskset: programPath("taskset"),
  };
  const { dnsperf, dnsmasq, taskset } = programs;
  if (dnsperf === undefined || dnsmasq === undefined || taskset === undefined) {
    const missing = Object.entries(programs).flatMap(([program, found]) => (found ? [] : [program]));
    return [{ name, value: `${missing.join(", ")} not installed`, target: "", basis: "not measured" }];
  }
  const cores = twoCores();
  if (cores === undefined) {
    return [{ name, value: "server and load share one core", target: "", basis: "not measured" }];
  }
  const { serverCore, loadCore } = cores;
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  const queries = path.join(folder, "queries");
  writeFileSync(queries, `${NAME} A\n`);
  const load = (port: number, ...more: string[]) =>
    dnsperfRun(taskset, [
      "-c",
      loadCore,
      dnsperf,
      "-s",
      "127.0.0.1",
      "-p",
      `${port}`,
      "-d",
      queries,
      ...more,
    ]);
  const running: ChildProcess[] = [];
  const start = (command: string, argv: readonly string[]) => {
    const child = spawn(taskset, ["-c", serverCore, command, ...argv], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    running.push(child);
    return child;
  };
  try {
    const child = start(process.execPath, ["--import", "tsx", path.join(__dirname, "dns-server-child.ts")]);
    const ours = await printedPort(child);
    const theirs = await freePort();
    start(dnsmasq, dnsmasqArguments(theirs));
    await Promise.all([ours, theirs].map(answersRightly));
    const rounds: { ours: Load; theirs: Load }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const seconds = ["-l", `${ROUND_SECONDS}`];
      rounds.push({ ours: await load(ours, ...seconds), theirs: await load(theirs, ...seconds) });
    }
    const basis = `dnsperf on core ${loadCore}, server on core ${serverCore}, median of ${ROUNDS}`;
    const ratio = median(rounds.map((round) => round.ours.perSecond / round.theirs.perSecond));
    const capacity = median(rounds.map((round) => round.ours.perSecond));
    const lost = rounds.reduce((sum, round) => sum + round.ours.lost, 0);
    return [
      perSecond("DNS server", capacity, basis),
      perSecond("dnsmasq", median(rounds.map((round) => round.theirs.perSecond)), basis),
      {
        name,
        value: `x ${ratio.toFixed(2)}, ${lost} lost`,
        target: `x ${RATIO_MIN} at least, none lost`,
        basis: `median of the ${ROUNDS} ratios`,
        ok: ratio >= RATIO_MIN && lost === 0,
      },
      await flooded(child, capacity, () =>
        load(
          ours,
          ...["-l", `${FLOOD_SECONDS}`, "-Q", `${FLOOD_PER_SECOND}`, "-q", `${FLOOD_OUTSTANDING}`, "-t", "1"],
        ).finally(() => answersRightly(ours)),
      ),
    ];
  } finally {
    for (const one of running) one.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error when the process ends without a word. */
async function printedPort(child: ChildProcess): Promise<number> {
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`the DNS server ended with ${code}`);
  });
  const [printed] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), gone])) as [
    Buffer,
  ];
  return Number(printed.toString());
}

interface Load {
  readonly perSecond: number;
  readonly sent: number;
  readonly completed: number;
  readonly lost: number;
  /** Answers with any other code than NOERROR. */
  readonly wrong: number;
  readonly seconds: number;
}

async function dnsperfRun(command: string, argv: readonly string[]): Promise<Load> {
  // It writes a line for every reply that comes late, which in a flood is most of them.
  const { stdout } = await promisify(execFile)(command, argv, { maxBuffer: Infinity });
  const figure = (label: string) => {
    const found = new RegExp(`${label}:\\s+([\\d.]+)`).exec(stdout)?.[1];
    if (found === undefined) throw new Error(`dnsperf says nothing of "${label}"`);
    return Number(found);
  };
  return {
    perSecond: figure("Queries per second"),
    sent: figure("Queries sent"),
    completed: figure("Queries completed"),
    lost: figure("Queries lost"),
    wrong: wrongAnswers(stdout),
    seconds: figure("Run time \\(s\\)"),
  };
}

/** Of a line such as "Response codes: NOERROR 10 (99.00%), SERVFAIL 1 (1.00%)". */
function wrongAnswers(stdout: string): number {
  const codes = /Response codes:\s+(.*)/.exec(stdout)?.[1] ?? "";
  return [...codes.matchAll(/(\w+) (\d+) \(/g)]
    .filter(([, code]) => code !== "NOERROR")
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

/**
 * A flood may be more than the machine can do; what it must not do is to make the server fail, err, grow, or spend
 * its time on what it will lose anyway. `capacity` is what it answers a second without one.
 */
async function flooded(
  child: ChildProcess,
  capacity: number,
  flood: () => Promise<Load>,
): Promise<BenchFigure> {
  const beforeMb = residentMb(child);
  const { sent, completed, wrong, perSecond: answered, seconds } = await flood();
  const growthMb = residentMb(child) - beforeMb;
  const isAlive = child.exitCode === null && child.signalCode === null;
  const offered = sent / seconds;
  const told = (perSecond: number) => Math.round(perSecond).toLocaleString("en-US");
  const leastAnswered = FLOOD_SHARE_MIN * Math.min(capacity, offered);
  return {
    name: `DNS flood, ${told(offered)} queries/s sent for ${Math.round(seconds)} s`,
    value:
      `${completed} of ${sent} answered, ${told(answered)}/s, ${wrong} wrong, ` +
      `${growthMb.toFixed(0)} MB more, right afterwards`,
    target:
      `${told(FLOOD_OFFERED_MIN * FLOOD_PER_SECOND)}/s sent, ${told(leastAnswered)}/s answered at least ` +
      `(${FLOOD_SHARE_MIN} of what it can without), none wrong, under ${FLOOD_GROWTH_MB_MAX} MB more`,
    basis: `dnsperf, asked for ${told(FLOOD_PER_SECOND)}/s, 1 run`,
    ok:
      isAlive &&
      wrong === 0 &&
      offered >= FLOOD_OFFERED_MIN * FLOOD_PER_SECOND &&
      answered >= leastAnswered &&
      growthMb < FLOOD_GROWTH_MB_MAX,
  };
}

function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_000;
}

function perSecond(name: string, value: number, basis: string): BenchFigure {
  return { name, value: `${Math.round(value).toLocaleString("en-US")} queries/s`, target: "", basis };
}

/** @throws Error when the server does not answer rightly in time. */
async function answersRightly(port: number): Promise<void> {
  const deadline = AbortSignal.timeout(START_REAL_MS);
  for (;;) {
    const reply = await queryDns(port, { name: NAME, type: "A" }, deadline).catch(() => undefined);
    const data = reply?.answers.map((record) => (record as StringAnswer).data) ?? [];
    if (data.join(" ") === `${PRIMARY_NAME} ${ADDRESS}`) return;
    deadline.throwIfAborted();
  }
}

/** The same two records as ours, from its own memory: no upstream server, no file. */
function dnsmasqArguments(port: number): string[] {
  return [
    "--no-daemon",
    "--conf-file=/dev/null",
    "--pid-file=",
    `--user=${userInfo().username}`,
    `--port=${port}`,
    "--listen-address=127.0.0.1",
    "--bind-interfaces",
    "--no-resolv",
    "--no-hosts",
    `--cname=${NAME},${PRIMARY_NAME}`,
    `--host-record=${PRIMARY_NAME},${ADDRESS},60`,
  ];
}

/** One each for the server and for who asks it; undefined where this process may use but one. */
function twoCores(): { serverCore: string; loadCore: string } | undefined {
  const allowed = /Cpus_allowed_list:\s+(\S+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const [loadCore, serverCore] = allowed.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);
  });
  return loadCore !== undefined && serverCore !== undefined ? { serverCore, loadCore } : undefined;
}

async function print(): Promise<void> {
  const figures = await dnsThroughput();
  for (const { name, value, target } of figures)
    process.stdout.write(`${name}: ${value}${target && ` (${target})`}\n`);
  if (figures.some(({ ok }) => ok === false)) process.exitCode = 1;
}

if (require.main === module) void print();
