// The daily digest in workerd, with feeds and a Slack that do as a test says.
import type { RunningProgram } from "tova-cli";
import { logs, runCron, startApp, tryReadme } from "./app";
import { type Answer, type Service, startService } from "./service";

jest.setTimeout(60_000);

const collect = "50 * * * *";
const send = "0,15,30,45 7 * * *";

/** By path; what Slack got, and what it answers. */
const feeds: Record<string, Answer> = {};
const asked: string[] = [];
const texts: string[] = [];
let slack = 200;

let service: Service;
let program: RunningProgram;
const start = () =>
  startApp("digest", {
    SLACK_URL: `${service.url}slack`,
    FEEDS: `${service.url}one, ${service.url}two,`,
    LONGEST: "2",
  });

beforeAll(async () => {
  service = await startService(({ url = "", headers }, body) => {
    if (url === "/slack") {
      texts.push((body as { text: string }).text);
      return { status: slack };
    }
    asked.push(`${url} ${headers["if-none-match"] ?? "anew"}`);
    return feeds[url] ?? { status: 404 };
  });
});
afterAll(() => service.close());

const item = (id: string, title = `About ${id}`) => ({ id, title, url: `https://a.example/${id}` });
const feed = (title: string, ...items: object[]): Answer => ({ body: { title, items } });
const page = async () => (await program.fetch("/")).text();

describe("a day", () => {
  beforeAll(async () => {
    program = await start();
  });
  afterAll(() => program?.stop());

  test("news of all feeds are found, also where one is out of order", async () => {
    feeds["/one"] = {
      ...feed("One & all", item("a"), item("b", "<b> & c")),
      headers: { ETag: '"7"' },
    };
    expect(await runCron(program, collect)).toBe("ok");
    expect(asked.splice(0).sort()).toEqual(["/one anew", "/two anew"]);
    expect(await page()).toMatch(/^\*News of [\d-]+\*\n\n\*One &amp; all\*\n• <https:/);
    expect(await logs(program, /two: it answered 404/)).toBe(true);
  });

  test("what has not changed is not sent to us again", async () => {
    feeds["/one"] = { status: 304 };
    feeds["/two"] = feed("Two", item("c"), item("d"), item("e"), {
      id: "none",
      url: "javascript:x",
    });
    await runCron(program, collect);
    expect(asked.splice(0).sort()).toEqual(['/one "7"', "/two anew"]);
  });

  test("while Slack is out of order the digest waits", async () => {
    slack = 500;
    expect(await runCron(program, send)).toBe("exception");
    expect(await logs(program, /was not sent: Slack answered 500/)).toBe(true);
    slack = 200;
    texts.length = 0;
  });

  test("it is sent once, however often and at the same time it is to be", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runCron(program, send)));
    expect([...runs, await runCron(program, send)]).toEqual(Array(4).fill("ok"));
    const [day] = new Date().toISOString().split("T");
    expect(texts).toEqual([
      [
        `*News of ${day}*`,
        "*One &amp; all*\n• <https://a.example/a|About a>\n• <https://a.example/b|&lt;b&gt; &amp; c>",
        "*Two*\n• <https://a.example/c|About c>\n• <https://a.example/d|About d>\n… and 1 more",
      ].join("\n\n"),
    ]);
    const digests = await (await program.fetch("/digests")).json();
    expect(digests).toEqual([{ day, sent_at: expect.any(Number), items: 5 }]);
  });

  test("what comes later waits for the next day", async () => {
    feeds["/two"] = feed("Two", item("c"), item("f"));
    await runCron(program, collect);
    await runCron(program, send);
    expect(texts).toHaveLength(1);
    expect(await page()).toContain("About f");
  });
});

test("the commands of the README print what it says", async () => {
  program = await start();
  try {
    expect(await tryReadme("digest", program)).toEqual({ wrong: [], count: 3 });
  } finally {
    await program.stop();
  }
});
