import { isPresent } from "../../../model/property";
import { arn } from "./arn";
import { characters, MADE_AT, UPPER_ALPHANUMERIC } from "./identifier";
import { text } from "./known";
import { matches } from "./property-rules";
import { type ResourceType, words } from "./resource-type";

export const INSTANCE_PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ROLE = "aws:iam/role:Role";

const instanceProfile: ResourceType = {
  token: INSTANCE_PROFILE,
  inputs: words("name namePrefix path role tags"),
  replaceOn: words("name namePrefix path"),
  defaults: { path: "/" },
  autoName: "name",
  computed: words("arn createDate uniqueId"),
  rules: [matches("name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and + = , . @ _ -")],
  make: ({ inputs, accountId, seed }) => ({
    id: text(inputs, "name"),
    outputs: {
      arn: arn("iam", "", accountId, `instance-profile${text(inputs, "path")}${text(inputs, "name")}`),
      createDate: MADE_AT,
      uniqueId: `AIPA${characters(seed, 17, UPPER_ALPHANUMERIC)}`,
    },
  }),
  admit: ({ inputs, account, urn }) => {
    const name = text(inputs, "name");
    if (account.list(INSTANCE_PROFILE).some((other) => other.urn !== urn && other.id === name))
      return `an instance profile named ${name} already exists (EntityAlreadyExists); give it another name`;
    const role = text(inputs, "role");
    const exists = account.list(ROLE).some(({ properties }) => text(properties, "name") === role);
    return isPresent(inputs.role) && account.complete && !exists
      ? `role ${role} does not exist (NoSuchEntity); give the name of a role, not its ARN`
      : undefined;
  },
};

export const IAM_INSTANCE_PROFILES: readonly ResourceType[] = [instanceProfile];
