import * as pulumi from "@pulumi/pulumi";
import type { Outputs } from "./contract/outputs";
import { functionCode } from "./stacks/function-code";
import { type PendingOutputs, profileApi } from "./stacks/profile-api";
import { parseSettings, type Settings, type SystemName } from "./stacks/settings";

const SYSTEMS: Readonly<Record<SystemName, (settings: Settings) => Promise<PendingOutputs>>> = {
  "profile-api": (settings) => profileApi(settings, functionCode("profile-api")),
};

const parsed = parseSettings(pulumi.runtime.allConfig(), pulumi.getStack());
// A RunError is shown without a stack trace, and nothing is registered before it.
if (parsed.kind === "invalid") throw new pulumi.RunError(parsed.messages.join("\n"));

const outputs = SYSTEMS[parsed.settings.system](parsed.settings);

/** One output of the contract (`contract/outputs.ts`). Each by itself, so that one unknown value hides no other. */
function output<K extends keyof Outputs>(name: K): pulumi.Output<Outputs[K]> {
  return pulumi.output(outputs.then((values): unknown => values[name])) as pulumi.Output<Outputs[K]>;
}

export const schema = output("schema");
export const system = output("system");
export const environment = output("environment");
export const endpoints = output("endpoints");
export const regions = output("regions");
export const healthCheckId = output("healthCheckId");
export const table = output("table");
export const zoneId = output("zoneId");
export const records = output("records");
export const alarmTopicArns = output("alarmTopicArns");
export const rto = output("rto");
