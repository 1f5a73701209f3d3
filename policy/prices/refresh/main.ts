import { refreshCommand } from "./command";

/** What `npm run prices:refresh` starts. */
const io = {
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
};

refreshCommand(process.argv.slice(2), io).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`prices:refresh: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
