import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const ACTIVATION = "aws:ssm/activation:Activation";
const SERVER = "aws:transfer/server:Server";
const APP = "aws:transfer/webApp:WebApp";

const MEMORY = { "memory ": "its price is from memory, which may refuse and never pass" };
const tier = (settingValue: string) =>
  standby("aws:ssm/serviceSetting:ServiceSetting", "tier", {
    settingId: "arn:aws:ssm:us-west-2:123456789012:servicesetting/ssm/managed-instance/activation-tier",
    settingValue,
  });

const CASES: readonly Case[] = [
  ["a node outside AWS", ACTIVATION, {}, { "managed node outside AWS": 5_073_500 }],
  ["ten of them", ACTIVATION, { registrationLimit: 10 }, { "10 x managed node outside AWS": 50_735_000 }],
  ["as many as the standard tier takes", ACTIVATION, { registrationLimit: 1000 }, {}, [tier("standard")]],
  [
    "one more than the standard tier takes",
    ACTIVATION,
    { registrationLimit: 1001 },
    { "1001 x managed node outside AWS": 5_078_573_500 },
    [tier("standard")],
  ],
  [
    "an unknown number of nodes in the standard tier",
    ACTIVATION,
    { registrationLimit: UNKNOWN },
    { "input registrationLimit": "registrationLimit is not known yet" },
    [tier("standard")],
  ],
  [
    "a node in the advanced tier",
    ACTIVATION,
    {},
    { "managed node outside AWS": 5_073_500 },
    [tier("advanced")],
  ],
  [
    "an unknown number of nodes",
    ACTIVATION,
    { registrationLimit: UNKNOWN },
    { "input registrationLimit": "registrationLimit is not known yet" },
  ],
  ["a transfer server", SERVER, {}, { "protocol of a transfer server": 219_000_000 }],
  [
    "a transfer server of two protocols",
    SERVER,
    { protocols: ["SFTP", "FTPS"] },
    { "2 x protocol of a transfer server": 438_000_000 },
  ],
  [
    "a transfer server of unknown protocols",
    SERVER,
    { protocols: UNKNOWN },
    { "input protocols": "protocols is not known yet" },
  ],
  ["a transfer web app", APP, {}, { "unit of a transfer web app": 365_000_000, ...MEMORY }],
  [
    "a transfer web app of two units",
    APP,
    { webAppUnits: [{ provisioned: 2 }] },
    { "2 x unit of a transfer web app": 730_000_000, ...MEMORY },
  ],
  ["a budget action", "aws:budgets/budgetAction:BudgetAction", {}, { "budget action": 3_041_667, ...MEMORY }],
  [
    "a response plan",
    "aws:ssmincidents/responsePlan:ResponsePlan",
    {},
    { "incident response plan": 7_000_000, ...MEMORY },
  ],
];

describe("policy/prices/formulas/operations", () => {
  priceCases(CASES);
});
