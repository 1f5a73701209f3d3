import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, priced, primary, standby } from "../meters";

const DIRECTORY = "aws:directoryservice/directory:Directory";
const SHARED = "aws:directoryservice/sharedDirectory:SharedDirectory";
const REGION = "aws:directoryservice/serviceRegion:ServiceRegion";
const DESKTOP = "aws:workspaces/workspace:Workspace";
const FLEET = "aws:appstream/fleet:Fleet";
const GRAFANA = "aws:grafana/workspace:Workspace";

const microsoft = (properties = {}) =>
  standby(DIRECTORY, "ad", { type: "MicrosoftAD", edition: "Standard", ...properties }, { id: "d-1" });

const NO_DIRECTORY = "its directory is not in this stack, so its edition cannot be read";

const CASES: readonly Case[] = [
  ["a simple directory", DIRECTORY, {}, { "simple-ad large, 2 controllers": 219_000_000 }],
  ["a small directory", DIRECTORY, { size: "Small" }, { "simple-ad small, 2 controllers": 73_000_000 }],
  [
    "a connector",
    DIRECTORY,
    { type: "ADConnector", size: "Small" },
    { "ad-connector small, 2 controllers": 73_000_000 },
  ],
  [
    "a connector of a size without a price",
    DIRECTORY,
    { type: "ADConnector" },
    { "price ": "the list has no price for ad-connector large, 2 controllers" },
  ],
  [
    "Microsoft's directory, Enterprise where nothing is said",
    DIRECTORY,
    { type: "MicrosoftAD" },
    { "microsoft-ad enterprise, 2 controllers": 292_000_000 },
  ],
  [
    "Microsoft's directory with three controllers",
    DIRECTORY,
    { type: "MicrosoftAD", edition: "Standard", desiredNumberOfDomainControllers: 3 },
    { "microsoft-ad standard, 3 controllers": 131_400_000 },
  ],
  [
    "a directory that counts fewer controllers than there can be",
    DIRECTORY,
    { type: "MicrosoftAD", edition: "Standard", desiredNumberOfDomainControllers: 1 },
    { "microsoft-ad standard, 2 controllers": 87_600_000 },
  ],
  ["a directory of an unknown type", DIRECTORY, { type: UNKNOWN }, { "input type": "type is not known yet" }],
  [
    "a directory of an absurd type",
    DIRECTORY,
    { type: "constructor" },
    { "price ": "the list has no price for constructor large, 2 controllers" },
  ],
  [
    "a shared directory",
    SHARED,
    { directoryId: "d-1" },
    { "directory shared with an account, standard": 13_140_000 },
    [microsoft()],
  ],
  [
    "a shared directory of an edition without a price",
    SHARED,
    { directoryId: "d-1" },
    { "price ": "the list has no price for directory shared with an account, enterprise" },
    [microsoft({ edition: "Enterprise" })],
  ],
  ["a shared directory of elsewhere", SHARED, { directoryId: "d-2" }, { "price directoryId": NO_DIRECTORY }],
  [
    "a directory in one more region",
    REGION,
    { directoryId: "d-1", regionName: "us-east-1" },
    { "microsoft-ad standard, 2 controllers": 87_600_000 },
    [microsoft()],
  ],
  [
    "a directory in a region without a price",
    REGION,
    { directoryId: "d-1", regionName: "eu-west-1", desiredNumberOfDomainControllers: 4 },
    { "price ": "the list has no price for microsoft-ad standard, 4 controllers in eu-west-1" },
    [microsoft()],
  ],
  [
    "a directory in an unknown region",
    REGION,
    { directoryId: "d-1", regionName: UNKNOWN },
    { "input regionName": "regionName is not known yet" },
    [microsoft()],
  ],
  [
    "a region of a directory elsewhere",
    REGION,
    { directoryId: "d-2" },
    { "price directoryId": NO_DIRECTORY },
  ],
  [
    "a desktop whose bundle is all that is said",
    DESKTOP,
    { bundleId: "wsb-1" },
    { "price workspaceProperties": "its bundle decides its size" },
  ],
  ["a desktop", DESKTOP, { workspaceProperties: {} }, { "VALUE desktop, ALWAYS_ON": 25_000_000 }],
  [
    "a larger desktop with the volumes of its bundle",
    DESKTOP,
    { workspaceProperties: { computeTypeName: "STANDARD", rootVolumeSizeGib: 80, userVolumeSizeGib: 50 } },
    { "STANDARD desktop, ALWAYS_ON": 35_000_000 },
  ],
  [
    "a desktop with a larger volume",
    DESKTOP,
    { workspaceProperties: { userVolumeSizeGib: 11 } },
    {
      "VALUE desktop, ALWAYS_ON": 25000000,
      "price workspaceProperties": "volumes larger than the bundle's have no price in the list",
    },
  ],
  [
    "a desktop of a kind without a price",
    DESKTOP,
    { workspaceProperties: { computeTypeName: "GRAPHICS_G4DN", userVolumeSizeGib: 100 } },
    { "price ": "the list has no price for GRAPHICS_G4DN desktop, ALWAYS_ON" },
  ],
  [
    "a desktop that stops by itself",
    DESKTOP,
    { workspaceProperties: { runningMode: "AUTO_STOP" } },
    { "price ": "the list has no price for VALUE desktop, AUTO_STOP" },
  ],
  [
    "a desktop of an unknown kind",
    DESKTOP,
    { workspaceProperties: UNKNOWN },
    {
      "input workspaceProperties.computeTypeName": "workspaceProperties.computeTypeName is not known yet",
      "input workspaceProperties.rootVolumeSizeGib": "workspaceProperties.rootVolumeSizeGib is not known yet",
      "input workspaceProperties.runningMode": "workspaceProperties.runningMode is not known yet",
      "input workspaceProperties.userVolumeSizeGib": "workspaceProperties.userVolumeSizeGib is not known yet",
    },
  ],
  [
    "a fleet of two",
    FLEET,
    {
      fleetType: "ALWAYS_ON",
      instanceType: "stream.standard.medium",
      computeCapacity: { desiredInstances: 2 },
    },
    { "2 x stream.standard.medium instance of a fleet": 146_000_000 },
  ],
  [
    "a fleet of none",
    FLEET,
    { instanceType: "stream.standard.large", computeCapacity: { desiredInstances: 0 } },
    {},
  ],
  [
    "a fleet of a size without a price",
    FLEET,
    { instanceType: "stream.graphics.g4dn.xlarge", computeCapacity: { desiredInstances: 1 } },
    { "price ": "the list has no price for stream.graphics.g4dn.xlarge instance of a fleet" },
  ],
  [
    "an elastic fleet",
    FLEET,
    { fleetType: "ELASTIC", instanceType: "stream.standard.medium" },
    { "price fleetType": "an Elastic fleet has no price in the list" },
  ],
  [
    "a fleet of sessions",
    FLEET,
    { instanceType: "stream.standard.medium", computeCapacity: { desiredSessions: 2 } },
    { "price computeCapacity.desiredSessions": "sessions are not instances, and their number is not told" },
  ],
  [
    "a fleet that says nothing",
    FLEET,
    {},
    {
      "price computeCapacity.desiredInstances": "computeCapacity.desiredInstances is not set",
      "price instanceType": "instanceType is not set",
    },
  ],
  ["a Grafana workspace", GRAFANA, {}, { "Grafana editors, 1 user assumed": 9_000_000 }],
];

