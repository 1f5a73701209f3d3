import type { Endpoint } from "./failover-plan";

/**
 * Databases, caches and the like of a stack by the names that AWS gives them and by URN. Each stands for itself, an
 * instance beside its cluster, which a plan takes for one endpoint.
 */
export class ServiceNames {
  private readonly byName = new Map<string, Endpoint>();
  private readonly byUrn = new Map<string, Endpoint>();

  constructor(services: readonly Endpoint[]) {
    for (const service of services) {
      this.byUrn.set(service.urn, service);
      for (const name of service.hostNames) if (!this.byName.has(name)) this.byName.set(name, service);
    }
  }

  /** @param hostName lower case and without the final dot. */
  named(hostName: string): Endpoint | undefined {
    return this.byName.get(hostName);
  }

  withUrn(urn: string): Endpoint | undefined {
    return this.byUrn.get(urn);
  }

  /** What an unknown name was computed from, where that is one service and nothing else. */
  soleSource(sources: readonly string[]): Endpoint | undefined {
    const [first, ...others] = new Set(sources);
    return first === undefined || others.length > 0 ? undefined : this.byUrn.get(first);
  }
}
