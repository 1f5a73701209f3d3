import { HstsMemory } from "./hsts";
import { KeptRedirects } from "./kept-redirects";

/** What makes a browser that was here before come otherwise than it was told to. */
export interface BrowserMemory {
  readonly hsts: HstsMemory;
  readonly redirects: KeptRedirects;
}

/** Of a browser that has been nowhere yet. */
export function emptyMemory(): BrowserMemory {
  return { hsts: new HstsMemory(), redirects: new KeptRedirects() };
}
