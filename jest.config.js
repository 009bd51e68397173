module.exports = {
  ...require("./jest.preset.js"),
  displayName: "repository",
  testMatch: ["<rootDir>/tools/**/*.test.ts"],
};
