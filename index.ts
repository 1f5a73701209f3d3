import * as pulumi from "@pulumi/pulumi";
import { functionCode } from "./stacks/function-code";
import type { PendingOutputs } from "./stacks/pending-outputs";
import { parseSettings, type Settings, type SettingsBySystem, type SystemName } from "./stacks/settings";

/** Loads and builds each system; the program loads only the one that the stack names. */
const SYSTEMS: { readonly [N in SystemName]: (settings: SettingsBySystem[N]) => Promise<PendingOutputs> } = {
  "profile-api": (settings) =>
    (require("./stacks/profile-api") as typeof import("./stacks/profile-api")).profileApi(
      settings,
      functionCode("profile-api"),
    ),
  "homelab-assistant": (settings) =>
    (require("./stacks/homelab-assistant") as typeof import("./stacks/homelab-assistant")).homelabAssistant(
      settings,
      functionCode("assistant"),
    ),
  "data-relay": (settings) =>
    (require("./stacks/data-relay") as typeof import("./stacks/data-relay")).dataRelay(settings),
  "static-site": (settings) =>
    (require("./stacks/static-site") as typeof import("./stacks/static-site")).staticSite(settings),
  "web-server": (settings) =>
    (require("./stacks/web-server") as typeof import("./stacks/web-server")).webServer(settings),
};

const parsed = parseSettings(pulumi.runtime.allConfig(), pulumi.getStack());
// A RunError is shown without a stack trace, and nothing is registered before it.
if (parsed.kind === "invalid") throw new pulumi.RunError(parsed.messages.join("\n"));

const build = SYSTEMS[parsed.settings.system] as (settings: Settings) => Promise<PendingOutputs>;
const outputs = build(parsed.settings);

/** Pulumi awaits an exported function and shows every field of what it gives: those that the system has. */
export = (): Promise<PendingOutputs> => outputs;
