import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAssistantSettings } from "../../functions/assistant/assistant-settings";
import { PLACE } from "../../functions/assistant/user-data/standby-host";
import { startedHost } from "../../rehearsal/loopback/started-host";
import { named, type Registration } from "../components/registrations";
import { isInstalled, toolSays } from "../functions/assistant/user-data/installed-tool";
import { buildAssistant, CODE, IMAGE_ID, ZONE_ID } from "./homelab-assistant-stack";
import { asStackResources } from "./profile-api-stack";

const TOOLS = '[{"name":"lights","host":"100.64.0.10","port":8123}]';
const MODEL = {
  modelUrl: "https://model.example.com/v1/chat/completions",
  modelName: "small-1",
  modelKeyParameterName: "/assistant/model-key",
};

describe("stacks/homelab-assistant: the host", () => {
  let registrations: readonly Registration[];
  before(async () => {
    ({ registrations } = await buildAssistant());
  });
  const inputsOf = (name: string) => named(registrations, name).inputs;
  const userData = () => String(inputsOf("standby-host-instance").userData);

  it("admits visitors by HTTPS and nobody by SSH", () => {
    assert.deepEqual(
      registrations
        .filter(({ type }) => /securityGroup(In|E)gressRule/.test(type))
        .map(({ inputs: { fromPort, toPort, cidrIpv4, ipProtocol } }) => [
          ipProtocol,
          fromPort,
          toPort,
          cidrIpv4,
        ]),
      [
        ["tcp", 443, 443, "0.0.0.0/0"],
        ["tcp", 443, 443, "0.0.0.0/0"],
      ],
    );
    assert.equal("keyName" in inputsOf("standby-host-instance"), false);
  });

  it("asks only those name servers for the certificate's sake that its group lets it reach", () => {
    const reachesNameServers = registrations
      .filter(({ type }) => type.endsWith(":SecurityGroupEgressRule"))
      .some(({ inputs: { ipProtocol, fromPort, toPort } }) => {
        const isIncluded = Number(fromPort) <= 53 && 53 <= Number(toPort);
        return ipProtocol === "-1" || (ipProtocol === "udp" && isIncluded);
      });
    const { write_files: files } = JSON.parse(userData().split("\n").slice(1).join("\n"));
    const [caddyfile] = files.filter(({ path }: { path: string }) => path === PLACE.caddyfile);
    const [, resolvers] = /^\t\tresolvers (.*)$/m.exec(caddyfile.content) ?? [];
    // The VPC's own passes every group.
    assert.ok(reachesNameServers || resolvers === "169.254.169.253", `resolvers: ${resolvers}`);
    const { Statement } = JSON.parse(String(inputsOf("standby-host-policy").policy));
    const actions = Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    // What says that the proof is there in DNS's place.
    assert.match(caddyfile.content, /^\t\t\twait_for_route53_sync true$/m);
    assert.ok(actions.includes("route53:GetChange"));
  });

  it("runs the smallest instance, encrypted, with IMDSv2 only", () => {
    const { instanceType, ami, metadataOptions, rootBlockDevice } = inputsOf("standby-host-instance");
    assert.deepEqual([instanceType, ami], ["t4g.nano", IMAGE_ID]);
    assert.deepEqual(metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    assert.deepEqual(rootBlockDevice, {
      volumeType: "gp3",
      volumeSize: 8,
      encrypted: true,
      deleteOnTermination: true,
    });
  });

  it("may change the challenge's TXT records only, and read its own secrets and artifacts only", () => {
    const { Statement } = JSON.parse(String(inputsOf("standby-host-policy").policy));
    assert.deepEqual(Statement, [
      {
        Sid: "Memory",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        Resource: ["arn:aws:dynamodb:us-east-1:123456789012:table/memory-table-1"],
      },
      {
        Sid: "OwnSecrets",
        Effect: "Allow",
        Action: ["ssm:GetParameter"],
        Resource: ["arn:aws:ssm:us-east-1:123456789012:parameter/assistant/token"],
      },
      {
        Sid: "OwnArtifacts",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [
          "arn:aws:s3:::artifacts-bucket-1/assistant/0123456789ab.js",
          "arn:aws:s3:::artifacts-bucket-1/caddy/cccccccccccc",
        ],
      },
      {
        Sid: "ProofOfItsNames",
        Effect: "Allow",
        Action: ["route53:ChangeResourceRecordSets"],
        Resource: [`arn:aws:route53:::hostedzone/${ZONE_ID}`],
        Condition: {
          "ForAllValues:StringEquals": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
              "_acme-challenge.assistant.example.com",
              "_acme-challenge.standby.assistant.example.com",
            ],
            "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"],
            "route53:ChangeResourceRecordSetsActions": ["UPSERT", "DELETE"],
          },
        },
      },
      {
        Sid: "RecordsOfTheZone",
        Effect: "Allow",
        Action: ["route53:ListResourceRecordSets"],
        Resource: [`arn:aws:route53:::hostedzone/${ZONE_ID}`],
      },
      {
        Sid: "ProgressOfTheProof",
        Effect: "Allow",
        Action: ["route53:GetChange"],
        Resource: ["arn:aws:route53:::change/*"],
      },
    ]);
  });

  it("starts with user data that hold names and digests, and no secret", () => {
    assert.deepEqual(startedHost(asStackResources(registrations)), {
      environment: {
        AWS_REGION: "us-east-1",
        BUILD: "0123456789ab",
        TABLE_NAME: "memory-table-1",
        TOKEN_PARAMETER: "/assistant/token",
        HOST: "127.0.0.1",
        PORT: "8080",
        RETENTION_DAYS: "90",
      },
      hostNames: ["assistant.example.com", "standby.assistant.example.com"],
    });
    const digest = createHash("sha256")
      .update(readFileSync(path.join(CODE.directory, "index.js")))
      .digest("hex");
    for (const text of [digest, "c".repeat(64), "artifacts-bucket-1", `hosted_zone_id ${ZONE_ID}`]) {
      assert.ok(userData().includes(text), text);
    }
    assert.doesNotMatch(userData(), /AKIA|BEGIN [A-Z ]*PRIVATE KEY|[Bb]earer /);
  });

  it("gives the application an environment that it takes, tools and model included", async () => {
    const more = await buildAssistant({ homelabTools: TOOLS, conversationRetentionDays: "7", ...MODEL });
    const host = startedHost(asStackResources(more.registrations));
    const settings = parseAssistantSettings(host?.environment ?? {});
    assert.deepEqual(
      [settings.tools.map(({ name }) => name), settings.retentionDays, settings.model],
      [
        ["lights"],
        7,
        { url: MODEL.modelUrl, name: MODEL.modelName, keyParameter: MODEL.modelKeyParameterName },
      ],
    );
    const { Statement } = JSON.parse(String(named(more.registrations, "standby-host-policy").inputs.policy));
    assert.deepEqual(Statement[1].Resource, [
      "arn:aws:ssm:us-east-1:123456789012:parameter/assistant/token",
      "arn:aws:ssm:us-east-1:123456789012:parameter/assistant/model-key",
    ]);
  });

  it("has user data that cloud-init takes (skipped where cloud-init is not installed)", function () {
    if (!isInstalled("cloud-init")) this.skip();
    this.timeout(30_000);
    const { status, output } = toolSays(["cloud-init", "schema", "--config-file"], userData());
    assert.equal(status, 0, output);
  });

  it("has a setup script that is clean for shellcheck (skipped where it is not installed)", function () {
    if (!isInstalled("shellcheck")) this.skip();
    this.timeout(30_000);
    const config = JSON.parse(userData().split("\n").slice(1).join("\n"));
    const { status, output } = toolSays(["shellcheck"], config.write_files[0].content);
    assert.equal(status, 0, output);
  });
});
