import type { AnswerSet } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import type { StackResource } from "../../model/stack-resource";
import type { FaultKind } from "../simulation/scenario";
import type { Doors } from "./doors";
import type { Visit, VisitReply } from "./http-visit";
import type { PlayedCheck, PlayedEndpoint } from "./play";
import type { RequestHandler } from "./region-endpoint";
import type { StoreTable } from "./region-store";
import type { Item } from "./store-wire";

/** The stack that an application is made for; nothing in it is unknown but what `plan` and `resources` say so of. */
export interface RehearsedStack {
  /** The name that visitors ask for, and whose member is lost. */
  readonly set: AnswerSet;
  readonly plan: FailoverPlan;
  /** The endpoint that fails, and those that serve then. */
  readonly primary: PlayedEndpoint;
  readonly others: readonly [PlayedEndpoint, ...PlayedEndpoint[]];
  /** Every endpoint that will be served, those outside the stack (kind `outside`) included. */
  readonly endpoints: readonly PlayedEndpoint[];
  /** The checks that probe them. */
  readonly checks: readonly PlayedCheck[];
  /** What the program registered; an application reads its own settings off it: pages, origins, token names. */
  readonly resources: readonly StackResource[];
}

/** Makes the application of one rehearsal. Nothing is opened before `serve`. */
export type MakeApp = (stack: RehearsedStack) => RehearsedApp | Promise<RehearsedApp>;

/** Where one endpoint of the application runs. */
export interface AppPlace {
  /** Null outside AWS. */
  readonly region: string | null;
  /** The stack's tables, in the order of the plan. */
  readonly tables: readonly StoreTable[];
  /** URL of the store of this region, or of the only one where the tables have no replica here; takes any credentials. */
  readonly dynamodbEndpoint: string | undefined;
}

/** What answers at one endpoint. */
export interface ServedEndpoint {
  readonly handle: RequestHandler;
  /** Ends whatever the application keeps for it. */
  close?(): void | Promise<void>;
}

/** One kind of visitor; all of a group do the same, each with a resolver of their own. */
export interface VisitorGroup {
  /** `https visitors`; shown where an application has several groups. */
  readonly name: string;
  /** HTTPS goes to port 443 with the visited name as server name, HTTP to port 80. */
  readonly scheme: "http" | "https";
  /** Request number 0, 1, 2, ... of one visitor. Redirects are followed as a browser does, through DNS. */
  visit(number: number): Visit;
  /** Whether the visitor got what they came for; a status below 400 unless given. */
  isServed?(reply: VisitReply): boolean;
  /** Who served, such as a region; null where the reply does not say. */
  servedBy(reply: VisitReply): string | null;
  /** Whether they remember permanent redirects and that a host wants HTTPS only (HSTS); false unless given. */
  readonly isBrowser?: boolean;
  /**
   * Why the others do not serve these visitors while the primary is away, in one line: what they meet is shown and
   * decides about nothing. Undefined where the promise covers them.
   */
  readonly notCovered?: string;
}

/** What makes one write different from every other, across regions. */
export interface WriteMark {
  readonly version: number;
  readonly revision: string;
}

/** Writes that go through the failover name without a pause, so that lost ones can be counted. */
export interface AppWrites {
  readonly scheme: "http" | "https";
  write(id: string, text: string): Visit;
  /** The mark of an acknowledged write, or undefined where the reply is no acknowledgement. */
  acknowledged(reply: VisitReply): WriteMark | undefined;
  /** Who acknowledged; null where the reply does not say. */
  servedBy(reply: VisitReply): string | null;
  /**
   * How a promise is looked up in the stores afterwards: an acknowledged write that the others' store does not show
   * is lost. Without it a write is lost exactly when nobody acknowledged it.
   */
  readonly stored?: {
    /** Name of the table. */
    readonly table: string;
    /** The whole key under which `write(id, ...)` stores; `mark` is that of its acknowledgement, where it had one. */
    key(id: string, mark?: WriteMark): Item;
    /** The mark of a stored item, or undefined where no write of the rehearsal made it. */
    mark(item: Item): (WriteMark & { readonly id: string }) | undefined;
  };
}

/**
 * A thing that can fail besides the primary's endpoint, such as an origin behind a distribution. Each is an act of
 * its own after the failure of the primary, with the same kind of fault.
 */
export interface FaultPlace {
  /** `primary-region`. */
  readonly name: string;
  /** One line for people: what is lost. */
  readonly title: string;
  /**
   * `cutover`: visitors are led to the others; `absorbed`: no request fails, and DNS stays as it is; `all-named`:
   * nobody can serve, and DNS goes on naming the members of the set as if all were healthy.
   */
  readonly expectation: "cutover" | "absorbed" | "all-named";
  /** URNs of the endpoints whose own switches are thrown. */
  readonly endpoints?: readonly string[];
  /** Where `all-named` is expected: URNs of endpoints that DNS names while all are down, the likeliest first. */
  readonly named?: readonly string[];
  /** Breaks what the application keeps behind its endpoints; `heal` mends it. */
  inject?(fault: FaultKind): void | Promise<void>;
  heal?(): void | Promise<void>;
}

/** An application as the rehearsal serves and visits it; README.md tells how one is written. */
export interface RehearsedApp {
  /** What listens at an endpoint; by its kind (`doorsOf` of doors.ts) where this is missing or says undefined. */
  doors?(endpoint: PlayedEndpoint): Doors | undefined;
  /** Called once for every endpoint of the stack, before anybody visits or probes. */
  serve(endpoint: PlayedEndpoint, place: AppPlace): ServedEndpoint | Promise<ServedEndpoint>;
  /** Of several groups the first is the one that the figures are named after; the promise covers it. */
  readonly visitors: readonly [VisitorGroup, ...VisitorGroup[]];
  readonly writes?: AppWrites;
  /** Visits to make at each endpoint before the clock counts: cold starts are not played. None unless given. */
  warmUp?(endpoint: PlayedEndpoint): readonly Visit[];
  readonly faultPlaces?: readonly FaultPlace[];
}
