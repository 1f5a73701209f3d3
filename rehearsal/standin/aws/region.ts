export interface Region {
  readonly name: string;
  /** Zone that alias records to API Gateway's regional host names point at. */
  readonly apiGatewayZoneId: string;
  readonly location: string;
}

/**
 * The regions of the `aws` partition with the hosted zones of API Gateway's regional endpoints, from AWS's
 * "Amazon API Gateway endpoints and quotas".
 */
const REGIONS: readonly Region[] = [
  ["us-east-1", "Z1UJRXOUMOOFQ8", "US East (N. Virginia)"],
  ["us-east-2", "ZOJJZC49E0EPZ", "US East (Ohio)"],
  ["us-west-1", "Z2MUQ32089INYE", "US West (N. California)"],
  ["us-west-2", "Z2OJLYMUO9EFXC", "US West (Oregon)"],
  ["af-south-1", "Z2DHW2332DAMTN", "Africa (Cape Town)"],
  ["ap-east-1", "Z3FD1VL90ND7K5", "Asia Pacific (Hong Kong)"],
  ["ap-northeast-1", "Z1YSHQZHG15GKL", "Asia Pacific (Tokyo)"],
  ["ap-northeast-2", "Z20JF4UZKIW1U8", "Asia Pacific (Seoul)"],
  ["ap-northeast-3", "Z22ILHG95FLSZ2", "Asia Pacific (Osaka)"],
  ["ap-south-1", "Z3VO1THU9YC4UR", "Asia Pacific (Mumbai)"],
  ["ap-south-2", "Z0853509Q1135NJ66RUH", "Asia Pacific (Hyderabad)"],
  ["ap-southeast-1", "ZL327KTPIQFUL", "Asia Pacific (Singapore)"],
  ["ap-southeast-2", "Z2RPCDW04V8134", "Asia Pacific (Sydney)"],
  ["ap-southeast-3", "Z10132843TYUYSLUG4HA3", "Asia Pacific (Jakarta)"],
  ["ap-southeast-4", "Z092189423Y7RJK61311D", "Asia Pacific (Melbourne)"],
  ["ap-southeast-5", "Z0314042F0KBUTZ3X5HF", "Asia Pacific (Malaysia)"],
  ["ca-central-1", "Z19DQILCV0OWEC", "Canada (Central)"],
  ["ca-west-1", "Z04745493436AWVTG1OQY", "Canada West (Calgary)"],
  ["eu-central-1", "Z1U9ULNL0V5AJ3", "Europe (Frankfurt)"],
  ["eu-central-2", "Z09222482MK253X48U76H", "Europe (Zurich)"],
  ["eu-north-1", "Z3UWIKFBOOGXPP", "Europe (Stockholm)"],
  ["eu-south-1", "Z3BT4WSQ9TDYZV", "Europe (Milan)"],
  ["eu-south-2", "Z02499852UI5HEQ5JVWX3", "Europe (Spain)"],
  ["eu-west-1", "ZLY8HYME6SFDD", "Europe (Ireland)"],
  ["eu-west-2", "ZJ5UAJN8Y3Z2Q", "Europe (London)"],
  ["eu-west-3", "Z3KY65QIEKYHQQ", "Europe (Paris)"],
  ["il-central-1", "Z07264553HBI44N5X2CKP", "Israel (Tel Aviv)"],
  ["me-central-1", "Z08780021BKYYY8U0YHTV", "Middle East (UAE)"],
  ["me-south-1", "Z20ZBPC0SS8806", "Middle East (Bahrain)"],
  ["sa-east-1", "ZCMLWB8V5SYIT", "South America (Sao Paulo)"],
].map(([name = "", apiGatewayZoneId = "", location = ""]) => ({ name, apiGatewayZoneId, location }));

const BY_NAME: ReadonlyMap<string, Region> = new Map(REGIONS.map((region) => [region.name, region]));

export function regionByName(name: string): Region | undefined {
  return BY_NAME.get(name);
}

/** The region whose regional API Gateway host names live in this zone. */
export function apiGatewayRegionOfZone(zoneId: string): string | undefined {
  return REGIONS.find(({ apiGatewayZoneId }) => apiGatewayZoneId === zoneId)?.name;
}

/** Why `name` is no region, or undefined if it is one. */
export function regionProblem(name: string): string | undefined {
  if (BY_NAME.has(name)) return undefined;
  return `region is ${JSON.stringify(name)}, which is no AWS region; write it as us-east-1 or us-west-2`;
}

/** Names of all regions, us-east-1 first. */
export function regionNames(): string[] {
  return REGIONS.map(({ name }) => name);
}
