/** The part of dynalite that the rehearsal uses; the package has no types of its own. */
declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** Milliseconds that a table stays in CREATING; 500 unless set. */
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    /** Directory of the store; in memory when not set. */
    path?: string;
  }

  /** A DynamoDB-compatible server that does not listen yet. It knows nothing of regions. */
  function dynalite(options?: DynaliteOptions): Server;
  export = dynalite;
}
