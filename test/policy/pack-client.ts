import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { PackProcess } from "./pack-process";
import { wire } from "./policy-resources";

export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

/** The pack in a process of its own, asked as the engine asks it of a stack. */
export class PackClient {
  private constructor(private readonly process: PackProcess) {}

  /** @param dryRun what the engine says about itself; it is left out where undefined. */
  static async start(directory: string, dryRun?: boolean): Promise<PackClient> {
    return new PackClient(await PackProcess.start(directory, dryRun));
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  info(): Promise<messages.AnalyzerInfo.AsObject> {
    return this.process.info();
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
    await this.process.call<unknown>((client, ...rest) => client.configure(request, ...rest));
  }

  /** Shows the pack the inputs of one resource, as the engine does before it makes it. */
  async analyze(resource: StackResource, inputs: Properties): Promise<void> {
    const request = new messages.AnalyzeRequest();
    request.setType(resource.type);
    request.setUrn(resource.urn);
    request.setName(resource.name);
    request.setProperties(structOf(inputs));
    request.setOptions(new messages.AnalyzerResourceOptions());
    await this.process.call<unknown>((client, ...rest) => client.analyze(request, ...rest));
  }

  async analyzeStack(
    resources: readonly StackResource[],
  ): Promise<{ diagnostics: Diagnostic[]; notApplicable: string[] }> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => sent(resource, resources)));
    const reply = await this.process.call<messages.AnalyzeResponse>((client, ...rest) =>
      client.analyzeStack(request, ...rest),
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
