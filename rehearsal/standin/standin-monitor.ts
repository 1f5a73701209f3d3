import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { Refusal } from "./aws/refusal";
import type { StandinRegistry } from "./standin-registry";

type Callback<T> = (error: Error | null, response: T | undefined) => void;
type Request = resourceProto.RegisterResourceRequest;

/** The parts of Pulumi's mock monitor that the stand-in answers itself. */
interface Monitor {
  registerResource(request: Request, callback: Callback<unknown>): void;
  readResource(request: resourceProto.ReadResourceRequest, callback: Callback<unknown>): void;
  registerResourceOutputs(
    request: resourceProto.RegisterResourceOutputsRequest,
    callback: Callback<unknown>,
  ): void;
  invoke(request: resourceProto.ResourceInvokeRequest, callback: Callback<unknown>): void;
}

/**
 * Puts the registry behind the program's Pulumi runtime. The mock monitor tells its mocks neither parent nor
 * dependencies, so its answers are replaced by ones that read the raw request.
 *
 * @param sdk the program's own copy of `@pulumi/pulumi`, and where it lies.
 * @param onRefusal told of everything that is refused, before the program is.
 */
export async function installStandin(
  sdk: { readonly pulumi: typeof pulumi; readonly entry: string },
  run: { readonly project: string; readonly stack: string },
  registry: StandinRegistry,
  onRefusal: (error: Error) => void,
): Promise<void> {
  const fromSdk = createRequire(sdk.entry);
  const proto = fromSdk("@pulumi/pulumi/proto/resource_pb") as typeof resourceProto;
  const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb");
  const unused = () => {
    throw new Error("the stand-in answers in place of the mocks");
  };
  await sdk.pulumi.runtime.setMocks(
    { newResource: unused, call: unused },
    run.project,
    run.stack,
    false,
    "organization",
  );

  /** Answers with what `respond` builds; a refusal goes to the program as the engine's errors do. */
  const answer = (callback: Callback<unknown>, respond: () => unknown) => {
    let response: unknown;
    try {
      response = respond();
    } catch (error) {
      onRefusal(error as Error);
      callback(error as Error, undefined);
      return;
    }
    callback(null, response);
  };

  const monitor: Monitor = {
    registerResource: (request, callback) =>
      answer(callback, () => {
        const registered = registry.register(registration(request));
        const response = new proto.RegisterResourceResponse();
        response.setUrn(registered.urn);
        response.setId(registered.id);
        response.setObject(Struct.fromJavaScript(registered.object));
        for (const [key, urns] of Object.entries(registered.propertyDependencies ?? {})) {
          const dependencies = new proto.RegisterResourceResponse.PropertyDependencies();
          dependencies.setUrnsList([...urns]);
          response.getPropertydependenciesMap().set(key, dependencies);
        }
        return response;
      }),
    readResource: (request, callback) =>
      answer(callback, () => {
        throw new Refusal([
          `${request.getType()} ${JSON.stringify(request.getName())}: reading a resource that the stack does not manage is not known to the stand-in; look it up with a function such as getZone`,
        ]);
      }),
    registerResourceOutputs: (request, callback) =>
      answer(callback, () => {
        registry.setOutputs(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
        return {};
      }),
    invoke: (request, callback) =>
      answer(callback, () => {
        const answered = registry.invoke(
          request.getTok(),
          request.getArgs()?.toJavaScript() ?? {},
          request.getProvider(),
          request.getVersion(),
        );
        const response = new proto.ResourceInvokeResponse();
        response.setReturn(Struct.fromJavaScript(answered));
        return response;
      }),
  };
  Object.assign(sdk.pulumi.runtime.getMonitor() as object, monitor);
}

function registration(request: Request) {
  const propertyDependencies: Record<string, string[]> = {};
  for (const [key, { array }] of dependencyEntries(request)) propertyDependencies[key] = array;
  const providers: Record<string, string> = {};
  request.getProvidersMap().forEach((reference, name) => {
    providers[name] = reference;
  });
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent(),
    provider: request.getProvider(),
    providers,
    version: request.getVersion(),
    importId: request.getImportid(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    object: request.getObject()?.toJavaScript() ?? {},
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

function dependencyEntries(request: Request): [string, { array: string[] }][] {
  const entries: [string, { array: string[] }][] = [];
  request.getPropertydependenciesMap().forEach((value, key) => {
    entries.push([key, { array: value.getUrnsList() }]);
  });
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
