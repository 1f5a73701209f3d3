import { HOURS_PER_MONTH } from "../../model/money";
import type { StackResource } from "../../model/stack-resource";
import { appRunnerMeters } from "./formulas/containers";
import { amountText, countedText } from "./formulas/formula";
import { Inputs } from "./formulas/inputs";
import type { ProbeCost } from "./function-traffic";
import type { Meter } from "./meter";
import type { PricedStack } from "./priced-stack";

const SERVICE = "aws:apprunner/service:Service";
const UNITS_PER_VCPU = 1024;

/**
 * What probes cost at an App Runner service: an instance that answers is active, and bills its vCPU besides the memory
 * that it keeps anyway (App Runner API reference, AutoScalingConfiguration MinSize). Every checker asks at least twice
 * a minute, so the instances count as active all the month, which is the bound.
 */
export function appRunnerTraffic(asked: StackResource, probes: number, stack: PricedStack): ProbeCost[] {
  if (asked.type !== SERVICE) return [];
  const resource = stack.asWritten(asked);
  return [{ resource, meters: vcpuMeters(resource, probes, stack) }];
}

function vcpuMeters(service: StackResource, probes: number, stack: PricedStack): Meter[] {
  const place = stack.regionOf(service);
  const inputs = new Inputs(service.properties, place);
  const size = inputs.numeral(CPU, "1 vCPU");
  const vcpus = vcpusIn(size);
  if (inputs.sound && vcpus === undefined) inputs.refuse("cpu is not a size", CPU);
  const each = vcpus ?? 0;
  const kept = instancesKept(service, stack).map((meter): Meter => {
    if (meter.kind !== "metered") return meter;
    const count = meter.quantity / HOURS_PER_MONTH;
    const instances = countedText(count, "instance");
    return {
      kind: "metered",
      item: `App Runner vCPU, ${instances} of ${amountText(each, "vCPU")} kept active by ${probes} probes`,
      price: "app-runner/vcpu",
      place,
      quantity: meter.quantity * each,
      note: "every instance that minSize keeps is assumed active all month, which is the bound",
      lever: "set cpu to 256, the smallest, and minSize to 1",
    };
  });
  return inputs.or(kept);
}

const CPU = "instanceConfiguration.cpu";

/** The hours of the instances that are kept, of 1 GB each, or why they cannot be counted. */
function instancesKept(service: StackResource, stack: PricedStack): readonly Meter[] {
  const ofOneGb = { ...service.properties, instanceConfiguration: { memory: "1 GB" } };
  return appRunnerMeters({ ...service, properties: ofOneGb }, stack);
}

/** `1024` and `1 vCPU` are the same size (App Runner API reference, InstanceConfiguration Cpu). */
function vcpusIn(size: string): number | undefined {
  const [, amount, word] = /^\s*(\d+(?:\.\d+)?)\s*(vcpu)?\s*$/i.exec(size) ?? [];
  const vcpus = Number(amount) / (word === undefined ? UNITS_PER_VCPU : 1);
  return vcpus > 0 ? vcpus : undefined;
}
