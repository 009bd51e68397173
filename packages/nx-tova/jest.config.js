module.exports = {
  ...require("../../jest.preset.js"),
  displayName: "nx-tova",
  // Jest has no `import()` of its own; in the sources it becomes a `require`, in a built package not.
  moduleNameMapper: { "^tova-cli$": "<rootDir>/../tova-cli/src/index.ts" },
};
