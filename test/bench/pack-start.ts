import { spawn } from "node:child_process";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type BenchFigure, upTo } from "./bench-figure";
import { median, ROOT } from "./measured-process";

const PACK = path.join(ROOT, "policy");
const RUNS = 5;
const LIMIT_MS = 30_000;

/** From the start of the pack's process to its first answer, as the engine starts it. */
export async function packStart(): Promise<BenchFigure[]> {
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run++) seconds.push(await firstAnswerSeconds());
  return [upTo("policy pack, first answer", median(seconds), 1, "s", `wall clock, median of ${RUNS}`)];
}

async function firstAnswerSeconds(): Promise<number> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    // As Pulumi's language host looks for it: from the pack's folder.
    [require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [PACK] }), "127.0.0.1:0", PACK],
    {
      cwd: PACK,
      env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "true" },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the pack ended with ${code} before it answered`)));
      child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    await new Promise<void>((resolve, reject) => {
      client.getAnalyzerInfo(new Empty(), (error) => (error ? reject(error) : resolve()));
    });
    client.close();
    return (performance.now() - started) / 1_000;
  } finally {
    clearTimeout(limit);
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill("SIGKILL")) await ended;
  }
}
