import { renderSetupUnit } from "../../functions/assistant/user-data/render-units";
import { renderNginx, renderSite, renderTls } from "./render-nginx";
import { renderCertificateScript, renderSetupScript } from "./render-scripts";
import { renderCertificateTimer, renderCertificateUnit, renderRestartDropIn } from "./render-units";
import { PLACE, type ServerHost, wrongHostLines } from "./server-host";

/** EC2 takes 16 KiB before encoding (EC2 user guide, "Run commands at launch using user data"). */
export const USER_DATA_BYTES_MAX = 16 * 1024;

/** The smallest instance types have 512 MB of memory, which do not carry dnf. */
const SWAP_BYTES = 512 * 1024 * 1024;

/**
 * The user data of the web server: a cloud-config that writes the parts and the pages and starts the setup. JSON is
 * YAML, so nothing in it needs another quoting.
 *
 * @throws Error with one line for each field that is wrong.
 */
export function renderUserData(host: ServerHost): string {
  const wrong = wrongHostLines(host);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const unit = (name: string, content: string) => file(`/etc/systemd/system/${name}`, "0644", content);
  const config = {
    ssh_pwauth: false,
    disable_root: true,
    swap: { filename: "/swapfile", size: SWAP_BYTES },
    write_files: [
      file(PLACE.setup, "0755", renderSetupScript()),
      file(PLACE.certificate, "0755", renderCertificateScript(host)),
      file(PLACE.configuration, "0644", renderNginx()),
      file(PLACE.site, "0644", renderSite(host)),
      file(PLACE.tlsPrepared, "0644", renderTls(host)),
      unit(
        "web-setup.service",
        renderSetupUnit({ description: "Puts the web server in place", setup: PLACE.setup }),
      ),
      unit("nginx.service.d/restart.conf", renderRestartDropIn()),
      unit("web-certificate.service", renderCertificateUnit()),
      unit("web-certificate.timer", renderCertificateTimer()),
      file(`${PLACE.root}${host.healthPath}`, "0644", "ok\n"),
      ...host.files.map(({ path, content }) => file(`${PLACE.root}/${path}`, "0644", content)),
    ],
    runcmd: [
      // Whoever has to look in comes by Session Manager.
      ["systemctl", "disable", "--now", "sshd.service"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "web-setup.service"],
    ],
  };
  const userData = `#cloud-config\n${JSON.stringify(config)}\n`;
  const bytes = Buffer.byteLength(userData);
  if (bytes > USER_DATA_BYTES_MAX) {
    throw new Error(`user data has ${bytes} bytes; allowed: ${USER_DATA_BYTES_MAX}; shorten the pages`);
  }
  return userData;
}

function file(path: string, permissions: string, content: string) {
  return { path, owner: "root:root", permissions, content };
}
