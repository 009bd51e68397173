module.exports = { ...require("../../jest.preset.js"), displayName: "tova-codegen" };
