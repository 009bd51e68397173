module.exports = { ...require("../jest.preset.js"), displayName: "packed-e2e" };
