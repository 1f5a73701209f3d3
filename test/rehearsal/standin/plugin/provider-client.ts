import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import type * as grpcModule from "@grpc/grpc-js";
import type * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";

const fromSdk = createRequire(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
const grpc = fromSdk("@grpc/grpc-js") as typeof grpcModule;
export const proto = fromSdk("./proto/provider_pb") as typeof providerProto;
const { ResourceProviderClient } = fromSdk("./proto/provider_grpc_pb") as typeof providerService;
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb");
const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb");

/** The request of methods that ask for nothing in particular. */
export const nothing = (): object => new Empty();

export const EXECUTABLE = path.resolve(__dirname, "../../../../rehearsal/standin/plugin/pulumi-resource-aws");

/** A message that can be read as an object. */
interface Message {
  toObject(): object;
}

/** The plugin in a process of its own, asked as Pulumi's engine asks it. */
export class PluginClient {
  private constructor(
    readonly process: ChildProcess,
    private readonly client: providerService.ResourceProviderClient,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<PluginClient> {
    const child = spawn(EXECUTABLE, ["127.0.0.1:1"], {
      stdio: ["ignore", "pipe", "inherit"],
      // The plugin is started from wherever the project is.
      cwd: path.parse(__dirname).root,
      env: { ...process.env, ...environment },
    });
    const [port] = await Promise.race([
      new Promise<[string]>((resolve) =>
        createInterface({ input: child.stdout }).once("line", (line) => resolve([line])),
      ),
      new Promise<never>((_, reject) => child.once("exit", (code) => reject(new Error(`exit ${code}`)))),
    ]);
    return new PluginClient(
      child,
      new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()),
    );
  }

  /** Calls a method; its message is built from setters by name, structs from plain objects. */
  call<Response extends Message>(
    method: string,
    request: object,
    values: Record<string, unknown> = {},
  ): Promise<Response> {
    for (const [name, value] of Object.entries(values)) {
      const isStruct = value !== null && typeof value === "object" && !Array.isArray(value);
      Reflect.get(request, `set${name}`).call(request, isStruct ? Struct.fromJavaScript(value) : value);
    }
    return new Promise((resolve, reject) => {
      Reflect.get(this.client, method).call(this.client, request, (error: Error, response: Response) =>
        error ? reject(error) : resolve(response),
      );
    });
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await ended;
  }
}
