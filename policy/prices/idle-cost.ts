import type { FailoverPlan } from "../../model/failover-plan";
import { type MicroUsd, microUsd } from "../../model/money";
import type { StackJoins } from "../../model/stack-joins";
import { AWS_PROVIDER_TYPE, type StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import type { Phase } from "../rule";
import { type CostAssumptions, DEFAULT_ASSUMPTIONS } from "./assumptions";
import { idleClass } from "./classes";
import { failedPrice, unpriced } from "./formulas/formula";
import { type WrongRead, withWrongReads } from "./formulas/read";
import type { Meter, MeteredItem } from "./meter";
import {
  amountOf,
  asOf,
  type Confidence,
  isAmount,
  isFromMemory,
  PRICES,
  type PriceList,
} from "./price-list";
import { PricedStack } from "./priced-stack";
import { probeCosts } from "./probe-traffic";
import { regionText, StandbyShare } from "./standby-share";

/** One thing that bills every month while nobody uses the stack. */
export interface CostLine {
  readonly urn: string;
  readonly type: string;
  readonly region: string;
  readonly item: string;
  readonly monthlyMicroUsd: MicroUsd;
  /** Whether it counts for the standby, or in the stack's total only. */
  readonly standby: boolean;
  readonly basis: "list-price" | "declared";
  readonly source: string;
  readonly asOf: string;
  readonly confidence: Confidence | "declared";
  readonly note?: string;
  readonly lever?: string;
  /** What the lever saves of the amount; absent where that cannot be told. */
  readonly leverSavesMicroUsd?: MicroUsd;
}

/** A resource whose idle price cannot be told. It is never counted as nothing. */
export interface Unpriced {
  readonly urn: string;
  readonly type: string;
  readonly why: string;
  readonly standby: boolean;
  /**
   * `type`: the type has no price, for the reason given; `price`: no row for this size or region; `memory`: the row may refuse only;
   * `input`: the property `path` is not known yet, or of a kind that cannot be read.
   */
  readonly kind: "type" | "price" | "memory" | "input";
  readonly path: string;
  /** Whether the rest of the resource has a price, which counts; what is declared for its type is added to that. */
  readonly part?: true;
}

/** A resource that another stack pays for. */
export interface ExternalResource {
  readonly urn: string;
  readonly standby: boolean;
}

export interface CostReport {
  readonly standbyMicroUsd: MicroUsd;
  readonly totalMicroUsd: MicroUsd;
  readonly unpriced: readonly Unpriced[];
  /** In the order of the resources. */
  readonly lines: readonly CostLine[];
  /** How many resources are free, billed by use only, priced, undecided, or containers of others. */
  readonly counts: Readonly<Record<"container" | "free" | "usage" | "priced" | "unpriced", number>>;
  /** What bills while idle and is only read here, so that another stack pays for it; absent where nothing is. */
  readonly external?: readonly ExternalResource[];
  /** Whether the stack has a standby at all. */
  readonly hasStandby: boolean;
  /** A record that leads to the standby, and its property, while the standby's region is not known yet. */
  readonly unknownStandby?: { readonly urn: string; readonly path: string };
}

export interface CostOptions {
  /** Whether an update will tell what is unknown now; then no declared amount stands in for it. Default: settled. */
  readonly phase?: Phase;
  /** Those of the resources, where they are made already. */
  readonly joins?: StackJoins;
  /** The day, `2026-11-22`, by which versions leave standard support. Default: the day of those dates. */
  readonly asOf?: string;
}

/**
 * What a month of 730 hours costs with no request at all, in whole micro-dollars. Free tiers are not counted
 * on: they belong to the account, which one stack cannot see.
 * @param assumptions what the program does not say; see `CostAssumptions` for units and defaults.
 */
export function idleCost(
  resources: readonly StackResource[],
  plan: FailoverPlan,
  assumptions: Partial<CostAssumptions> = {},
  prices: PriceList = PRICES,
  { phase = "settled", joins, asOf }: CostOptions = {},
): CostReport {
  const assumed = { ...DEFAULT_ASSUMPTIONS, ...assumptions };
  const stack = new PricedStack(resources, plan, assumed, prices, joins, asOf);
  const share = new StandbyShare(stack);
  const ledger = new Ledger(stack, share, prices, phase);
  for (const resource of resources) ledger.addResource(resource);
  for (const { resource, meters } of probeCosts(stack)) ledger.addMeters(resource, meters.map(keepsProbes));
  return ledger.report();
}

/** Levers on what probes bill let the probes go on, fewer of them or on a cheaper way; how much is left is not told. */
function keepsProbes(meter: Meter): Meter {
  return meter.kind === "metered" ? { ...meter, leaves: "untold" } : meter;
}

type Problem = Pick<Unpriced, "kind" | "why" | "path">;

/** Collects lines and undecided resources. */
class Ledger {
  private readonly lines: CostLine[] = [];
  private readonly unpriced: Unpriced[] = [];
  private readonly external: ExternalResource[] = [];
  private readonly seen = new Set<string>();
  /** What was let in by an amount that the settings declare: reasons by resource and side. */
  private readonly declared = new Map<string, Set<string>>();
  private readonly counts = { container: 0, free: 0, usage: 0, priced: 0, unpriced: 0 };

  constructor(
    private readonly stack: PricedStack,
    private readonly share: StandbyShare,
    private readonly prices: PriceList,
    private readonly phase: Phase,
  ) {}

  addResource(resource: StackResource): void {
    const idle = idleClass(resource);
    if (resource.external && (idle.kind === "unknown" || idle.kind === "priced")) {
      this.external.push({ urn: resource.urn, standby: this.share.holds(resource) });
      return;
    }
    if (idle.kind === "unknown") {
      const declared = this.declare(resource, this.share.holds(resource), idle.why);
      this.counts[declared ? "priced" : "unpriced"] += 1;
      if (!declared) this.undecided(resource, { kind: "type", path: "", why: idle.why });
      return;
    }
    if (idle.kind !== "priced") {
      this.counts[idle.kind] += 1;
      return;
    }
    const before = this.unpriced.length;
    const { result: meters, wrong } = withWrongReads(() => {
      try {
        return idle.formula(this.stack.asWritten(resource), this.stack);
      } catch (error) {
        return [failedPrice(error)];
      }
    });
    this.addMeters(resource, refuseWrong(meters, wrong));
    if (this.unpriced.length > before) this.counts.unpriced += 1;
    else this.counts[meters.length === 0 ? "free" : "priced"] += 1;
  }

  addMeters(resource: StackResource, meters: readonly Meter[]): void {
    if (resource.external) return;
    for (const meter of meters) {
      const problem = this.problemOf(resource, meter);
      if (!problem) this.addLine(resource, meter);
      // What the update will tell has a price then, or needs the declared amount then: now neither is sure.
      else if (problem.kind === "input" && this.phase === "preview") this.undecided(resource, problem, meter);
      else if (!this.declare(resource, this.isStandbys(resource, meter), problem.why)) {
        this.undecided(resource, problem, meter);
      }
    }
  }

  report(): CostReport {
    const sum = (lines: readonly CostLine[]) =>
      lines.reduce((total, line) => total + line.monthlyMicroUsd, 0);
    const unknownStandby = this.share.unknownLocation;
    const known = new Set(this.lines.filter(isKnown).map(({ urn }) => urn));
    return {
      standbyMicroUsd: sum(this.lines.filter(({ standby }) => standby)),
      totalMicroUsd: sum(this.lines),
      unpriced: this.unpriced.map((entry) =>
        entry.kind !== "memory" && known.has(entry.urn) ? { ...entry, part: true } : entry,
      ),
      lines: this.lines.map((line) => {
        const reasons = line.basis === "declared" ? this.declared.get(sideOf(line)) : undefined;
        return reasons ? { ...line, note: [...reasons].join("; ") } : line;
      }),
      counts: this.counts,
      ...(this.external.length > 0 ? { external: this.external } : {}),
      hasStandby: this.share.exists,
      ...(unknownStandby ? { unknownStandby } : {}),
    };
  }

  private addLine(resource: StackResource, meter: Meter): void {
    if (meter.kind !== "metered") return;
    const row = this.prices.find(meter.price, isUnknown(meter.place) ? undefined : meter.place);
    if (!row) return;
    this.lines.push({
      urn: resource.urn,
      type: resource.type,
      region: row.region === "global" ? "global" : regionText(resource, meter.place),
      item: meter.item,
      monthlyMicroUsd: amountOf(row, meter.quantity),
      standby: this.isStandbys(resource, meter),
      basis: "list-price",
      source: row.source,
      asOf: asOf(row),
      confidence: row.confidence,
      ...(meter.note ? { note: meter.note } : {}),
      ...(meter.lever ? { lever: meter.lever, ...this.saving(meter, amountOf(row, meter.quantity)) } : {}),
    });
  }

  /** What a meter's lever saves of its amount; nothing is promised of what has no price, or saves nothing. */
  private saving(
    { leaves, place, quantity }: MeteredItem,
    amount: MicroUsd,
  ): Pick<CostLine, "leverSavesMicroUsd"> {
    if (leaves === undefined) return { leverSavesMicroUsd: amount };
    if (leaves === "untold") return {};
    const row = this.prices.find(leaves.price, isUnknown(place) ? undefined : place);
    if (!row) return {};
    const saved = amount - amountOf(row, quantity * (leaves.times ?? 1));
    return saved > 0 ? { leverSavesMicroUsd: saved } : {};
  }

  /** Why a meter's amount cannot be told, if it cannot. */
  private problemOf(resource: StackResource, meter: Meter): Problem | undefined {
    if (meter.kind === "unknown") return unknownProperty(meter.path);
    if (meter.kind === "unpriced") return { kind: "price", why: meter.why, path: meter.path ?? "" };
    const { price, place } = meter;
    if (isUnknown(place) && !this.prices.isGlobal(price)) return unknownProperty("region");
    const row = this.prices.find(price, isUnknown(place) ? undefined : place);
    if (!row) {
      if (this.willHaveRegion(resource, meter)) return unknownProperty("region");
      return { kind: "price", path: "", why: this.whyNoRow(meter) };
    }
    if (!isAmount(row, meter.quantity)) {
      return { kind: "price", path: "", why: `${meter.item} is not a quantity that can be priced` };
    }
    if (!isFromMemory(row)) return undefined;
    return { kind: "memory", path: "", why: "its price is from memory, which may refuse and never pass" };
  }

  /** A provider without a region takes it from its environment, and the ARN of what it makes will tell it. */
  private willHaveRegion(resource: StackResource, { price, place }: MeteredItem): boolean {
    if (this.phase !== "preview" || place !== undefined || !this.prices.has(price)) return false;
    // The place of a copy is told by the property that asks for it.
    if (this.stack.regionOf(resource) !== undefined) return false;
    const provider = this.stack.byUrn.get(resource.provider ?? "");
    return provider?.type === AWS_PROVIDER_TYPE && (provider.properties.region ?? "") === "";
  }

  private whyNoRow({ price, place, item }: MeteredItem): string {
    if (!this.prices.has(price)) return `the list has no price for ${item}`;
    if (place === undefined) return `the region of ${item} is not told by the resource or its provider`;
    return `the list has no price for ${item} in ${String(place)}`;
  }

  /** Something without a price costs what the settings declare for its type, if they do: once on either side. */
  private declare(resource: StackResource, standby: boolean, why: string): boolean {
    const { allowMonthlyUsd } = this.stack.assumptions;
    // A type from elsewhere may have the name of what every object has.
    const declared = Object.hasOwn(allowMonthlyUsd, resource.type)
      ? allowMonthlyUsd[resource.type]
      : undefined;
    if (declared === undefined) return false;
    const side = sideOf({ urn: resource.urn, standby });
    const reasons = this.declared.get(side);
    if (reasons) {
      reasons.add(why);
      return true;
    }
    this.declared.set(side, new Set([why]));
    this.lines.push({
      urn: resource.urn,
      type: resource.type,
      region: regionText(resource, this.stack.regionOf(resource)),
      item: "amount declared in the settings",
      monthlyMicroUsd: microUsd(declared),
      standby,
      basis: "declared",
      source: "allowMonthlyUsd in the settings",
      asOf: "undated",
      confidence: "declared",
    });
    return true;
  }

  private undecided(resource: StackResource, problem: Problem, meter?: Meter): void {
    const { urn, type } = resource;
    const entry: Unpriced = { urn, type, ...problem, standby: this.isStandbys(resource, meter) };
    // One unknown property can be behind several meters of a resource.
    const key = `${urn} ${entry.standby} ${entry.path} ${entry.why}`;
    if (!this.seen.has(key)) this.unpriced.push(entry);
    this.seen.add(key);
    // A price from memory refuses where it is too much; the entry above keeps it from passing.
    if (problem.kind === "memory" && meter) this.addLine(resource, meter);
  }

  private isStandbys(resource: StackResource, meter?: Meter): boolean {
    if (meter?.replica) return this.share.holdsReplica(meter.place);
    return this.share.holds(resource);
  }
}

/** A value of a wrong kind never becomes known, so it is refused at once. */
function refuseWrong(meters: readonly Meter[], wrong: readonly WrongRead[]): readonly Meter[] {
  if (wrong.length === 0) return meters;
  return meters.map((meter) => {
    if (meter.kind !== "unknown") return meter;
    const found = wrong.find(({ path }) => `.${meter.path}`.endsWith(`.${path}`));
    return found ? { ...unpriced(found.what, meter.path, meter.place), replica: meter.replica } : meter;
  });
}

/** Surely billed: neither declared nor from memory. */
function isKnown(line: CostLine): boolean {
  return line.basis === "list-price" && !isFromMemory(line);
}

function sideOf({ urn, standby }: Pick<CostLine, "urn" | "standby">): string {
  return `${urn} ${standby}`;
}

function unknownProperty(path: string): Problem {
  return { kind: "input", path, why: `${path} is not known yet` };
}
