// The pictures in the READMEs are those of the program as it is.
import { join } from "node:path";
import { topology } from "tova-cli";

test("the committed topology is fresh", async () => {
  const messages: string[] = [];
  const note = (text: string) => void messages.push(text);
  const { exitCode } = await topology({
    file: "apps/pipeline/pipeline.tova",
    outDir: "apps/pipeline/docs",
    check: true,
    cwd: join(__dirname, "../../.."),
    log: { info: () => undefined, warn: note, error: note },
  });
  expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: [] });
});
