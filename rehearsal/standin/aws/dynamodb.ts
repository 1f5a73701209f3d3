import { at, booleanAt, isPresent, listAt, numberAt, stringAt } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue } from "../../../model/unknown";
import { arn, parseArn } from "./arn";
import { MADE_AT } from "./identifier";
import { isOn, text } from "./known";
import { listed, matches, oneOf, onPresent, requiredWhen, show } from "./property-rules";
import { regionProblem } from "./region";
import { type Making, type Problem, type ResourceType, type Rule, words } from "./resource-type";

export const TABLE = "aws:dynamodb/table:Table";
export const TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica";

const RESTORED = ["restoreSourceName", "restoreSourceTableArn", "restoreBackupArn"];
const isRestored = (inputs: Properties) => RESTORED.some((property) => isPresent(inputs[property]));

/** DynamoDB defines attributes of keys and indexes only, and all of those. */
const keyAttributes: Rule = (inputs) => {
  const attributes = listAt(inputs, "attributes");
  const indexes = [listAt(inputs, "globalSecondaryIndexes"), listAt(inputs, "localSecondaryIndexes")];
  if (isUnknown(attributes) || indexes.some(isUnknown) || isRestored(inputs)) return [];
  const defined = (attributes ?? []).map((attribute) => stringAt(attribute, "name"));
  const used = [inputs, ...indexes.flatMap((list) => (Array.isArray(list) ? list : []))].flatMap(keysOf);
  if (defined.some(isUnknown) || used.some(isUnknown)) return [];
  const undefinedKey = used.find((key) => !defined.includes(key as string));
  if (undefinedKey !== undefined)
    return [problem("attributes", `key ${show(undefinedKey)} is not defined; add it to attributes`)];
  const unused = defined.find((name) => !used.includes(name));
  return unused === undefined
    ? []
    : [problem("attributes", `${show(unused)} is no key of the table or an index; leave it out`)];
};

function keysOf(part: PropertyValue): PropertyValue[] {
  const schemas = listAt(part, "keySchemas");
  const named = Array.isArray(schemas) ? schemas.map((schema) => at(schema, "attributeName")) : [];
  const keys: PropertyValue[] = [at(part, "hashKey"), at(part, "rangeKey"), ...named];
  return keys.filter(isPresent);
}

const capacity: Rule = (inputs) => {
  const mode = stringAt(inputs, "billingMode");
  if (mode !== "PROVISIONED" || isRestored(inputs)) return [];
  return ["readCapacity", "writeCapacity"].flatMap((property) => {
    const units = numberAt(inputs, property);
    return isUnknown(units) || (units !== undefined && Number.isInteger(units) && units >= 1)
      ? []
      : [
          problem(
            property,
            `PROVISIONED takes 1 or more, got ${show(inputs[property] ?? null)}; set it, or billingMode to PAY_PER_REQUEST`,
          ),
        ];
  });
};

const replicas: Rule = (inputs) => {
  const list = listAt(inputs, "replicas");
  if (list === undefined || isUnknown(list) || list.length === 0) return [];
  const names = list.map((replica) => stringAt(replica, "regionName"));
  const found: Problem[] = names.flatMap((name) => {
    const wrong = typeof name === "string" ? regionProblem(name) : undefined;
    return wrong === undefined ? [] : [problem("replicas", wrong)];
  });
  if (names.some((name) => name === inputs.region && typeof name === "string"))
    found.push(problem("replicas", `${show(inputs.region)} is the table's own region; name another one`));
  const twice = names.find((name, index) => typeof name === "string" && names.indexOf(name) !== index);
  if (twice !== undefined)
    found.push(problem("replicas", `${show(twice)} is there twice; a region has one replica`));
  const enabled = booleanAt(inputs, "streamEnabled");
  const view = stringAt(inputs, "streamViewType");
  const streams = enabled === true && view === "NEW_AND_OLD_IMAGES";
  const strong = list.filter((replica) => stringAt(replica, "consistencyMode") === "STRONG").length;
  if (strong === 0 && !isUnknown(enabled) && !isUnknown(view) && !streams)
    found.push(
      problem(
        "replicas",
        "replication reads the stream; set streamEnabled and streamViewType NEW_AND_OLD_IMAGES",
      ),
    );
  const regions = 1 + list.length + (isPresent(inputs.globalTableWitness) ? 1 : 0);
  if (strong > 0 && regions !== 3)
    found.push(
      problem("replicas", `strong consistency takes exactly 3 regions, replicas and witness, got ${regions}`),
    );
  return found;
};

