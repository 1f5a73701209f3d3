import assert from "node:assert/strict";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { transformSync } from "esbuild";
import { ServedPack } from "./served-pack";
import { TemporaryProject } from "./temporary-project";

/** Says what it sees of every property, and gives everything back changed. */
const PACK = `
import { PolicyPack } from "@pulumi/policy";
import * as assets from "@pulumi/pulumi/asset";

const classes = assets as unknown as Record<string, new () => unknown>;
const heavy = () => Object.keys(require.cache).filter((file) => /arborist|pulumi.automation/.test(file)).length;

function seen(value: unknown): string {
  for (const kind of ["FileAsset", "StringAsset", "RemoteAsset", "AssetArchive", "FileArchive", "RemoteArchive"]) {
    if (value instanceof classes[kind]) return kind + " " + JSON.stringify(value);
  }
  return JSON.stringify(value);
}

new PolicyPack("test-pack", {
  policies: [
    {
      name: "see",
      description: "see",
      enforcementLevel: "mandatory",
      validateResource: ({ props }, report) => {
        for (const name of Object.keys(props)) {
          try {
            report(name + ": " + seen(props[name]));
          } catch (error) {
            report(name + ": " + (error as Error).message);
          }
        }
      },
    },
    {
      name: "touch",
      description: "touch",
      enforcementLevel: "advisory",
      validateResource: ({ props }, report) => {
        report("limit is " + props.unknownText);
      },
    },
    {
      name: "change",
      description: "change",
      enforcementLevel: "remediate",
      remediateResource: ({ props }) => {
        props.secret = "new";
        props.added = true;
        return props;
      },
    },
    {
      name: "stack",
      description: "stack",
      enforcementLevel: "mandatory",
      validateStack: ({ resources }, report) => {
        report(resources.map(({ urn, props }) => urn + " " + seen(props.fileAsset)).join());
        report("heavy modules: " + heavy());
      },
    },
  ],
});
`;

const special = (sig: string, more: object) => ({ [rpc.specialSigKey]: sig, ...more });
const text = special(rpc.specialAssetSig, { text: "hello" });

const PROPERTIES = {
  name: "bucket",
  nested: { list: [1, null, { deep: true }] },
  unknownText: rpc.unknownValue,
  unknownInside: { value: [rpc.unknownValue] },
  secret: special(rpc.specialSecretSig, { value: "hush" }),
  secretObject: special(rpc.specialSecretSig, { value: { password: "hush" } }),
  fileAsset: special(rpc.specialAssetSig, { path: "./code.js" }),
  textAsset: text,
  remoteAsset: special(rpc.specialAssetSig, { uri: "https://www.example.com/a" }),
  fileArchive: special(rpc.specialArchiveSig, { path: "./code" }),
  remoteArchive: special(rpc.specialArchiveSig, { uri: "https://www.example.com/a.zip" }),
  archive: special(rpc.specialArchiveSig, { assets: { "index.js": text } }),
};

const THING = {
  type: "test:index:Thing",
  urn: "urn:pulumi:dev::project::test:index:Thing::thing",
  name: "thing",
  properties: PROPERTIES,
};

