import {
  AWS_PROVIDER_TYPE,
  type EngineResource,
  providerUrnOf,
  STACK_TYPE,
} from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { missingFiles } from "./asset-files";
import { type Account, hostedZones, MemoryAccount } from "./aws/account";
import { resourceType } from "./aws/catalogue";
import { check } from "./aws/check";
import { uuid } from "./aws/identifier";
import { invoke } from "./aws/invokes";
import { create } from "./aws/lifecycle";
import { checkProvider, providerScope } from "./aws/provider-config";
import { problemLine, Refusal } from "./aws/refusal";
import { AWSX_VPC, constructVpc } from "./awsx-vpc";
import { dependencyOrder } from "./dependency-order";
import { DEPLOYMENT_VERSION, type Deployment } from "./deployment";
import {
  secretKeys,
  toProviderInputs,
  toStored,
  toWire,
  withSecrets,
  withStoredSecrets,
} from "./engine-encoding";

/** What a program asks the engine for, taken off the wire. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly parent: string;
  /** `urn::id` of an explicit provider, else empty. */
  readonly provider: string;
  /** The same for a component of another package, by the package of the provider. */
  readonly providers?: Readonly<Record<string, string>>;
  readonly version: string;
  readonly importId: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly object: Record<string, unknown>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly additionalSecretOutputs: readonly string[];
}

export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly object: Record<string, unknown>;
  /** URNs that outputs come from, where another resource made them. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

interface StoredResource extends EngineResource {
  protect?: boolean;
  retainOnDelete?: boolean;
}

/** Stands in for the engine and for AWS while one program runs: answers registrations and keeps the state. */
export class StandinRegistry {
  private readonly resources = new Map<string, StoredResource>();
  private readonly account: Account;

