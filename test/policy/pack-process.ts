import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";
const CALL_TIMEOUT_MS = 5_000;

type Send<T> = (
  client: AnalyzerClient,
  metadata: grpc.Metadata,
  options: grpc.CallOptions,
  reply: (error: Error | null, reply: T) => void,
) => unknown;

/** A policy pack in a process of its own, served as the engine has it served. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /**
   * @param dryRun what the engine says about itself; it is left out where undefined.
   * @param runner as Pulumi's language host looks for it, from the pack's folder, unless given.
   */
  static async start(
    directory: string,
    dryRun?: boolean,
    runner = require.resolve(RUNNER, { paths: [path.resolve(directory)] }),
  ): Promise<PackProcess> {
    const { PULUMI_DRY_RUN: _, PULUMI_NODEJS_DRY_RUN: __, ...inherited } = process.env;
    // No price is old on that day, and no test depends on today.
    const environment = { ...inherited, WARM_STANDBY_AS_OF: "2025-01-01" };
    const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
      cwd: directory,
      env: dryRun === undefined ? environment : { ...environment, PULUMI_DRY_RUN: String(dryRun) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const port = await Promise.race([
      once(createInterface(child.stdout), "line").then(([line]) => String(line)),
      once(child, "close").then(() => Promise.reject(new Error(stderr.trim()))),
    ]);
    return new PackProcess(child, new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()));
  }

  async stop(): Promise<void> {
    this.client.close();
    const closed = once(this.child, "close");
    this.child.kill();
    await closed;
  }

  async info(): Promise<messages.AnalyzerInfo.AsObject> {
    const info = await this.call<messages.AnalyzerInfo>((client, ...rest) =>
      client.getAnalyzerInfo(new Empty(), ...rest),
    );
    return info.toObject();
  }

  call<T>(send: Send<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + CALL_TIMEOUT_MS };
      send(this.client, new grpc.Metadata(), options, (error, reply) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }
}
