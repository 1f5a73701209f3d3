const path = require("node:path");

/** @import { Plugin } from "esbuild" */

const NAMESPACE = "pulumi-root";

/**
 * Stands for the root of @pulumi/pulumi where @pulumi/policy imports it: the root loads arborist and the automation
 * API, a third of a second, and @pulumi/policy wants two names of it. Any other name still comes from the root.
 */
const PULUMI_ROOT = `
const known = { asset: require("@pulumi/pulumi/asset"), Output: require("@pulumi/pulumi/output").Output };
module.exports = new Proxy(known, {
  get: (target, name) => (name in target ? target[name] : require("@pulumi/pulumi")[name]),
});
`;

/**
 * What the runner @pulumi/pulumi/cmd/run-policy-pack has loaded already stays outside: loaded once, and instanceof
 * holds between its classes and the pack's.
 */
const POLICY_EXTERNALS = ["@pulumi/pulumi/*", "@grpc/grpc-js", "google-protobuf", "google-protobuf/*"];

/** @type {Plugin} */
const policyPlugin = {
  name: "policy",
  setup(build) {
    build.onResolve({ filter: /^@pulumi\/pulumi$/ }, ({ importer, namespace }) => {
      if (namespace === NAMESPACE) return { path: "@pulumi/pulumi", external: true };
      if (importer.includes(path.join("node_modules", "@pulumi", "policy"))) {
        return { path: "root", namespace: NAMESPACE };
      }
      return refuse("the root of @pulumi/pulumi takes too long to load for a pack; import a subpath");
    });
    build.onResolve({ filter: /^@pulumi\/aws(\/|$)/ }, () =>
      refuse("@pulumi/aws takes too long to load for a pack; name types by their token"),
    );
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({
      contents: PULUMI_ROOT,
      resolveDir: __dirname,
    }));
  },
};

/** @param {string} text */
function refuse(text) {
  return { errors: [{ text }] };
}

module.exports = { POLICY_EXTERNALS, policyPlugin };
