import { createProfileApi, type ProfileApi } from "./create-profile-api";

export { createProfileApi };

/** What the function's environment must say; Lambda itself sets AWS_REGION. */
const VARIABLES = ["TABLE_NAME", "AWS_REGION", "BUILD"] as const;

function fromEnvironment(environment: NodeJS.ProcessEnv): ProfileApi {
  const missing = VARIABLES.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`environment variable not set: ${missing.join(", ")}`);
  const { TABLE_NAME: tableName = "", AWS_REGION: region = "", BUILD: build = "" } = environment;
  return createProfileApi({ tableName, region, build });
}

// In Lambda a wrong environment fails the start, not the first visitor; elsewhere the factory is what is wanted.
const inLambda = process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined;

/** The Lambda entry; undefined outside Lambda. */
export const handler: ProfileApi | undefined = inLambda ? fromEnvironment(process.env) : undefined;
