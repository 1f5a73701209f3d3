import { createRequire } from "node:module";
import type * as grpcModule from "@grpc/grpc-js";
import type * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import type * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import type * as emptyProto from "google-protobuf/google/protobuf/empty_pb";
import type * as structProto from "google-protobuf/google/protobuf/struct_pb";
import { Refusal } from "../aws/refusal";
import type { Problem } from "../aws/resource-type";
import type { StandinProvider, Wire, WireDifference } from "./provider";

// Pulumi's protocol in the copies that its own SDK uses, without loading the SDK.
const fromSdk = createRequire(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
const grpc = fromSdk("@grpc/grpc-js") as typeof grpcModule;
const proto = fromSdk("./proto/provider_pb") as typeof providerProto;
const service = fromSdk("./proto/provider_grpc_pb") as typeof providerService;
const { PluginInfo } = fromSdk("./proto/plugin_pb") as typeof pluginProto;
const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb") as typeof emptyProto;
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb") as typeof structProto;
type Struct = structProto.Struct;

/** The SDK's own limit; a message of it never grows that far. */
const MESSAGE_BYTES_MAX = 400 * 1024 * 1024;

/**
 * Serves a provider to Pulumi's engine on 127.0.0.1, at a port of the machine's choice.
 * @returns the port.
 */
export function serveProvider(provider: StandinProvider): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MESSAGE_BYTES_MAX });
  server.addService(service.ResourceProviderService, handlers(provider));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

type Call<T> = { readonly request: T };
type Callback = (error: { code: number; message: string } | null, response?: unknown) => void;

function handlers(provider: StandinProvider): grpcModule.UntypedServiceImplementation {
  return {
    handshake: unary(() => new proto.ProviderHandshakeResponse()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(sdkVersion())),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema('{"name":"aws"}')),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    checkConfig: unary((request: providerProto.CheckRequest) =>
      checked(provider.checkConfig(wire(request.getNews()))),
    ),
    diffConfig: unary((request: providerProto.DiffRequest) =>
      different(provider.diffConfig(wire(request.getOldInputs()), wire(request.getNews()))),
    ),
    configure: unary((request: providerProto.ConfigureRequest) => {
      provider.configure(wire(request.getArgs()));
      // Secrets and resources are left to the engine: it opens them before and marks outputs after.
      return new proto.ConfigureResponse().setSupportspreview(true);
    }),
    check: unary((request: providerProto.CheckRequest) =>
      checked(provider.check(request.getUrn(), wire(request.getOlds()), wire(request.getNews()))),
    ),
    diff: unary((request: providerProto.DiffRequest) =>
      different(
        provider.diff(
          request.getUrn(),
          wire(request.getOldInputs()),
          wire(request.getNews()),
          request.getIgnorechangesList(),
        ),
      ),
    ),
    create: unary((request: providerProto.CreateRequest) => {
      const { id, properties } = provider.create(
        request.getUrn(),
        wire(request.getProperties()),
        request.getPreview(),
      );
      return new proto.CreateResponse().setId(id).setProperties(struct(properties));
    }),
    read: unary((request: providerProto.ReadRequest) => {
      const { id, properties, inputs } = provider.read(
        request.getUrn(),
        request.getId(),
        wire(request.getProperties()),
        wire(request.getInputs()),
      );
      return new proto.ReadResponse().setId(id).setProperties(struct(properties)).setInputs(struct(inputs));
    }),
    update: unary((request: providerProto.UpdateRequest) =>
      new proto.UpdateResponse().setProperties(
        struct(
          provider.update(request.getUrn(), request.getId(), wire(request.getNews()), request.getPreview()),
        ),
      ),
    ),
    delete: unary((request: providerProto.DeleteRequest) => {
      provider.delete(request.getUrn(), request.getId(), wire(request.getProperties()));
      return new Empty();
    }),
    invoke: unary((request: providerProto.InvokeRequest) =>
      new proto.InvokeResponse().setReturn(
        struct(provider.invoke(request.getTok(), wire(request.getArgs()))),
      ),
    ),
  };
}

/** A method that answers at once, and with the plain lines of a refusal where AWS would refuse. */
function unary<Request>(answer: (request: Request) => unknown) {
  return (call: Call<Request>, callback: Callback) => {
    let response: unknown;
    try {
      response = answer(call.request);
    } catch (error) {
      const { message, stack } = error as Error;
      if (!(error instanceof Refusal)) console.error(stack);
      callback({ code: grpc.status.UNKNOWN, message });
      return;
    }
    callback(null, response);
  };
}

function checked({ inputs, problems }: { inputs: Wire; problems: readonly Problem[] }) {
  const failures = problems.map(({ property, reason }) =>
    new proto.CheckFailure().setProperty(property).setReason(reason),
  );
  return new proto.CheckResponse().setInputs(struct(inputs)).setFailuresList(failures);
}

function different({ changed, replaces, deleteBeforeReplace }: WireDifference) {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...changed])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace);
}

function wire(value: Struct | undefined): Wire {
  return (value?.toJavaScript() ?? {}) as Wire;
}

function struct(value: Wire): Struct {
  return Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The stand-in is as new as the SDK that it answers. */
function sdkVersion(): string {
  return (createRequire(__filename)("@pulumi/aws/package.json") as { version: string }).version;
}
