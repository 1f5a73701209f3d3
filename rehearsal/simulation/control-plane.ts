import type { InvariantWatch } from "./invariants";

/**
 * The only way in which a play can change records or health checks: Route 53's API, which runs in us-east-1 alone
 * ("Fault Isolation Boundaries", Route 53 control plane). Failing over must never need it.
 */
export class ControlPlane {
  private isAvailable = true;

  constructor(private readonly watch: InvariantWatch) {}

  lose(): void {
    this.isAvailable = false;
  }

  restore(): void {
    this.isAvailable = true;
  }

  /** Makes a change, or reports that something needed one that could not be made. */
  change(what: string, apply: () => void): void {
    if (!this.attempt(what, apply)) this.watch.controlPlaneNeeded(what);
  }

  /** Makes a change that nothing needs, and tells whether it was made: a person's, which may be refused. */
  attempt(what: string, apply: () => void): boolean {
    if (!this.isAvailable) return false;
    this.watch.changed(what);
    apply();
    return true;
  }
}