function problem(property: string, fault: string): Problem {
  return { property, reason: `${property}: ${fault}` };
}

const table: ResourceType = {
  token: TABLE,
  inputs:
    words(`attributes billingMode deletionProtectionEnabled globalSecondaryIndexes globalTableWitness hashKey
    importTable localSecondaryIndexes name onDemandThroughput pointInTimeRecovery rangeKey readCapacity region
    replicas restoreBackupArn restoreDateTime restoreSourceName restoreSourceTableArn restoreToLatestTime
    serverSideEncryption streamEnabled streamViewType tableClass tags ttl warmThroughput writeCapacity`),
  required: words("attributes[].name attributes[].type replicas[].regionName"),
  replaceOn:
    words(`hashKey importTable localSecondaryIndexes name rangeKey region restoreBackupArn restoreDateTime
    restoreSourceName restoreSourceTableArn restoreToLatestTime`),
  defaults: { billingMode: "PROVISIONED", tableClass: "STANDARD" },
  autoName: "name",
  computed:
    words(`arn attributes globalSecondaryIndexes globalTableWitness hashKey pointInTimeRecovery readCapacity
    replicas[].arn replicas[].deletionProtectionEnabled replicas[].kmsKeyArn replicas[].streamArn
    replicas[].streamLabel serverSideEncryption streamArn streamLabel streamViewType ttl warmThroughput
    writeCapacity`),
  rules: [
    matches("name", /^[\w.-]{3,255}$/, "3 to 255 letters, digits and _ - ."),
    requiredWhen("hashKey", (inputs) => !isRestored(inputs), "every table has a partition key"),
    oneOf("billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]),
    oneOf("tableClass", ["STANDARD", "STANDARD_INFREQUENT_ACCESS"]),
    oneOf("streamViewType", words("NEW_IMAGE OLD_IMAGE NEW_AND_OLD_IMAGES KEYS_ONLY")),
    requiredWhen(
      "streamViewType",
      ({ streamEnabled }) => streamEnabled === true,
      "a stream says what it shows",
    ),
    onPresent("attributes", (attributes) => {
      const wrong = (Array.isArray(attributes) ? attributes : [])
        .map((attribute) => at(attribute, "type"))
        .find((type) => isPresent(type) && !isUnknown(type) && !["S", "N", "B"].includes(String(type)));
      return wrong === undefined ? undefined : `AWS takes the types S, N and B, got ${show(wrong)}`;
    }),
    onPresent("pointInTimeRecovery", (value) => {
      const days = numberAt(value, "recoveryPeriodInDays");
      return typeof days === "number" && (days < 1 || days > 35)
        ? `AWS keeps 1 to 35 days, got ${days}`
        : undefined;
    }),
    keyAttributes,
    capacity,
    replicas,
  ],
  protectedBy: ["deletionProtectionEnabled", "replicas[].deletionProtectionEnabled"],
  make: (making) => ({ id: text(making.inputs, "name"), outputs: tableOutputs(making) }),
  admit: ({ inputs, account, urn, region }) => {
    const name = text(inputs, "name");
    const taken = account
      .list(TABLE)
      .some(
        (other) => other.urn !== urn && other.id === name && regionsOf(other.properties).includes(region),
      );
    return taken
      ? `table ${name} already exists in ${region} (ResourceInUse); give it another name`
      : undefined;
  },
};

function regionsOf(properties: Properties): string[] {
  const list = at(properties, "replicas");
  return [
    text(properties, "region"),
    ...(Array.isArray(list) ? list : []).map((item) => text(item, "regionName")),
  ];
}

function tableOutputs({ inputs, accountId, region }: Making): Properties {
  const name = text(inputs, "name");
  const label = MADE_AT.replace("Z", ".000");
  const streams = isOn(inputs, "streamEnabled");
  const arnIn = (place: string) => arn("dynamodb", place, accountId, `table/${name}`);
  const stream = (place: string) => ({
    streamArn: streams ? `${arnIn(place)}/stream/${label}` : "",
    streamLabel: streams ? label : "",
  });
  const given = at(inputs, "replicas");
  return {
    arn: arnIn(region),
    ...stream(region),
    attributes: inputs.attributes ?? [],
    globalSecondaryIndexes: inputs.globalSecondaryIndexes ?? [],
    globalTableWitness: inputs.globalTableWitness ?? null,
    hashKey: inputs.hashKey ?? "",
    pointInTimeRecovery: recovery(inputs.pointInTimeRecovery),
    readCapacity: inputs.readCapacity ?? 0,
    writeCapacity: inputs.writeCapacity ?? 0,
    serverSideEncryption: inputs.serverSideEncryption ?? { enabled: false, kmsKeyArn: "" },
    streamViewType: inputs.streamViewType ?? "",
    ttl: inputs.ttl ?? { attributeName: "", enabled: false },
    warmThroughput: inputs.warmThroughput ?? { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000 },
    ...(Array.isArray(given)
      ? {
          replicas: given.map((replica) => {
            const place = text(replica, "regionName");
            return {
              consistencyMode: "EVENTUAL",
              deletionProtectionEnabled: false,
              kmsKeyArn: "",
              pointInTimeRecovery: false,
              propagateTags: false,
              ...(replica as Properties),
              arn: arnIn(place),
              ...stream(place),
            };
          }),
        }
      : {}),
  };
}

/** AWS keeps 35 days where nothing else is said, and reports 0 where recovery is off. */
function recovery(given: PropertyValue): Properties {
  const enabled = isOn(given, "enabled");
  return { enabled, recoveryPeriodInDays: numberAt(given, "recoveryPeriodInDays") ?? (enabled ? 35 : 0) };
}

const tableReplica: ResourceType = {
  token: TABLE_REPLICA,
  inputs: words(
    "deletionProtectionEnabled globalTableArn kmsKeyArn pointInTimeRecovery region tableClassOverride tags",
  ),
  required: ["globalTableArn"],
  replaceOn: words("globalTableArn kmsKeyArn region tableClassOverride"),
  defaults: { pointInTimeRecovery: false },
  computed: words("arn deletionProtectionEnabled kmsKeyArn"),
  rules: [
    onPresent("globalTableArn", (value, inputs) => {
      const own = typeof value === "string" ? parseArn(value) : undefined;
      if (own?.service !== "dynamodb") return `AWS takes the ARN of a table, got ${show(value)}`;
      return own.region === inputs.region
        ? `the table is in ${listed([own.region])} itself; make the replica with the provider of another region`
        : undefined;
    }),
  ],
  protectedBy: ["deletionProtectionEnabled"],
  make: ({ inputs, accountId, region }) => {
    const main = parseArn(text(inputs, "globalTableArn"));
    const name = main?.resource.replace(/^table\//, "") ?? "";
    return {
      id: `${name}:${main?.region ?? ""}`,
      outputs: {
        arn: arn("dynamodb", region, accountId, `table/${name}`),
        deletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
        kmsKeyArn: inputs.kmsKeyArn ?? "",
      },
    };
  },
};

export const DYNAMODB: readonly ResourceType[] = [table, tableReplica];
