module.exports = {
  ...require("../../jest.preset.js"),
  displayName: "soak",
  testMatch: ["<rootDir>/*.test.ts"],
};
