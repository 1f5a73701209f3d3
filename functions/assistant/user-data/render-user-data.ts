import { renderCaddyfile } from "./render-caddyfile";
import { renderSetupScript } from "./render-setup-script";
import { renderAssistantUnit, renderCaddyUnit, renderSetupUnit } from "./render-units";
import { APPLICATION_PORT, PLACE, type StandbyHost, wrongHostLines } from "./standby-host";

/** EC2 takes 16 KiB before encoding (EC2 user guide, "Run commands at launch using user data"). */
export const USER_DATA_BYTES_MAX = 16 * 1024;

/**
 * The user data of the standby instance: a cloud-config that writes the parts and starts the setup service. JSON
 * is YAML, so nothing in it needs another quoting.
 *
 * @throws Error with one line for each field that is wrong.
 */
export function renderUserData(host: StandbyHost): string {
  const wrong = wrongHostLines(host);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const config = {
    ssh_pwauth: false,
    disable_root: true,
    write_files: [
      file(PLACE.setup, "0755", renderSetupScript(host)),
      file(PLACE.environment, "0644", renderEnvironment(host)),
      file(PLACE.caddyfile, "0644", renderCaddyfile(host)),
      file(
        "/etc/systemd/system/assistant-setup.service",
        "0644",
        renderSetupUnit({ description: "Puts the standby assistant in place", setup: PLACE.setup }),
      ),
      file("/etc/systemd/system/assistant.service", "0644", renderAssistantUnit()),
      file("/etc/systemd/system/caddy.service", "0644", renderCaddyUnit()),
    ],
    runcmd: [
      // Whoever has to look in comes by Session Manager.
      ["systemctl", "disable", "--now", "sshd.service"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "assistant-setup.service"],
    ],
  };
  const userData = `#cloud-config\n${JSON.stringify(config, null, 1)}\n`;
  const bytes = Buffer.byteLength(userData);
  if (bytes > USER_DATA_BYTES_MAX) {
    throw new Error(`user data has ${bytes} bytes; allowed: ${USER_DATA_BYTES_MAX}; shorten the variables`);
  }
  return userData;
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

function file(path: string, permissions: string, content: string) {
  return { path, owner: "root:root", permissions, content };
}
