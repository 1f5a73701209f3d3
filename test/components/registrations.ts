import * as pulumi from "@pulumi/pulumi";

/** One resource as the program registered it: what the mocks' own arguments leave out is in the request. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Name of the parent; undefined at the top of the stack. */
  readonly parent: string | undefined;
  /** Name of the explicit provider. */
  readonly provider: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs' names of what it waits for, explicitly or through a value, in alphabetical order. */
  readonly waitsFor: readonly string[];
  /** Names of what each input was computed from. */
  readonly computedFrom: Readonly<Record<string, readonly string[]>>;
}

export interface Recording<T> {
  readonly registrations: readonly Registration[];
  readonly result: T;
}

/** The part of Pulumi's register request that is read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): { entries(): Iterable<[string, { getUrnsList(): string[] }]> };
  getObject(): Parameters<typeof pulumi.runtime.deserializeProperties>[0];
}

type Respond = (error: unknown, response: { getUrn(): string }) => void;

export type Invokes = Readonly<Record<string, (inputs: Record<string, unknown>, provider: string) => object>>;

const ACCOUNT = "123456789012";

/** Just enough of AWS's answers for the components; the stand-in of the rehearsal has the rest. */
function outputsOf(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "aws:dynamodb/table:Table":
      return { name: `${name}-1`, arn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/${name}-1` };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${inputs.name}` };
    case "aws:lambda/function:Function":
      return { name: `${name}-1`, arn: `arn:function:${name}`, invokeArn: `arn:invoke:${name}` };
    case "aws:iam/role:Role":
      return { name: `${name}-1`, arn: `arn:role:${name}` };
    case "aws:iam/instanceProfile:InstanceProfile":
      return { name: `${name}-1` };
    case "aws:apigatewayv2/api:Api":
      return { executionArn: `arn:execute-api:${name}` };
    case "aws:apigatewayv2/domainName:DomainName":
      return {
        domainNameConfiguration: {
          targetDomainName: `d-${name}.execute-api.example.com`,
          hostedZoneId: `Z-${name}`,
        },
      };
    case "aws:acm/certificate:Certificate":
      return {
        arn: `arn:certificate:${name}`,
        domainValidationOptions: certifiedNames(inputs).map((domainName) => ({
          domainName,
          resourceRecordName: `_proof.${domainName.replace(/^\*\./, "")}.`,
          resourceRecordType: "CNAME",
          resourceRecordValue: "_value.acm-validations.example.com.",
        })),
      };
    case "aws:route53/record:Record":
      return { fqdn: inputs.name };
    case "aws:route53/zone:Zone":
      return { zoneId: `zone-of-${name}` };
    case "aws:sns/topic:Topic":
      return { arn: `arn:topic:${name}` };
    case "aws:s3/bucket:Bucket": {
      // The recorder knows no regions; what leads into one says which bucket it is of.
      const bucket = inputs.bucket ?? `${name}-1`;
      return {
        bucket,
        arn: `arn:aws:s3:::${bucket}`,
        bucketRegionalDomainName: `${bucket}.s3.example.com`,
        hostedZoneId: `Z-${name}`,
      };
    }
    case "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration":
      return {
        websiteDomain: "s3-website.example.com",
        websiteEndpoint: `${inputs.bucket}.s3-website.example.com`,
      };
    case "aws:cloudfront/function:Function":
      return { arn: `arn:function:${name}` };
    case "aws:cloudfront/distribution:Distribution":
      return {
        arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/${name}`,
        domainName: `${name}.cloudfront.example.com`,
        hostedZoneId: `Z-${name}`,
      };
    case "awsx:ec2:Vpc":
      return { vpcId: `vpc-of-${name}`, publicSubnetIds: [`subnet-of-${name}`] };
    case "aws:ec2/eip:Eip":
      return { publicIp: "203.0.113.48" };
    case "aws:sqs/queue:Queue":
      return {
        name: `${name}-1`,
        arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}-1`,
        url: `https://sqs.example.com/${name}-1`,
      };
    default:
      return {};
  }
}

function certifiedNames({ domainName, subjectAlternativeNames }: Record<string, unknown>): string[] {
  return [domainName, ...((subjectAlternativeNames as unknown[]) ?? [])].map(String);
}

/**
 * Runs a piece of a program under Pulumi's mock monitor and tells what it registered, in the order of the URNs.
 * The result is given as it is when everything is registered.
 */
export async function record<T>(program: () => T | Promise<T>, invokes: Invokes = {}): Promise<Recording<T>> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, ...outputsOf(type, name, inputs) },
      }),
      call: ({ token, inputs, provider }) => {
        const answer = invokes[token];
        if (!answer) throw new Error(`the test has no answer for ${token}`);
        return answer(inputs, nameOf(provider?.split("::").slice(0, -1).join("::") ?? "") ?? "");
      },
    },
    "warm-standby",
    "test",
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterRequest, respond: Respond): Promise<void>;
  };
  const registrations: Registration[] = [];
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, respond) =>
    registerResource(request, (error, response) => {
      if (!error) registrations.push(registrationOf(response.getUrn(), request));
      respond(error, response);
    });
  const result = await program();
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  return { registrations: registrations.sort((a, b) => (a.urn < b.urn ? -1 : 1)), result };
}

function registrationOf(urn: string, request: RegisterRequest): Registration {
  const provider = request.getProvider();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: nameOf(request.getParent()),
    provider: nameOf(provider.split("::").slice(0, -1).join("::")),
    inputs: pulumi.runtime.deserializeProperties(request.getObject()),
    waitsFor: namesOf(request.getDependenciesList()),
    computedFrom: Object.fromEntries(
      Array.from(request.getPropertydependenciesMap().entries()).flatMap(([property, from]) => {
        const names = namesOf(from.getUrnsList());
        return names.length > 0 ? [[property, names]] : [];
      }),
    ),
  };
}

function namesOf(urns: readonly string[]): string[] {
  return urns.map((urn) => nameOf(urn) ?? "").sort();
}

function nameOf(urn: string): string | undefined {
  return urn === "" ? undefined : urn.split("::").at(-1);
}

/** The children of a component in short: `type name <- parent @provider`. */
export function lines(registrations: readonly Registration[]): string[] {
  return registrations
    .map(({ type, name, parent, provider }) => `${type} ${name} <- ${parent ?? "-"} @${provider ?? "-"}`)
    .sort();
}

/** The one resource of that name. */
export function named(registrations: readonly Registration[], name: string): Registration {
  const found = registrations.filter((registration) => registration.name === name);
  if (found.length !== 1) throw new Error(`${found.length} resources are called ${name}`);
  return found[0]!;
}
