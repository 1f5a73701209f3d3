import { arn } from "./arn";
import { characters, MADE_AT, UPPER_ALPHANUMERIC } from "./identifier";
import { isOn, text } from "./known";
import { matches, onPresent, wholeNumber } from "./property-rules";
import { type Making, type ResourceType, words } from "./resource-type";

const INSTANCE_PROFILE = "aws:iam/instanceProfile:InstanceProfile";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const POLICY = "aws:iam/policy:Policy";

const roleName = matches("name", /^[\w+=,.@-]{1,64}$/, "1 to 64 letters, digits and + = , . @ _ -");
const policyName = matches("name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and + = , . @ _ -");
const path = matches("path", /^\/([\x21-\x7e]+\/)?$/, "a path that begins and ends with /");

/** A document that IAM can read: JSON with statements. */
const statements = (property: string) =>
  onPresent(property, (value) => {
    if (typeof value !== "string") return undefined;
    try {
      const document = JSON.parse(value);
      return document?.Statement === undefined ? "the policy document has no Statement" : undefined;
    } catch {
      return undefined;
    }
  });

const role: ResourceType = {
  token: ROLE,
  inputs: words(`assumeRolePolicy description forceDetachPolicies inlinePolicies managedPolicyArns
    maxSessionDuration name namePrefix path permissionsBoundary tags`),
  required: ["assumeRolePolicy"],
  replaceOn: words("name namePrefix path"),
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  autoName: "name",
  jsonDocuments: ["assumeRolePolicy"],
  computed: words("arn createDate uniqueId inlinePolicies managedPolicyArns"),
  rules: [roleName, path, statements("assumeRolePolicy"), wholeNumber("maxSessionDuration", 3600, 43_200)],
  make: ({ inputs, accountId, seed }) => ({
    id: text(inputs, "name"),
    outputs: {
      arn: arn("iam", "", accountId, `role${text(inputs, "path")}${text(inputs, "name")}`),
      createDate: MADE_AT,
      uniqueId: `AROA${characters(seed, 17, UPPER_ALPHANUMERIC)}`,
      inlinePolicies: inputs.inlinePolicies ?? [],
      managedPolicyArns: inputs.managedPolicyArns ?? [],
    },
  }),
  admit: ({ inputs, account, urn }) =>
    account
      .list(ROLE)
      .some((other) => other.urn !== urn && text(other.properties, "name") === text(inputs, "name"))
      ? `a role named ${text(inputs, "name")} already exists (EntityAlreadyExists); give it another name`
      : undefined,
  keeps: (resource, account) => {
    const name = text(resource.properties, "name");
    const inline = account.list(ROLE_POLICY).find((policy) => text(policy.properties, "role") === name);
    const attached = account
      .list(ROLE_POLICY_ATTACHMENT)
      .find((attachment) => text(attachment.properties, "role") === name);
    const profile = account.list(INSTANCE_PROFILE).find((found) => text(found.properties, "role") === name);
    if (profile) return `instance profile ${profile.id} still has it (DeleteConflict); delete that first`;
    const held = inline ?? (isOn(resource.properties, "forceDetachPolicies") ? undefined : attached);
    return held && `policy ${held.id} is still on it (DeleteConflict); delete that first`;
  },
};

const rolePolicy: ResourceType = {
  token: ROLE_POLICY,
  inputs: words("name namePrefix policy role"),
  required: ["policy", "role"],
  replaceOn: words("name namePrefix role"),
  autoName: "name",
  jsonDocuments: ["policy"],
  computed: [],
  rules: [policyName, statements("policy")],
  make: ({ inputs }) => ({ id: `${text(inputs, "role")}:${text(inputs, "name")}`, outputs: {} }),
  admit: (making) => missingRole(making),
};

const rolePolicyAttachment: ResourceType = {
  token: ROLE_POLICY_ATTACHMENT,
  inputs: words("policyArn role"),
  required: ["policyArn", "role"],
  replaceOn: words("policyArn role"),
  computed: [],
  rules: [matches("policyArn", /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+$/, "the ARN of a policy")],
  make: ({ inputs }) => ({ id: `${text(inputs, "role")}/${text(inputs, "policyArn")}`, outputs: {} }),
  admit: (making) => missingRole(making),
};

const policy: ResourceType = {
  token: POLICY,
  inputs: words("delayAfterPolicyCreationInMs description name namePrefix path policy tags"),
  required: ["policy"],
  replaceOn: words("description name namePrefix path"),
  defaults: { path: "/" },
  autoName: "name",
  jsonDocuments: ["policy"],
  computed: words("arn attachmentCount policyId"),
  rules: [policyName, path, statements("policy")],
  make: ({ inputs, accountId, seed }) => {
    const policyArn = arn("iam", "", accountId, `policy${text(inputs, "path")}${text(inputs, "name")}`);
    return {
      id: policyArn,
      outputs: {
        arn: policyArn,
        attachmentCount: 0,
        policyId: `ANPA${characters(seed, 17, UPPER_ALPHANUMERIC)}`,
      },
    };
  },
};

function missingRole({ inputs, account }: Making): string | undefined {
  const name = text(inputs, "role");
  if (!account.complete || account.list(ROLE).some((found) => text(found.properties, "name") === name))
    return undefined;
  return `role ${name} does not exist (NoSuchEntity); give the name of a role, not its ARN`;
}

export const IAM: readonly ResourceType[] = [role, rolePolicy, rolePolicyAttachment, policy];
