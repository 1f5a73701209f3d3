import type { RehearsedApp, RehearsedStack } from "../rehearsed-app";

/** An application of the registry. */
export interface RegisteredApp {
  /** Whether it keeps data in the stack's tables, which must then be known. */
  readonly needsTables: boolean;
  /** Loads the application's own code only when it is played; nothing is opened yet. */
  make(stack: RehearsedStack): RehearsedApp | Promise<RehearsedApp>;
}

const APPS: Readonly<Record<string, RegisteredApp>> = {
  "data-relay": { needsTables: false, make: (stack) => dataRelay().dataRelayApp(stack) },
  "homelab-assistant": {
    needsTables: true,
    make: (stack) => homelabAssistant().homelabAssistantApp(stack),
  },
  "profile-api": { needsTables: true, make: (stack) => profileApi().profileApiApp(stack) },
  "static-site": { needsTables: false, make: (stack) => staticSite().staticSiteApp(stack) },
  "web-server": { needsTables: false, make: (stack) => webServer().webServerApp(stack) },
};

/** What is played of a stack that none of the systems has made. */
const STUBS: RegisteredApp = { needsTables: false, make: (stack) => stubs().stubApp(stack) };

/** The application of a system; stub endpoints for a system that has none of its own. */
export function appOf(system: string): RegisteredApp {
  return Object.hasOwn(APPS, system) ? (APPS[system] ?? STUBS) : STUBS;
}

const dataRelay = () => require("./data-relay") as typeof import("./data-relay");
const homelabAssistant = () => require("./homelab-assistant") as typeof import("./homelab-assistant");
const profileApi = () => require("./profile-api") as typeof import("./profile-api");
const staticSite = () => require("./static-site") as typeof import("./static-site");
const webServer = () => require("./web-server") as typeof import("./web-server");
const stubs = () => require("./stubs") as typeof import("./stubs");
