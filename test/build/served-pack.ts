import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const CALL_TIMEOUT_MS = 5_000;

/** A resource as the engine sends it to a pack; properties in the engine's encoding. */
export interface SentResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly properties: object;
}

type Reply<T> = (error: Error | null, reply: T) => void;

/** A policy pack in a process of its own, served as the engine has it served, and the calls that the engine makes. */
export class ServedPack {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  static async start(directory: string): Promise<ServedPack> {
    const child = spawn(process.execPath, [RUNNER, "127.0.0.1:0", "."], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const port = await Promise.race([
      once(createInterface(child.stdout), "line").then(([line]) => String(line)),
      once(child, "close").then(() => Promise.reject(new Error(`the pack ended: ${stderr}`))),
    ]);
    return new ServedPack(child, new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()));
  }

  async stop(): Promise<void> {
    this.client.close();
    const closed = once(this.child, "close");
    this.child.kill();
    await closed;
  }

  async info(): Promise<messages.AnalyzerInfo.AsObject> {
    const info = await this.call<messages.AnalyzerInfo>((options, reply) =>
      this.client.getAnalyzerInfo(new Empty(), new grpc.Metadata(), options, reply),
    );
    return info.toObject();
  }

  /** What the pack says of one resource before it is created: `<policy>: <message>`. */
  async analyze(resource: SentResource): Promise<string[]> {
    const request = filled(new messages.AnalyzeRequest(), resource);
    return diagnosticsOf(
      await this.call((options, reply) => this.client.analyze(request, new grpc.Metadata(), options, reply)),
    );
  }

  /** What the pack says of a whole stack. */
  async analyzeStack(resources: readonly SentResource[]): Promise<string[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map((one) => filled(new messages.AnalyzerResource(), one)));
    return diagnosticsOf(
      await this.call((options, reply) =>
        this.client.analyzeStack(request, new grpc.Metadata(), options, reply),
      ),
    );
  }

  /** The properties that the pack's first remediation makes of a resource's. */
  async remediate(resource: SentResource): Promise<Record<string, unknown> | undefined> {
    const request = filled(new messages.AnalyzeRequest(), resource);
    const reply = await this.call<messages.RemediateResponse>((options, callback) =>
      this.client.remediate(request, new grpc.Metadata(), options, callback),
    );
    return reply.getRemediationsList()[0]?.getProperties()?.toJavaScript();
  }

  private call<T>(send: (options: grpc.CallOptions, reply: Reply<T>) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      send({ deadline: Date.now() + CALL_TIMEOUT_MS }, (error, reply) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }
}

function filled<T extends messages.AnalyzeRequest | messages.AnalyzerResource>(
  message: T,
  { type, urn, name, properties }: SentResource,
): T {
  message.setType(type);
  message.setUrn(urn);
  message.setName(name);
  message.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
  message.setOptions(new messages.AnalyzerResourceOptions());
  return message;
}

function diagnosticsOf(reply: messages.AnalyzeResponse): string[] {
  return reply.getDiagnosticsList().map((one) => `${one.getPolicyname()}: ${one.getMessage()}`);
}
