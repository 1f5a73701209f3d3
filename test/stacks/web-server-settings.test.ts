import assert from "node:assert/strict";
import { siteFolderPath } from "../../stacks/settings/site-folder-path";
import { nameIsBucketName } from "../../stacks/settings/website-name";
import { messagesOf, refusal, systemSettingsOf } from "./parsed-settings";

const messages = (values: Readonly<Record<string, string>>) =>
  messagesOf({ system: "web-server", ...values });
const read = (values: Readonly<Record<string, string>> = {}) => systemSettingsOf("web-server", values);

describe("stacks/settings/web-server", () => {
  it("is a nano instance and a page over HTTP unless set", () => {
    assert.deepEqual(read(), {
      system: "web-server",
      environment: "dev",
      failoverName: "web.example.com",
      zone: { kind: "existing", name: "example.com" },
      healthCheck: { type: "HTTP", requestIntervalSeconds: 30, failureThreshold: 3 },
      alerts: { kind: "topic" },
      objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: 20 },
      primaryRegion: "us-east-1",
      standbyRegion: "us-west-2",
      recordTtlSeconds: 60,
      healthCheckPath: "/health",
      instanceType: "t4g.nano",
      siteFolder: "site-server",
      maintenance: { folder: "site-maintenance", front: "website" },
      bound: {
        kind: "bound",
        detectionSeconds: 114,
        propagationSeconds: 30,
        ttlSeconds: 60,
        rtoSeconds: 204,
      },
    });
  });

  it("reads what is set", () => {
    const { recordTtlSeconds, instanceType, maintenance, siteFolder, bound } = read({
      recordTtlSeconds: "10",
      instanceType: "t3.micro",
      siteFolder: "pages/server/",
      maintenanceFolder: "pages/away",
      maintenanceCloudFront: "true",
    });
    assert.deepEqual(
      [recordTtlSeconds, instanceType, siteFolder, bound.rtoSeconds],
      [10, "t3.micro", "pages/server", 154],
    );
    assert.deepEqual(maintenance, { folder: "pages/away", front: "distribution" });
  });

  it("takes the types of instances whose images it looks up", () => {
    for (const type of ["t4g.nano", "t4g.micro", "t3.nano", "t3.micro"]) {
      assert.equal(read({ instanceType: type }).instanceType, type);
    }
    assert.deepEqual(messages({ instanceType: "m7g.large" }), [
      refusal("instanceType", "m7g.large", "t4g.nano, t4g.micro, t3.nano or t3.micro", "t4g.nano"),
    ]);
  });

  it("takes a health path that is a file's name", () => {
    for (const path of ["/health", "/healthz.txt", "/a/b/c/d", `/${"a".repeat(63)}`]) {
      assert.equal(read({ healthCheckPath: path }).healthCheckPath, path);
    }
    const file = "a path of up to 4 parts of small letters, digits, . - and _, since a file has it";
    for (const path of ["/Health", "/health?deep=1", "/a/b/c/d/e", `/${"a".repeat(64)}`, "/", "/health/"]) {
      assert.deepEqual(messages({ healthCheckPath: path }), [
        refusal("healthCheckPath", path, file, "/health"),
      ]);
    }
    assert.deepEqual(messages({ healthCheckPath: "health" }), [
      refusal("healthCheckPath", "health", "a path that begins with /", "/health"),
    ]);
  });

  it("keeps the TTL at most as long as an alias is kept", () => {
    assert.equal(read({ recordTtlSeconds: "60" }).recordTtlSeconds, 60);
    assert.deepEqual(messages({ recordTtlSeconds: "61" }), [
      refusal("recordTtlSeconds", "61", "a whole number from 1 to 60", "60"),
    ]);
  });

  it("wants the standby elsewhere, and the bound below the objective", () => {
    assert.deepEqual(messages({ standbyRegion: "us-east-1" }), [
      refusal(
        "standbyRegion",
        "us-east-1, the primary's own region",
        "another region than primaryRegion",
        "us-west-2",
      ),
    ]);
    assert.equal(read({ rtoObjectiveSeconds: "205" }).objectives.rtoSeconds, 205);
    assert.deepEqual(messages({ rtoObjectiveSeconds: "204" }), [
      refusal(
        "rtoObjectiveSeconds",
        "204, but the bound is 204 s (detection 114 + propagation 30 + TTL 60)",
        "more than 204",
        "205, or healthCheckFailureThreshold to 2 (bound 168 s), or healthCheckIntervalSeconds to 10 (bound 144 s)",
      ),
    ]);
  });

  it("knows no settings of other systems", () => {
    assert.deepEqual(messages({ lambdaMemoryMb: "512" }), [
      "warm-standby:lambdaMemoryMb is 512, but web-server has no such setting; allowed: 256, the default; remove it from Pulumi.dev.yaml",
    ]);
  });

  it("reports every wrong setting at once", () => {
    assert.equal(messages({ instanceType: "x", healthCheckPath: "x", maintenanceCloudFront: "x" }).length, 3);
  });
});

describe("stacks/settings/website-name", () => {
  const name = (characters: number) => `${"a".repeat(characters - ".example.com".length)}.example.com`;

  it("takes names that S3 takes for a bucket, up to 63 characters", () => {
    for (const domainName of ["a.example.com", name(63), undefined]) {
      assert.deepEqual(nameIsBucketName({ ...(domainName === undefined ? {} : { domainName }) }), []);
    }
  });

  it("refuses longer ones, and beginnings and ends that AWS keeps to itself", () => {
    assert.deepEqual(messages({ domainName: `${"a".repeat(52)}.example.com` }), [
      refusal(
        "domainName",
        `${"a".repeat(52)}.example.com, which S3 does not take for the bucket of its website (64 characters)`,
        "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
        "www.example.com",
      ),
    ]);
    assert.deepEqual(
      ["xn--mnchen-3ya.example.com", "web.mrap"].flatMap((domainName) =>
        nameIsBucketName({ domainName }).map(({ allowed }) => allowed),
      ),
      ["a name that does not begin with xn--", "a name that does not end in .mrap"],
    );
  });
});

describe("stacks/settings/site-folder-path", () => {
  const reading = (text: string) => {
    const result = siteFolderPath("site")(text);
    return result.kind === "value" ? result.value : result.allowed;
  };

  it("takes a folder below the project, with or without the last slash", () => {
    assert.deepEqual(["site", "pages/site/", "a.b-c_d"].map(reading), ["site", "pages/site", "a.b-c_d"]);
    assert.equal(reading("a".repeat(200)).length, 200);
  });

  it("refuses every way out of it, and what a path need not have", () => {
    const inside = "a path without . and .. in it, which stays in the project";
    assert.deepEqual(["..", "../site", "site/../..", "./site"].map(reading), new Array(4).fill(inside));
    const relative = "a folder of the project, relative to it";
    assert.deepEqual(["/etc", "C:\\site", "\\\\host\\site"].map(reading), new Array(3).fill(relative));
    const plain = "a path of letters, digits, . - _ and / with up to 200 characters";
    assert.deepEqual(["", "a b", "a//b", "~/site", "a".repeat(201)].map(reading), new Array(5).fill(plain));
  });
});
