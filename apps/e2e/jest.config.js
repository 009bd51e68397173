module.exports = { ...require("../../jest.preset.js"), displayName: "apps-e2e" };
