import { normalizeDnsName } from "../../../model/dns-name";
import type { Properties } from "../../../model/unknown";
import { hostedZoneId } from "./identifier";

/** The account that every stand-in plays, unless told otherwise. */
export const ACCOUNT_ID = "123456789012";

/** Something that exists in the account. */
export interface AccountResource {
  readonly type: string;
  /** Empty for what was there before the stack. */
  readonly urn: string;
  readonly id: string;
  readonly region: string | undefined;
  readonly properties: Properties;
  /** What its ids were drawn from when it was made; updates draw from the same. */
  readonly seed?: string;
}

/** What exists besides the resource at hand. */
export interface Account {
  /**
   * Whether everything that exists is listed. When it is not (a plugin process sees only its own resources),
   * the absence of a resource proves nothing.
   */
  readonly complete: boolean;
  list(type: string): readonly AccountResource[];
  put(resource: AccountResource): void;
  remove(type: string, urn: string, id: string): void;
}

/** An account that lives as long as the process. */
export class MemoryAccount implements Account {
  private readonly byType = new Map<string, Map<string, AccountResource>>();

  constructor(
    readonly complete: boolean,
    existing: readonly AccountResource[] = [],
  ) {
    for (const resource of existing) this.put(resource);
  }

  list(type: string): readonly AccountResource[] {
    return [...(this.byType.get(type)?.values() ?? [])];
  }

  put(resource: AccountResource): void {
    const ofType = this.byType.get(resource.type) ?? new Map<string, AccountResource>();
    this.byType.set(resource.type, ofType.set(`${resource.urn} ${resource.id}`, resource));
  }

  remove(type: string, urn: string, id: string): void {
    this.byType.get(type)?.delete(`${urn} ${id}`);
  }
}

/** Hosted zones that were there before the stack, by name. */
export function hostedZones(names: readonly string[]): AccountResource[] {
  return names.map((given) => {
    const name = normalizeDnsName(given);
    const id = hostedZoneId(`${ACCOUNT_ID} existing zone ${name}`);
    return {
      type: "aws:route53/zone:Zone",
      urn: "",
      id,
      region: undefined,
      properties: { name, zoneId: id, comment: "", tags: {} },
    };
  });
}
