import { renderCloudConfig, unitFile } from "../../functions/assistant/user-data/cloud-config";
import { renderSetupUnit } from "../../functions/assistant/user-data/render-units";
import { renderNginx, renderSite, renderTls } from "./render-nginx";
import { renderCertificateScript, renderSetupScript } from "./render-scripts";
import { renderCertificateTimer, renderCertificateUnit, renderRestartDropIn } from "./render-units";
import { PLACE, type ServerHost, wrongHostLines } from "./server-host";

/** The smallest instance types have 512 MB of memory, which do not carry dnf. */
const SWAP_BYTES = 512 * 1024 * 1024;

/**
 * The user data of the web server.
 *
 * @throws Error with one line for each field that is wrong.
 */
export function renderUserData(host: ServerHost): string {
  const wrong = wrongHostLines(host);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const read = (path: string, content: string) => ({ path, permissions: "0644", content }) as const;
  return renderCloudConfig({
    swap: { filename: "/swapfile", size: SWAP_BYTES },
    files: [
      { path: PLACE.setup, permissions: "0755", content: renderSetupScript() },
      { path: PLACE.certificate, permissions: "0755", content: renderCertificateScript(host) },
      read(PLACE.configuration, renderNginx()),
      read(PLACE.site, renderSite(host)),
      read(PLACE.tlsPrepared, renderTls(host)),
      unitFile(
        "web-setup.service",
        renderSetupUnit({ description: "Puts the web server in place", setup: PLACE.setup }),
      ),
      unitFile("nginx.service.d/restart.conf", renderRestartDropIn()),
      unitFile("web-certificate.service", renderCertificateUnit()),
      unitFile("web-certificate.timer", renderCertificateTimer()),
      read(`${PLACE.root}${host.healthPath}`, "ok\n"),
      ...host.files.map(({ path, content }) => read(`${PLACE.root}/${path}`, content)),
    ],
    setupService: "web-setup.service",
    lever: "the pages",
  });
}