describe("build/policy-plugin", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  let bundled: ServedPack | undefined;
  let plain: ServedPack | undefined;

  before(async () => {
    project = new TemporaryProject();
    project.write("policy/index.ts", PACK);
    project.write("policy/package.json", '{ "name": "pack", "version": "1.2.3", "main": "pack.js" }');
    project.write("policy/pack.js", 'require(require("../build/bundle.js").ensureBundle("policy").file);\n');
    project.write("plain/package.json", '{ "name": "pack", "version": "1.2.3", "main": "pack.js" }');
    project.write("plain/pack.js", transformSync(PACK, { loader: "ts", format: "cjs" }).code);
    [bundled, plain] = await Promise.all(
      ["policy", "plain"].map((directory) => ServedPack.start(project.file(directory))),
    );
  });
  after(async () => {
    await Promise.all([bundled?.stop(), plain?.stop()]);
    project.remove();
  });

  it("lets a pack see unknown values, secrets, assets and archives as they are", async () => {
    const seen = [
      'archive: AssetArchive {"__pulumiArchive":true,"assets":{}}',
      // A path is a promise to the SDK, which JSON shows as an empty object.
      'fileArchive: FileArchive {"__pulumiArchive":true,"path":{}}',
      'fileAsset: FileAsset {"__pulumiAsset":true,"path":{}}',
      'name: "bucket"',
      'nested: {"list":[1,null,{"deep":true}]}',
      'remoteArchive: RemoteArchive {"__pulumiArchive":true,"uri":{}}',
      'remoteAsset: RemoteAsset {"__pulumiAsset":true,"uri":{}}',
      'secret: "hush"',
      'secretObject: {"password":"hush"}',
      'textAsset: StringAsset {"__pulumiAsset":true,"text":{}}',
      "unknownInside: string value at .unknownInside.value.0 can't be known during preview",
      "unknownText: string value at .unknownText can't be known during preview",
    ];
    assert.deepEqual(await bundled?.analyze(THING), [
      ...seen.map((line) => `see: see\n${line}`),
      "touch: can't run policy 'touch' from policy pack 'test-pack@v1.2.3' during preview: " +
        "string value at .unknownText can't be known during preview",
    ]);
  });

  it("answers every call as the same pack does without the bundler", async () => {
    assert.deepEqual(await bundled?.analyze(THING), await plain?.analyze(THING));
    assert.deepEqual(await bundled?.remediate(THING), await plain?.remediate(THING));
    assert.deepEqual(await bundled?.info(), await plain?.info());
  });

  it("keeps a changed secret secret", async () => {
    const changed = (await bundled?.remediate(THING)) as typeof PROPERTIES & { added: boolean };
    assert.deepEqual(
      [changed.secret, changed.secretObject, changed.added, changed.textAsset],
      [special(rpc.specialSecretSig, { value: "new" }), PROPERTIES.secretObject, true, text],
    );
  });

  it("loads neither arborist nor the automation API, which the pack would without it", async () => {
    const [resources, heavy] = (await bundled?.analyzeStack([THING])) ?? [];
    const [plainResources, plainHeavy] = (await plain?.analyzeStack([THING])) ?? [];
    assert.equal(resources, plainResources);
    assert.equal(heavy, "stack: stack\nheavy modules: 0");
    assert.match(plainHeavy ?? "", /heavy modules: [1-9]/);
  });

  it("refuses a pack that imports what takes long to load", () => {
    const slow = new TemporaryProject();
    try {
      const refusal = (source: string) => {
        slow.write("policy/index.ts", source);
        return slow.node(["build/bundle.js", "policy"]).stderr;
      };
      assert.equal(
        refusal('import * as pulumi from "@pulumi/pulumi";\nexport const { log } = pulumi;\n'),
        "policy: policy/index.ts:1:25: the root of @pulumi/pulumi takes too long to load for a pack; import a subpath\n",
      );
      assert.equal(
        refusal('import { Record } from "@pulumi/aws/route53";\nexport const record = Record;\n'),
        "policy: policy/index.ts:1:24: @pulumi/aws takes too long to load for a pack; name types by their token\n",
      );
      assert.equal(
        refusal('import type { Record } from "@pulumi/aws/route53";\nexport type R = Record;\n'),
        "",
      );
    } finally {
      slow.remove();
    }
  });

  it("lets a name that it does not know come from the root after all", () => {
    const newer = new TemporaryProject({ packages: ["esbuild", "@pulumi/pulumi"] });
    try {
      newer.write(
        "node_modules/@pulumi/policy/package.json",
        '{ "name": "@pulumi/policy", "main": "index.js" }',
      );
      newer.write(
        "node_modules/@pulumi/policy/index.js",
        'const pulumi = require("@pulumi/pulumi");\nexports.names = [pulumi.asset, pulumi.Output, pulumi.secret];\n',
      );
      newer.write("policy/index.ts", 'export * from "@pulumi/policy";\n');
      const { stdout, stderr } = newer.run(`
        const { names } = require(ensureBundle("policy").file);
        const pulumi = require("@pulumi/pulumi");
        console.log(names[0].FileAsset === pulumi.asset.FileAsset, names[1] === pulumi.Output, names[2] === pulumi.secret);
      `);
      assert.deepEqual([stdout, stderr], ["true true true\n", ""]);
    } finally {
      newer.remove();
    }
  });
});
