import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { costOf, priced, standby } from "../meters";

const INSTANCE = "aws:ec2/instance:Instance";
const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const GROUP = "aws:autoscaling/group:Group";
const BEANSTALK = "aws:elasticbeanstalk/environment:Environment";
const WINDOWS = "a Windows instance's licence has no price in the list";
const nano = { instanceType: "t4g.nano", associatePublicIpAddress: false };
const LINUX = { "t4g.nano instance, 730 h": 3_066_000, "root volume, 8 GB gp2 assumed": 800_000 };

describe("policy/prices/formulas/licence", () => {
  for (const type of [INSTANCE, SPOT]) {
    for (const [what, properties, problem] of [
      ["waits for password data", { getPasswordData: true }, { "price getPasswordData": WINDOWS }],
      ["has password data", { passwordData: "abc" }, { "price passwordData": WINDOWS }],
      [
        "waits for password data that is there",
        { getPasswordData: true, passwordData: "abc" },
        { "price passwordData": WINDOWS },
      ],
      [
        "may wait for password data",
        { getPasswordData: UNKNOWN },
        { "input getPasswordData": "getPasswordData is not known yet" },
      ],
      ["does not wait for any", { getPasswordData: false, passwordData: "" }, {}],
      ["says nothing of any", {}, {}],
    ] as [string, Properties, Record<string, string>][]) {
      it(`prices a machine that ${what}: ${type}`, () => {
        assert.deepEqual(priced(type, { ...nano, ...properties }), { ...LINUX, ...problem });
      });
    }
  }

  it("takes what the program left open at preview for absent, and waits for what it gave", () => {
    const planned = (properties: Properties, givenUnknown: readonly string[]) =>
      costOf(
        [
          {
            ...standby(INSTANCE, "one", { ...nano, ...properties }),
            id: UNKNOWN,
            propertyDependencies: {},
            givenUnknown,
          },
        ],
        {},
        "preview",
      ).unpriced.map(({ kind, path }) => `${kind} ${path}`);
    const open: Properties = { getPasswordData: UNKNOWN, passwordData: UNKNOWN };
    assert.deepEqual(planned(open, []), []);
    assert.deepEqual(planned(open, ["getPasswordData"]), ["input getPasswordData"]);
    assert.deepEqual(planned({ getPasswordData: true, passwordData: UNKNOWN }, []), [
      "price getPasswordData",
    ]);
  });

  it("counts what is declared for the licence beside the hours", () => {
    const machine = standby(INSTANCE, "one", { ...nano, getPasswordData: true });
    const report = costOf([machine], { allowMonthlyUsd: { [INSTANCE]: 5 } });
    assert.deepEqual([report.totalMicroUsd, report.unpriced], [8_866_000, []]);
    assert.equal(costOf([machine]).unpriced[0]?.part, true);
  });

  const image = (platformDetails: Properties[string]) =>
    standby("aws:ec2/ami:Ami", "image", { platformDetails, ebsBlockDevices: [] }, { id: "ami-1" });
  const licence = (platform: string) => `the licence of an image of ${platform} has no price in the list`;

  for (const [platform, refused] of [
    ["Windows", true],
    ["Red Hat Enterprise Linux", true],
    ["Linux/UNIX", false],
    ["Windows BYOL", false],
    ["", false],
    [UNKNOWN, false],
  ] as const) {
    it(`${refused ? "refuses" : "prices"} an image of the stack of ${String(platform) || "no platform"}`, () => {
      const expected = refused ? { "price ami": licence(String(platform)) } : {};
      assert.deepEqual(priced(INSTANCE, { ...nano, ami: "ami-1" }, [image(platform)]), {
        ...LINUX,
        ...expected,
      });
    });
  }

  it("does not know other images", () => {
    assert.deepEqual(priced(INSTANCE, { ...nano, ami: "ami-2" }, [image("Windows")]), LINUX);
  });

  it("reads the image of a template, unless the instance has its own", () => {
    const template = standby(
      TEMPLATE,
      "template",
      { imageId: "ami-1", networkInterfaces: [{ associatePublicIpAddress: "false" }] },
      { id: "lt-1" },
    );
    const on = { ...nano, launchTemplate: { id: "lt-1" } };
    const paths = (properties: Properties) =>
      Object.keys(priced(INSTANCE, properties, [template, image("Windows")])).filter((key) =>
        key.startsWith("price"),
      );
    assert.deepEqual(paths(on), ["price imageId"]);
    assert.deepEqual(paths({ ...on, ami: "ami-2" }), []);
  });

  it("reads the image of a launch configuration, where it starts anything", () => {
    const configuration = standby(
      CONFIGURATION,
      "configuration",
      { imageId: "ami-1", instanceType: "t4g.nano", enableMonitoring: false },
      { id: "lc-1" },
    );
    const group = (minSize: number) =>
      Object.entries(
        priced(GROUP, { launchConfiguration: "lc-1", minSize, maxSize: 1 }, [
          configuration,
          image("Windows"),
        ]),
      ).filter(([key]) => key.startsWith("price"));
    assert.deepEqual(group(1), [["price imageId", licence("Windows")]]);
    assert.deepEqual(group(0), []);
  });

  for (const [property, linux, windows] of [
    [
      "solutionStackName",
      "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
      "64bit Windows Server 2022 v2.15.0 running IIS 10.0",
    ],
    [
      "platformArn",
      "arn:aws:elasticbeanstalk:us-west-2::platform/Node.js 20 running on 64bit Amazon Linux 2023/6.1.0",
      "arn:aws:elasticbeanstalk:us-west-2::platform/IIS 10.0 running on 64bit Windows Server 2022/2.15.0",
    ],
  ] as const) {
    it(`refuses a Windows platform of Elastic Beanstalk by its ${property}`, () => {
      const setting = (namespace: string, name: string, value: string) => ({ namespace, name, value });
      const settings = [
        setting("aws:autoscaling:launchconfiguration", "InstanceType", "t3.micro"),
        setting("aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance"),
      ];
      const problems = (platform: string) =>
        Object.entries(priced(BEANSTALK, { settings, [property]: platform })).filter(([key]) =>
          key.startsWith("price"),
        );
      assert.deepEqual(problems(linux), []);
      assert.deepEqual(problems(windows), [[`price ${property}`, WINDOWS]]);
    });
  }
});
