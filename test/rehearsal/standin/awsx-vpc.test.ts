import assert from "node:assert/strict";
import path from "node:path";
import type { Properties } from "../../../model/unknown";
import { type Child, constructVpc } from "../../../rehearsal/standin/awsx-vpc";
import { runUnderMocks } from "../../../rehearsal/standin/run-program";
import { tearDown } from "../../../rehearsal/standin/teardown";
import { refusal } from "./aws/account-fixture";

const ZONES = ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"];
const PUBLIC: Properties = {
  natGateways: { strategy: "None" },
  numberOfAvailabilityZones: 1,
  subnetSpecs: [{ type: "Public" }],
};

function constructed(args: Properties) {
  const children: Child[] = [];
  const result = constructVpc({ urn: "urn", name: "web", args }, ZONES, (child) => {
    children.push(child);
    const id = `${child.type.split(":").at(-1)} ${child.name}`;
    return { urn: `urn ${id}`, id };
  });
  return { ...result, children };
}

const blocks = (args: Properties) =>
  constructed(args)
    .children.filter(({ type }) => type === "aws:ec2/subnet:Subnet")
    .map(({ inputs }) => [inputs.availabilityZone, inputs.cidrBlock]);

describe("standin/awsx-vpc", () => {
  it("makes what awsx makes of one public subnet without NAT", () => {
    const { children, outputs, dependencies } = constructed({ ...PUBLIC, tags: { role: "primary" } });
    const tags = { Name: "web", role: "primary" };
    const subnetTags = { Name: "web-public-1", role: "primary", SubnetType: "Public" };
    const [vpc, igw, subnet, table] = [
      "Vpc web",
      "InternetGateway web",
      "Subnet web-public-1",
      "RouteTable web-public-1",
    ];
    assert.deepEqual(
      children.map(({ type, name, parent, inputs }) => [type, name, parent, inputs]),
      [
        ["aws:ec2/vpc:Vpc", "web", "urn", { cidrBlock: "10.0.0.0/16", tags }],
        ["aws:ec2/internetGateway:InternetGateway", "web", `urn ${vpc}`, { vpcId: vpc, tags }],
        [
          "aws:ec2/subnet:Subnet",
          "web-public-1",
          `urn ${vpc}`,
          {
            vpcId: vpc,
            assignIpv6AddressOnCreation: false,
            availabilityZone: "us-west-2a",
            cidrBlock: "10.0.0.0/20",
            mapPublicIpOnLaunch: true,
            tags: subnetTags,
          },
        ],
        ["aws:ec2/routeTable:RouteTable", "web-public-1", `urn ${subnet}`, { vpcId: vpc, tags: subnetTags }],
        [
          "aws:ec2/routeTableAssociation:RouteTableAssociation",
          "web-public-1",
          `urn ${table}`,
          { routeTableId: table, subnetId: subnet },
        ],
        [
          "aws:ec2/route:Route",
          "web-public-1",
          `urn ${table}`,
          { destinationCidrBlock: "0.0.0.0/0", gatewayId: igw, routeTableId: table },
        ],
      ],
    );
    assert.deepEqual(outputs, {
      vpcId: vpc,
      publicSubnetIds: [subnet],
      privateSubnetIds: [],
      isolatedSubnetIds: [],
    });
    const made = [`urn ${vpc}`, `urn ${subnet}`];
    assert.deepEqual(dependencies, { vpcId: made, publicSubnetIds: made });
  });

  it("shares the block evenly among the zones", () => {
    assert.deepEqual(blocks({ ...PUBLIC, numberOfAvailabilityZones: 2 }), [
      ["us-west-2a", "10.0.0.0/20"],
      ["us-west-2b", "10.0.128.0/20"],
    ]);
    assert.deepEqual(blocks({ ...PUBLIC, numberOfAvailabilityZones: undefined }), [
      ["us-west-2a", "10.0.0.0/20"],
      ["us-west-2b", "10.0.64.0/20"],
      ["us-west-2c", "10.0.128.0/20"],
    ]);
    assert.deepEqual(blocks({ ...PUBLIC, cidrBlock: "10.7.0.0/24" }), [["us-west-2a", "10.7.0.0/24"]]);
    const masked = { subnetSpecs: [{ type: "Public", cidrMask: 26 }], subnetStrategy: "Auto" };
    assert.deepEqual(blocks({ ...PUBLIC, ...masked }), [["us-west-2a", "10.0.0.0/26"]]);
    const named = { numberOfAvailabilityZones: undefined, availabilityZoneNames: ["us-west-2d"] };
    assert.deepEqual(blocks({ ...PUBLIC, ...named }), [["us-west-2d", "10.0.0.0/20"]]);
  });

  it("refuses what it does not play, all at once", () => {
    const start = 'awsx:ec2:Vpc "web":';
    const end = "rehearse an exported state with --state FILE";
    assert.deepEqual(
      refusal(() => constructed({ vpcEndpointSpecs: [] })),
      [
        `${start} vpcEndpointSpecs is not known to the stand-in; ${end}`,
        `${start} natGateways.strategy is not "None", and a NAT gateway bills while idle; ${end}`,
        `${start} subnetSpecs is not one of type "Public"; ${end}`,
      ],
    );
    assert.equal(refusal(() => constructed({ ...PUBLIC, subnetStrategy: "Auto" })).length, 1);
    assert.deepEqual(
      refusal(() => constructed({ ...PUBLIC, numberOfAvailabilityZones: 5 })),
      [
        `${start} the region has 4 zones, got numberOfAvailabilityZones 5; name the zones in availabilityZoneNames`,
      ],
    );
  });

  it("stands up under the mock monitor in the provider's region, and is torn down whole", async function () {
    this.timeout(30_000);
    const projectDir = path.join(__dirname, "fixtures", "cases");
    const run = await runUnderMocks({ projectDir, stack: "dev", config: { case: "network" } });
    assert.ok(run.kind === "ok", JSON.stringify(run));
    const names = run.resources
      .filter(({ type }) => type.startsWith("aws:") || type.startsWith("awsx:"))
      .map(({ urn, properties }) => [urn.split("::").slice(2).join("::"), properties.region]);
    const inside = "awsx:ec2:Vpc$aws:ec2/vpc:Vpc";
    const subnet = `${inside}$aws:ec2/subnet:Subnet`;
    const table = `${subnet}$aws:ec2/routeTable:RouteTable`;
    const made = [
      "aws:ec2/eip:Eip::address",
      "aws:ec2/instance:Instance::server",
      `${inside}$aws:ec2/internetGateway:InternetGateway::web`,
      `${table}$aws:ec2/route:Route::web-public-1`,
      `${table}$aws:ec2/routeTableAssociation:RouteTableAssociation::web-public-1`,
      `${table}::web-public-1`,
      `${subnet}::web-public-1`,
      `${inside}::web`,
    ].map((name): [string, unknown] => [name, "us-west-2"]);
    assert.deepEqual(names.sort(), [...made, ["awsx:ec2:Vpc::web", undefined] as [string, unknown]].sort());
    const server = run.resources.find(({ name }) => name === "server");
    assert.equal(server?.properties.availabilityZone, "us-west-2a");
    assert.ok(server?.dependencies.some((urn) => urn.endsWith("aws:ec2/subnet:Subnet::web-public-1")));
    assert.deepEqual(tearDown(run.resources).left, []);
  });
});
