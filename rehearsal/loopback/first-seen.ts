/** The first time, from a moment on, that something was seen: an answer or a served request of one endpoint. */
export class FirstSeen {
  private endpoint: string | undefined;
  private sinceSeconds = 0;
  private foundSeconds: number | undefined;

  /** Forgets what was seen and looks out for `endpoint` from `sinceSeconds` on. */
  lookFor(endpoint: string, sinceSeconds: number): void {
    this.endpoint = endpoint;
    this.sinceSeconds = sinceSeconds;
    this.foundSeconds = undefined;
  }

  see(endpoint: string | null, atSeconds: number): void {
    if (endpoint !== this.endpoint || atSeconds < this.sinceSeconds) return;
    this.foundSeconds ??= atSeconds;
  }

  /** Seconds between that moment and the sight; null while it has not come. */
  get afterSeconds(): number | null {
    if (this.foundSeconds === undefined) return null;
    return Math.round((this.foundSeconds - this.sinceSeconds) * 1_000) / 1_000;
  }
}
