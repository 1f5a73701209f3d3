/** EC2 takes 16 KiB before encoding (EC2 user guide, "Run commands at launch using user data"). */
export const USER_DATA_BYTES_MAX = 16 * 1024;

/** A file that cloud-init writes at the first start; root owns it. */
export interface WrittenFile {
  readonly path: string;
  readonly permissions: "0644" | "0755";
  readonly content: string;
}

export interface CloudConfig {
  readonly files: readonly WrittenFile[];
  /** The unit that puts the rest in place; it is among the files. */
  readonly setupService: string;
  /** Where cloud-init is to make the swap file. @default none */
  readonly swap?: { readonly filename: string; readonly size: number };
  /** What to shorten where the text is too long, as in "the pages". */
  readonly lever: string;
}

/**
 * User data of an instance that nobody enters by SSH: a cloud-config that writes files and starts the setup. JSON is
 * YAML, so nothing in it needs another quoting.
 *
 * @throws Error where EC2 does not take so much.
 */
export function renderCloudConfig({ files, setupService, swap, lever }: CloudConfig): string {
  const config = {
    ssh_pwauth: false,
    disable_root: true,
    ...(swap ? { swap } : {}),
    write_files: files.map(({ path, permissions, content }) => ({
      path,
      owner: "root:root",
      permissions,
      content,
    })),
    runcmd: [
      // Whoever has to look in comes by Session Manager.
      ["systemctl", "disable", "--now", "sshd.service"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", setupService],
    ],
  };
  const userData = `#cloud-config\n${JSON.stringify(config)}\n`;
  const bytes = Buffer.byteLength(userData);
  if (bytes > USER_DATA_BYTES_MAX) {
    throw new Error(`user data has ${bytes} bytes; allowed: ${USER_DATA_BYTES_MAX}; shorten ${lever}`);
  }
  return userData;
}

/** A unit of systemd. */
export function unitFile(name: string, content: string): WrittenFile {
  return { path: `/etc/systemd/system/${name}`, permissions: "0644", content };
}
