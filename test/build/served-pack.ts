import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PackProcess } from "../policy/pack-process";

/** A resource as the engine sends it to a pack; properties in the engine's encoding. */
export interface SentResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly properties: object;
}

/** A policy pack in a process of its own, asked as the engine asks it of single resources. */
export class ServedPack {
  private constructor(private readonly process: PackProcess) {}

  static async start(directory: string): Promise<ServedPack> {
    return new ServedPack(await PackProcess.start(directory));
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  info(): Promise<messages.AnalyzerInfo.AsObject> {
    return this.process.info();
  }

  /** What the pack says of one resource before it is created: `<policy>: <message>`. */
  async analyze(resource: SentResource): Promise<string[]> {
    const request = filled(new messages.AnalyzeRequest(), resource);
    return diagnosticsOf(await this.process.call((client, ...rest) => client.analyze(request, ...rest)));
  }

  /** What the pack says of a whole stack. */
  async analyzeStack(resources: readonly SentResource[]): Promise<string[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map((one) => filled(new messages.AnalyzerResource(), one)));
    return diagnosticsOf(await this.process.call((client, ...rest) => client.analyzeStack(request, ...rest)));
  }

  /** The properties that the pack's first remediation makes of a resource's. */
  async remediate(resource: SentResource): Promise<Record<string, unknown> | undefined> {
    const request = filled(new messages.AnalyzeRequest(), resource);
    const reply = await this.process.call<messages.RemediateResponse>((client, ...rest) =>
      client.remediate(request, ...rest),
    );
    return reply.getRemediationsList()[0]?.getProperties()?.toJavaScript();
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