  /**
   * @param config the stack's settings; `aws:region` and `aws:defaultTags` configure the default provider.
   * @param zones names of hosted zones that the account has already.
   */
  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly config: Readonly<Record<string, string>>,
    zones: readonly string[],
  ) {
    this.account = new MemoryAccount(true, hostedZones(zones));
  }

  /** @throws Refusal with one line per fault. */
  register(request: Registration): Registered {
    const urn = this.urnOf(request);
    if (this.resources.has(urn)) {
      throw new Refusal([
        `${request.type} ${JSON.stringify(request.name)}: the name is taken by a resource of this type and parent; give each its own`,
      ]);
    }
    if (request.remote && request.type === AWSX_VPC) return this.constructVpc(urn, request);
    if (request.remote) {
      throw new Refusal([
        `${request.type} ${JSON.stringify(request.name)}: a component of another package is not known to the stand-in; rehearse an exported state with --state FILE`,
      ]);
    }
    if (!request.custom) return this.keepComponent(urn, request);
    if (request.type.startsWith("pulumi:providers:")) return this.keepProvider(urn, request);
    return this.makeResource(urn, request);
  }

  /** @throws Refusal for an unknown function or one that AWS would not answer. */
  invoke(
    token: string,
    args: Record<string, unknown>,
    provider: string,
    version: string,
  ): Record<string, unknown> {
    const scope = providerScope(this.providerInputs(this.providerUrn(provider, token, version)));
    return toWire(invoke(token, toProviderInputs(args), scope, this.account));
  }

  /** What a component or the stack itself reports at its end. */
  setOutputs(urn: string, outputs: Record<string, unknown>): void {
    const resource = this.resources.get(urn);
    if (resource) resource.outputs = toStored(outputs) as Record<string, unknown>;
  }

  deployment(): Deployment {
    return {
      version: DEPLOYMENT_VERSION,
      deployment: {
        // A fixed instant: two runs of one program are equal to the byte.
        manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "stand-in" },
        // Registrations overtake one another; their order in the file is by need, then by name.
        resources: dependencyOrder(sortedByUrn([...this.resources.values()])),
        metadata: {},
      },
    };
  }

  /** The outputs of the stack, without what is secret about them. */
  stackOutputs(): Record<string, unknown> {
    const stack = [...this.resources.values()].find(({ type }) => type === STACK_TYPE);
    return stack?.outputs ? toWire(toProviderInputs(stack.outputs)) : {};
  }

  private keepComponent(urn: string, request: Registration): Registered {
    this.keep(urn, request, { inputs: toStored(request.object) as Record<string, unknown>, outputs: {} });
    return { urn, id: "", object: {} };
  }

  /** What awsx's provider would register for a network. */
  private constructVpc(urn: string, request: Registration): Registered {
    const provider = request.providers?.aws ?? "";
    const args = toProviderInputs(request.object);
    const region = typeof args.region === "string" ? { region: args.region } : {};
    const zones = this.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", region, provider, "");
    this.keepComponent(urn, request);
    const component = { urn, name: request.name, args };
    const { outputs, dependencies } = constructVpc(component, zones.names as string[], (child) => {
      const made = this.register({
        ...DEFAULT_PROVIDER,
        type: child.type,
        name: child.name,
        parent: child.parent,
        provider,
        object: toWire(child.inputs),
        dependencies: [...new Set([child.parent, ...Object.values(child.references).flat()])].filter(
          (dependency) => dependency !== urn,
        ),
        // Pulumi's SDK lists every input, also those that come from no resource.
        propertyDependencies: {
          ...Object.fromEntries(Object.keys(child.inputs).map((input) => [input, []])),
          ...child.references,
        },
      });
      return { urn: made.urn, id: made.id };
    });
    const object = toWire(outputs);
    this.setOutputs(urn, object);
    return { urn, id: "", object, propertyDependencies: dependencies };
  }

  private keepProvider(urn: string, request: Registration): Registered {
    if (request.type !== AWS_PROVIDER_TYPE) throw unknownPackage(request.type);
    const inputs = toProviderInputs(request.object);
    refuse(request, checkProvider(inputs));
    const id = uuid(`${urn} provider`);
    const version = request.version === "" ? {} : { version: request.version };
    const stored = toStored({ ...request.object, ...version }) as Record<string, unknown>;
    this.keep(urn, request, { id, inputs: stored, outputs: stored });
    return { urn, id, object: request.object };
  }

  private makeResource(urn: string, request: Registration): Registered {
    const type = resourceType(request.type);
    refuse(request, missingFiles(request.object));
    if (request.importId !== "") {
      throw new Refusal([
        `${request.type} ${JSON.stringify(request.name)}: import is not known to the stand-in, whose account is empty; leave the option out for the rehearsal`,
      ]);
    }
    const provider = this.providerUrn(request.provider, request.type, request.version);
    const scope = providerScope(this.providerInputs(provider));
    const { inputs, problems } = check(type, urn, toProviderInputs(request.object), scope);
    refuse(request, problems);
    const { id, outputs } = create(type, urn, inputs, scope, this.account);
    const secrets = [...secretKeys(request.object), ...request.additionalSecretOutputs];
    this.keep(
      urn,
      { ...request, provider: `${provider}::${this.resources.get(provider)?.id ?? ""}` },
      {
        id,
        inputs: withStoredSecrets(toWire(inputs), secrets),
        outputs: withStoredSecrets(toWire(outputs), secrets),
      },
    );
    return { urn, id, object: withSecrets(toWire(outputs), secrets) };
  }

  private keep(
    urn: string,
    request: Registration,
    state: { id?: string; inputs: Record<string, unknown>; outputs: Record<string, unknown> },
  ): void {
    this.resources.set(urn, {
      urn,
      custom: request.custom,
      type: request.type,
      ...state,
      ...(request.parent === "" ? {} : { parent: request.parent }),
      ...(request.provider === "" ? {} : { provider: request.provider }),
      ...(request.dependencies.length === 0 ? {} : { dependencies: [...request.dependencies].sort() }),
      ...(request.custom ? { propertyDependencies: sorted(request.propertyDependencies) } : {}),
      ...(request.protect ? { protect: true } : {}),
      ...(request.retainOnDelete ? { retainOnDelete: true } : {}),
    });
  }

  /** The URN of the provider at work; the default one comes into being when it is first needed. */
  private providerUrn(reference: string, token: string, version: string): string {
    const explicit = providerUrnOf(reference);
    if (explicit) return explicit;
    if (!token.startsWith("aws:")) throw unknownPackage(token);
    if (disabledProviders(this.config).some((name) => name === "aws" || name === "*")) {
      throw new Refusal([
        `${token} has no provider, and pulumi:disable-default-providers disables the default one; give it an explicit provider`,
      ]);
    }
    const name = version === "" ? "default" : `default_${version.replace(/[.+-]/g, "_")}`;
    const urn = this.qualified(AWS_PROVIDER_TYPE, name);
    if (!this.resources.has(urn)) {
      const given = Object.entries(this.config).filter(([key]) => key.startsWith("aws:"));
      const object = Object.fromEntries(given.map(([key, value]) => [key.slice("aws:".length), value]));
      this.keepProvider(urn, {
        ...DEFAULT_PROVIDER,
        name,
        object: { ...object, ...(version ? { version } : {}) },
      });
    }
    return urn;
  }

  private providerInputs(urn: string): Properties {
    return toProviderInputs(this.resources.get(urn)?.inputs ?? {});
  }

  private urnOf({ type, name, parent }: Registration): string {
    const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
    return this.qualified(
      parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`,
      name,
    );
  }

  private qualified(type: string, name: string): string {
    return `urn:pulumi:${this.stack}::${this.project}::${type}::${name}`;
  }
}

const DEFAULT_PROVIDER: Registration = {
  type: AWS_PROVIDER_TYPE,
  name: "default",
  custom: true,
  remote: false,
  parent: "",
  provider: "",
  version: "",
  importId: "",
  protect: false,
  retainOnDelete: false,
  object: {},
  dependencies: [],
  propertyDependencies: {},
  additionalSecretOutputs: [],
};

function sortedByUrn(resources: readonly StoredResource[]): StoredResource[] {
  return [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function sorted(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, urns]) => [key, [...urns].sort()]));
}

/** Pulumi's own setting: the packages whose resources must name a provider. */
function disabledProviders(config: Readonly<Record<string, string>>): unknown[] {
  try {
    const names = JSON.parse(config["pulumi:disable-default-providers"] ?? "[]");
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

function refuse(request: Registration, problems: readonly { readonly reason: string }[]): void {
  if (problems.length > 0)
    throw new Refusal(problems.map((problem) => problemLine(request.type, request.name, problem)));
}

function unknownPackage(token: string): Refusal {
  return new Refusal([
    `${token} is not known to the stand-in, which plays AWS only; rehearse an exported state with --state FILE`,
  ]);
}
