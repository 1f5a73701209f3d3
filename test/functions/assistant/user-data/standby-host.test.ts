import assert from "node:assert/strict";
import { type StandbyHost, wrongHostLines } from "../../../../functions/assistant/user-data/standby-host";
import { HOST } from "./standby-host-fixture";

const lines = (more: Partial<StandbyHost>) => wrongHostLines({ ...HOST, ...more });

describe("functions/assistant/user-data/standby-host", () => {
  it("finds nothing wrong with a good host, with all of its options or none", () => {
    assert.deepEqual(lines({}), []);
    assert.deepEqual(lines({ acmeEmail: undefined }), []);
    assert.deepEqual(
      lines({
        acmeDirectory: "https://acme-staging-v02.api.letsencrypt.org/directory",
        variables: { MODEL_KEY_PARAMETER: "/assistant/model", HOMELAB_TOOLS: '[{"name":"lights"}]' },
      }),
      [],
    );
  });

  it("tells everything that is wrong at once", () => {
    assert.deepEqual(
      lines({
        region: "mars",
        hostNames: ["Assistant.example.com"],
        application: { key: "../x", sha256: "a".repeat(63) },
      }),
      [
        'region is "mars"; allowed: an AWS region, such as us-east-1',
        'application.key is "../x"; allowed: a key of letters, digits, . / - or _',
        `application.sha256 is "${"a".repeat(63)}"; allowed: 64 hexadecimal digits`,
        'hostNames has "Assistant.example.com"; allowed: host names in small letters',
      ],
    );
  });

  it("takes 1 to 5 names", () => {
    const names = (count: number) => Array(count).fill("a.example.com");
    assert.deepEqual(
      [0, 1, 5, 6].map((count) => lines({ hostNames: names(count) }).length),
      [1, 0, 0, 1],
    );
  });

  it("lets nothing through that a shell, systemd, Caddy or YAML would read as more than text", () => {
    const texts = [
      "region",
      "build",
      "tableName",
      "tokenParameter",
      "hostedZoneId",
      "acmeEmail",
      "artifactBucket",
    ];
    for (const tail of ["'", '"', "`id`", "$(id)", "\n", " x", ";", "{", "\\", "%"]) {
      for (const field of texts) {
        const value = `${HOST[field as keyof StandbyHost]}${tail}`;
        assert.equal(lines({ [field]: value }).length, 1, `${field} ${JSON.stringify(tail)}`);
      }
      assert.equal(lines({ hostNames: [`a.example.com${tail}`] }).length, 1);
      assert.equal(lines({ caddy: { key: `k${tail}`, sha256: `${"b".repeat(64)}${tail}` } }).length, 2);
    }
    assert.equal(lines({ variables: { HOMELAB_TOOLS: "a'b" } }).length, 1);
    assert.equal(lines({ variables: { HOMELAB_TOOLS: "a\nb" } }).length, 1);
  });

  it("refuses a variable that sounds like a secret, without its value", () => {
    for (const name of ["MODEL_KEY", "API_TOKEN", "PASSWORD", "AWS_SECRET_ACCESS_KEY"]) {
      const [line = "", ...more] = lines({ variables: { [name]: "hush" } });
      assert.match(line, new RegExp(`^variables has ${name}, which sounds like a secret`));
      assert.deepEqual([line.includes("hush"), more], [false, []]);
    }
    assert.equal(lines({ variables: { PORT: "1" } }).length, 1);
  });
});
