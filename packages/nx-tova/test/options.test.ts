// The plugin's options in nx.json, right and wrong.
import { inferFiles, shop, warnings } from "./infer";

test("rename the targets, and what refers to them", async () => {
  const projects = await inferFiles(
    { "apps/shop/shop.tova": shop },
    {
      buildTargetName: "tova-build",
      buildAllTargetName: "all",
      checkTargetName: "tova-check",
      serveTargetName: "dev",
      deployTargetName: "ship",
      provisionTargetName: "make",
      topologyTargetName: "draw",
    },
  );
  const parent = projects["apps/shop"]?.targets ?? {};
  expect(Object.keys(parent)).toEqual(["all", "tova-check", "dev", "draw", "make"]);
  expect(parent.all?.dependsOn).toEqual([
    { projects: ["shop-api", "shop-worker"], target: "tova-build" },
  ]);
  const api = projects["apps/shop/shop-api"]?.targets ?? {};
  expect(Object.keys(api)).toEqual(["tova-build", "ship", "rollback"]);
  expect(api.ship?.dependsOn?.[0]).toBe("tova-build");
});

test.each([
  [{ buildTarget: "x" }, /unknown option `buildTarget`; the options are buildTargetName, /],
  [{ buildTargetName: 3 }, /`buildTargetName` must be a target name without colons, not 3/],
  [{ buildTargetName: "a:b" }, /must be a target name without colons, not "a:b"/],
  [{ buildTargetName: "deploy" }, /`buildTargetName` and `deployTargetName` are both "deploy"/],
  [["build"], /the options must be an object/],
  ["build", /the options must be an object/],
])("%j is one warning, and the defaults stay", async (options, message) => {
  const projects = await inferFiles({ "apps/shop/shop.tova": shop }, options);
  expect(Object.keys(projects["apps/shop/shop-api"]?.targets ?? {})).toEqual([
    "build",
    "deploy",
    "rollback",
  ]);
  expect(warnings()).toEqual([expect.stringMatching(message)]);
  expect(warnings()[0]).toMatch(/^nx\.json, plugin nx-tova\/plugin: /);
});
