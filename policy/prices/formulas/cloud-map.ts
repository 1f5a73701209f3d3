import { type Formula, monthly } from "./formula";
import { Inputs } from "./inputs";

const INSTANCE = "aws:servicediscovery/instance:Instance";

/** Cloud Map keeps the names of a DNS namespace in a hosted zone that it creates by itself. */
export const namespaceMeters: Formula = () =>
  monthly("hosted zone of the namespace", "route53/zone", "global", 1, {
    lever: "use an HTTP namespace, which has no zone",
  });

/** Free, unless Route 53 checks each of its instances; where these are is not told, so the dearer price is taken. */
export const discoveryServiceMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, "global");
  if (!inputs.has("healthCheckConfig")) return [];
  const type = inputs.text("healthCheckConfig.type", "HTTP");
  const declared = stack.referring(resource, "serviceId", INSTANCE).length;
  const count = Math.max(declared, 1);
  const note =
    declared === 0
      ? "one instance assumed; its endpoint is not told, so it is priced as one outside AWS"
      : "their endpoints are not told, so they are priced as outside AWS";
  const lever = "use healthCheckCustomConfig, which is free";
  return inputs.or([
    ...monthly("health check of an instance", "route53/health-check/other", "global", count, { note, lever }),
    ...monthly(
      "health check option: HTTPS",
      "route53/health-check-option/other",
      "global",
      type === "HTTPS" ? count : 0,
      { note, lever },
    ),
  ]);
};
