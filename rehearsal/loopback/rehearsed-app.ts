import type { Visit, VisitReply } from "./http-visit";
import type { Handler } from "./region-endpoint";
import type { Item } from "./store-wire";

/** Where one instance of the application runs. */
export interface AppPlace {
  readonly region: string;
  readonly tableName: string;
  /** URL of the region's store. */
  readonly dynamodbEndpoint: string;
}

export interface AppInstance {
  readonly handler: Handler;
  /** Ends connections that the application keeps. */
  close(): void;
}

/** What makes one write different from every other, across regions. */
export interface WriteMark {
  readonly version: number;
  readonly revision: string;
}

/** An application as the rehearsal visits it; what it stores is an item per id. */
export interface RehearsedApp {
  /** Routes of the HTTP API, such as `GET /healthz`. */
  readonly routeKeys: readonly string[];
  create(place: AppPlace): AppInstance;
  /** A visit that reads what the visit `write(id, ...)` wrote. */
  read(id: string): Visit;
  write(id: string, text: string): Visit;
  /** The mark of an acknowledged write, or undefined where the reply is no acknowledgement. */
  acknowledged(reply: VisitReply): WriteMark | undefined;
  /** Which region served; null where the reply does not say. */
  region(reply: VisitReply): string | null;
  /** The mark of a stored item, or undefined where the application did not write it. */
  stored(item: Item): (WriteMark & { readonly id: string }) | undefined;
}
