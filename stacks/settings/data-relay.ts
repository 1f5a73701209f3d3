import { integerBetween, oneOf, type Reader } from "../setting-values";
import { checkPath } from "./check-path";
import {
  boundMeetsObjective,
  boundOf,
  type CommonSettings,
  cnameBelowApex,
  commonDeclared,
  commonSettingsOf,
  domainInZone,
} from "./common-settings";
import { type CrossRefusal, setting, systemReader, type ValuesOf } from "./declared-setting";
import { EXAMPLE_GATEWAYS, type GatewaySet, gatewaySet } from "./gateway-values";
import { recordTtlDeclared } from "./record-ttl";

/** What one stack of the data relay is, after validation. */
export interface DataRelaySettings extends CommonSettings<"data-relay", "HTTP" | "HTTPS"> {
  readonly gateways: GatewaySet;
  /** What the gateways speak to clients and to checkers. */
  readonly scheme: "http" | "https";
  readonly check: {
    readonly path: string;
    /** Undefined for the scheme's own. */
    readonly port: number | undefined;
  };
  readonly recordTtlSeconds: number;
}

const STANDARD_PORT = "standard";
const port = integerBetween(1, 65_535, 8080);

/** `standard` is the port of the scheme. */
const portOrStandard: Reader<number | undefined> = (text) => {
  if (text === STANDARD_PORT) return { kind: "value", value: undefined };
  const reading = port(text);
  if (reading.kind === "value") return reading;
  return { ...reading, allowed: `${STANDARD_PORT}, or ${reading.allowed}`, lever: STANDARD_PORT };
};

const declared = {
  ...commonDeclared({
    domainName: "relay.example.com",
    requestIntervalSeconds: 30,
    stackMonthlyBudgetUsd: "5",
  }),
  gateways: setting(EXAMPLE_GATEWAYS, gatewaySet),
  // The HTTPS option costs more than the check itself, and certificates are not validated anyway.
  gatewayScheme: setting("http", oneOf(["http", "https"], "http")),
  healthCheckPath: setting("/health", checkPath("/health")),
  healthCheckPort: setting(STANDARD_PORT, portOrStandard),
  ...recordTtlDeclared,
};

type Values = ValuesOf<typeof declared>;

export const dataRelayReader = systemReader({
  declared,
  crossCheck: (values) => [
    ...domainInZone(values),
    ...gatewayNamesBelowApex(values),
    ...leadsElsewhere(values),
    ...boundMeetsObjective(values, checkType(values), values.recordTtlSeconds),
  ],
  settingsOf: (values, stack): DataRelaySettings => {
    const base = commonSettingsOf("data-relay", checkType(values), values, stack);
    return {
      ...base,
      gateways: values.gateways,
      scheme: values.gatewayScheme,
      check: { path: values.healthCheckPath, port: values.healthCheckPort },
      recordTtlSeconds: values.recordTtlSeconds,
      bound: boundOf(base.healthCheck, values.recordTtlSeconds),
    };
  },
});

function checkType({ gatewayScheme }: Partial<Values>): "HTTP" | "HTTPS" {
  return gatewayScheme === "https" ? "HTTPS" : "HTTP";
}

function gatewayNamesBelowApex(values: Partial<Values>): CrossRefusal[] {
  if (values.gateways?.recordType !== "CNAME") return [];
  return cnameBelowApex(values, (apex) => ({
    name: "domainName",
    because: "the apex of its zone, where DNS has no CNAME, and the gateways are host names",
    allowed: "a name below the apex, or gateways with addresses",
    lever: `relay.${apex}`,
  }));
}

/** A gateway that is the relay's own name would answer with itself. */
function leadsElsewhere({ domainName, gateways }: Partial<Values>): CrossRefusal[] {
  const own = gateways?.members.find(({ target }) => target === domainName);
  if (own === undefined) return [];
  return [
    {
      name: "gateways",
      because: `but ${own.name} leads to domainName, which the gateways answer for`,
      allowed: "each gateway's own host name or address",
      lever: `${own.name}=${own.name}.example.net@${own.weight} and the others as they are`,
    },
  ];
}
