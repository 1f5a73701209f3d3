import { renderCloudConfig, unitFile } from "./cloud-config";
import { renderCaddyfile } from "./render-caddyfile";
import { renderSetupScript } from "./render-setup-script";
import { renderAssistantUnit, renderCaddyUnit, renderSetupUnit } from "./render-units";
import { APPLICATION_PORT, PLACE, type StandbyHost, wrongHostLines } from "./standby-host";

/**
 * The user data of the standby instance.
 *
 * @throws Error with one line for each field that is wrong.
 */
export function renderUserData(host: StandbyHost): string {
  const wrong = wrongHostLines(host);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return renderCloudConfig({
    files: [
      { path: PLACE.setup, permissions: "0755", content: renderSetupScript(host) },
      { path: PLACE.environment, permissions: "0644", content: renderEnvironment(host) },
      { path: PLACE.caddyfile, permissions: "0644", content: renderCaddyfile(host) },
      unitFile(
        "assistant-setup.service",
        renderSetupUnit({ description: "Puts the standby assistant in place", setup: PLACE.setup }),
      ),
      unitFile("assistant.service", renderAssistantUnit()),
      unitFile("caddy.service", renderCaddyUnit()),
    ],
    setupService: "assistant-setup.service",
    lever: "the variables",
  });
}

/** Variables of the application in the form of systemd's EnvironmentFile; in single quotes nothing is expanded. */
export function renderEnvironment(host: StandbyHost): string {
  const variables = {
    AWS_REGION: host.region,
    BUILD: host.build,
    TABLE_NAME: host.tableName,
    TOKEN_PARAMETER: host.tokenParameter,
    HOST: "127.0.0.1",
    PORT: String(APPLICATION_PORT),
    ...host.variables,
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}
