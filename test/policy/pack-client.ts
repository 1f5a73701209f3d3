import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { wire } from "./policy-resources";

const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const CALL_TIMEOUT_MS = 5_000;

export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

type Reply<T> = (error: Error | null, reply: T) => void;

/** The pack in a process of its own, and the calls that the engine makes of it. */
export class PackClient {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /** @param dryRun what the engine says about itself; it is left out where undefined. */
  static async start(directory: string, dryRun?: boolean): Promise<PackClient> {
    const { PULUMI_DRY_RUN: _, PULUMI_NODEJS_DRY_RUN: __, ...environment } = process.env;
    const child = spawn(process.execPath, [RUNNER, "127.0.0.1:0", "."], {
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
    return new PackClient(child, new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()));
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

  /** Hands over a `--policy-pack-config` file as the engine does: a level and settings for every rule. */
  async configure(
    config: Readonly<Record<string, { level: Diagnostic["level"] | "disabled"; settings?: object }>>,
  ): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [rule, { level, settings = {} }] of Object.entries(config)) {
      const entry = new messages.PolicyConfig();
      entry.setEnforcementlevel(LEVELS[level]);
      entry.setProperties(Struct.fromJavaScript(settings as Record<string, JavaScriptValue>));
      request.getPolicyconfigMap().set(rule, entry);
    }
    await this.call<unknown>((options, reply) =>
      this.client.configure(request, new grpc.Metadata(), options, reply),
    );
  }

  async analyzeStack(
    resources: readonly StackResource[],
  ): Promise<{ diagnostics: Diagnostic[]; notApplicable: string[] }> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => sent(resource, resources)));
    const reply = await this.call<messages.AnalyzeResponse>((options, callback) =>
      this.client.analyzeStack(request, new grpc.Metadata(), options, callback),
    );
    return {
      diagnostics: reply.getDiagnosticsList().map((one) => ({
        policy: one.getPolicyname(),
        level: one.getEnforcementlevel() === messages.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
        urn: one.getUrn(),
        message: one.getMessage(),
      })),
      notApplicable: reply.getNotApplicableList().map((one) => one.getPolicyName()),
    };
  }

  private call<T>(send: (options: grpc.CallOptions, reply: Reply<T>) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      send({ deadline: Date.now() + CALL_TIMEOUT_MS }, (error, reply) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }
}

const LEVELS = {
  advisory: messages.EnforcementLevel.ADVISORY,
  mandatory: messages.EnforcementLevel.MANDATORY,
  disabled: messages.EnforcementLevel.DISABLED,
} as const;

function sent(resource: StackResource, all: readonly StackResource[]): messages.AnalyzerResource {
  const message = new messages.AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(
    structOf(resource.id === undefined ? resource.properties : { ...resource.properties, id: resource.id }),
  );
  const options = new messages.AnalyzerResourceOptions();
  if (resource.parent) options.setParent(resource.parent);
  message.setOptions(options);
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new messages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  const provider = all.find(({ urn }) => urn === resource.provider);
  if (provider) {
    const own = new messages.AnalyzerProviderResource();
    own.setType(provider.type);
    own.setUrn(provider.urn);
    own.setName(provider.name);
    own.setProperties(structOf(provider.properties));
    message.setProvider(own);
  }
  return message;
}

function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(wire(properties) as Record<string, JavaScriptValue>);
}
