import { Server } from "@grpc/grpc-js";
import { fromEngineValue, isUnknown } from "../model/unknown";

/** What a request to judge one resource holds, as far as it is read here. */
interface AnalyzeRequest {
  getUrn(): string;
  getProperties(): { toJavaScript(): Record<string, unknown> } | undefined;
}

type Analyze = (call: { readonly request: AnalyzeRequest }, reply: unknown) => unknown;

/**
 * Which properties a program gave without their values being known yet. A stack policy is shown outputs alone, in
 * which that cannot be told from what the provider fills in; before each resource is made the engine shows its inputs.
 */
export class GivenInputs {
  private readonly unknownByUrn = new Map<string, readonly string[]>();

  note(urn: string, inputs: Readonly<Record<string, unknown>>): void {
    const unknown = Object.keys(inputs).filter((name) => isUnknown(fromEngineValue(inputs[name])));
    this.unknownByUrn.set(urn, unknown);
  }

  /** Undefined where the engine showed no inputs of the resource. */
  unknownOf(urn: string): readonly string[] | undefined {
    return this.unknownByUrn.get(urn);
  }

  /**
   * Listens to what the engine asks of a pack that is served from now on. A policy that listened would do so once for
   * each rule, would be listed as one, and could be disabled.
   */
  listen(): void {
    const given = this;
    const { addService } = Server.prototype;
    Server.prototype.addService = function addHeardService(service, implementation) {
      const { analyze, ...others } = implementation;
      const heard = analyze ? { ...others, analyze: given.hearing(analyze as Analyze) } : others;
      return addService.call(this, service, heard as typeof implementation);
    };
  }

  private hearing(analyze: Analyze): Analyze {
    return (call, reply) => {
      const { request } = call;
      this.note(request.getUrn(), request.getProperties()?.toJavaScript() ?? {});
      return analyze(call, reply);
    };
  }
}
