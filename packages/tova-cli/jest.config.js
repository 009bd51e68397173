module.exports = {
  ...require("../../jest.preset.js"),
  displayName: "tova-cli",
  // Most of its tests wait for processes that they start.
  maxWorkers: 2,
};
