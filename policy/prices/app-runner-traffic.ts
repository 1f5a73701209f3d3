import type { StackResource } from "../../model/stack-resource";
import { scalingSize, sizeIn, UNITS_PER_VCPU } from "./formulas/containers";
import { amountText, countedText, hourly } from "./formulas/formula";
import { Inputs } from "./formulas/inputs";
import type { ProbeCost } from "./function-traffic";
import type { Meter } from "./meter";
import type { PricedStack } from "./priced-stack";

const SERVICE = "aws:apprunner/service:Service";

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
  const vcpus = sizeIn(inputs.numeral(CPU, "1 vCPU"), "vcpu", UNITS_PER_VCPU);
  if (inputs.sound && vcpus === undefined) inputs.refuse("cpu is not a size", CPU);
  const each = vcpus ?? 0;
  const count = scalingSize(service, stack, inputs);
  const instances = `${countedText(count, "instance")} of ${amountText(each, "vCPU")}`;
  const item = `App Runner vCPU, ${instances} kept active by ${probes} probes`;
  const meters = hourly("", "app-runner/vcpu", place, count * each, {
    note: "every instance that minSize keeps is assumed active all month, which is the bound",
    lever: "set cpu to 256, the smallest, and minSize to 1",
  });
  return inputs.or(meters.map((meter) => ({ ...meter, item })));
}

const CPU = "instanceConfiguration.cpu";
