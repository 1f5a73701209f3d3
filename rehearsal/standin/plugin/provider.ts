import { parseUrn } from "../../../model/stack-resource";
import { fromEngineValue, type Properties } from "../../../model/unknown";
import type { Account } from "../aws/account";
import { resourceType } from "../aws/catalogue";
import { check } from "../aws/check";
import { invoke } from "../aws/invokes";
import * as lifecycle from "../aws/lifecycle";
import { checkProvider, providerScope } from "../aws/provider-config";
import { problemLine, Refusal } from "../aws/refusal";
import type { Problem, ProviderScope } from "../aws/resource-type";
import { toWire } from "../engine-encoding";

/** Properties as they go over the wire. */
export type Wire = Record<string, unknown>;

export interface WireDifference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What Pulumi's engine asks of a provider, over the same core that answers the mock monitor. */
export class StandinProvider {
  private scope: ProviderScope = providerScope({});

  constructor(private readonly account: Account) {}

  checkConfig(news: Wire): { inputs: Wire; problems: readonly Problem[] } {
    return { inputs: news, problems: checkProvider(decode(news)) };
  }

  diffConfig(olds: Wire, news: Wire): WireDifference {
    const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
    const changed = keys.filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
    // A resource carries its region itself, so another region replaces resources and not the provider.
    return { changed, replaces: [], deleteBeforeReplace: false };
  }

  configure(config: Wire): void {
    this.scope = providerScope(decode(config));
  }

  check(urn: string, olds: Wire, news: Wire): { inputs: Wire; problems: readonly Problem[] } {
    const type = typeOf(urn);
    const { inputs, problems } = check(type, urn, decode(news), this.scope, decode(olds));
    return { inputs: toWire(inputs), problems };
  }

  diff(urn: string, olds: Wire, news: Wire, ignoreChanges: readonly string[]): WireDifference {
    const type = typeOf(urn);
    const difference = lifecycle.diff(type, urn, decode(olds), decode(news));
    const kept = (key: string) => !ignoreChanges.includes(key);
    return {
      changed: difference.changed.filter(kept),
      replaces: difference.replaces.filter(kept),
      deleteBeforeReplace: difference.deleteBeforeReplace,
    };
  }

  create(urn: string, news: Wire, preview: boolean): { id: string; properties: Wire } {
    const type = typeOf(urn);
    const inputs = decode(news);
    if (preview) return { id: "", properties: toWire(lifecycle.foresee(type, inputs)) };
    const made = lifecycle.create(type, urn, inputs, this.scope, this.account);
    return { id: made.id, properties: toWire(made.outputs) };
  }

  update(urn: string, id: string, news: Wire, preview: boolean): Wire {
    const type = typeOf(urn);
    const inputs = decode(news);
    if (preview) return toWire(lifecycle.foreseeUpdate(type, urn, inputs, this.scope, this.account));
    return toWire(lifecycle.update(type, urn, id, inputs, this.scope, this.account).outputs);
  }

  /** What exists; where the account is not known whole, what the engine remembers is believed. */
  read(
    urn: string,
    id: string,
    properties: Wire,
    inputs: Wire,
  ): { id: string; properties: Wire; inputs: Wire } {
    const type = typeOf(urn);
    const found = this.account
      .list(type.token)
      .find((resource) => resource.id === id && resource.urn === urn);
    if (found) return { id, properties: toWire(found.properties), inputs };
    if (this.account.complete) return { id: "", properties: {}, inputs: {} };
    if (Object.keys(properties).length === 0)
      throw new Refusal([
        problemLine(type.token, parseUrn(urn).name, {
          reason: `${id} cannot be imported, for the stand-in's account is empty; create it instead`,
        }),
      ]);
    return { id, properties, inputs };
  }

  delete(urn: string, id: string, properties: Wire): void {
    const type = typeOf(urn);
    const known = decode(properties);
    const region = type.inputs.includes("region") ? lifecycle.regionOf(type, known) : undefined;
    lifecycle.remove(type, { type: type.token, urn, id, region, properties: known }, this.account);
  }

  invoke(token: string, args: Wire): Wire {
    return toWire(invoke(token, decode(args), this.scope, this.account));
  }
}

function typeOf(urn: string) {
  return resourceType(parseUrn(urn).type);
}

function decode(wire: Wire): Properties {
  return fromEngineValue(wire) as Properties;
}