describe("policy/prices/formulas/directories", () => {
  priceCases(CASES);

  it("names the size that has no price in another region", () => {
    assert.deepEqual(priced(DIRECTORY, { size: "Small", region: "eu-west-1" }), {
      "price ": "the list has no price for simple-ad small, 2 controllers in eu-west-1",
    });
  });

  it("counts the controllers of the standby's region for the standby", () => {
    const directory = primary(DIRECTORY, "ad", { type: "MicrosoftAD", edition: "Standard" }, { id: "d-1" });
    const copy = primary(REGION, "copy", { directoryId: "d-1", regionName: "us-west-2" });
    const table = primary("aws:dynamodb/table:Table", "t", {
      billingMode: "PAY_PER_REQUEST",
      replicas: [{ regionName: "us-west-2" }],
    });
    const lines = costOf([directory, copy, table]).lines.filter(({ type }) => type !== table.type);
    assert.deepEqual(
      lines.map(({ region, standby: counts, monthlyMicroUsd }) => [region, counts, monthlyMicroUsd]),
      [
        ["us-east-1", false, 87_600_000],
        ["us-west-2", true, 87_600_000],
      ],
    );
  });

  it("names the lever where there is one", () => {
    const hint = (type: string, properties = {}) =>
      costOf([standby(type, "one", properties)]).lines.map(({ lever, note }) => lever ?? note);
    const fleet = { instanceType: "stream.standard.medium", computeCapacity: { desiredInstances: 1 } };
    assert.deepEqual(hint(DIRECTORY, { type: "MicrosoftAD" }), ["set edition to Standard"]);
    assert.deepEqual(hint(DIRECTORY, { type: "MicrosoftAD", edition: "Standard" }), [undefined]);
    assert.deepEqual(hint(FLEET, { ...fleet, fleetType: "ALWAYS_ON" }), ["set fleetType to ON_DEMAND"]);
    assert.deepEqual(hint(FLEET, fleet), [
      "priced as running; an On-Demand fleet costs less while nobody is connected",
    ]);
  });

  it("prints the users that the settings assume", () => {
    assert.deepEqual(
      costOf([standby(GRAFANA, "g")], { workspaceUsers: 3 }).lines.map(({ item, monthlyMicroUsd }) => [
        item,
        monthlyMicroUsd,
      ]),
      [["Grafana editors, 3 users assumed", 27_000_000]],
    );
  });
});
