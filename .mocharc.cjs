/** Mocha settings: TypeScript runs from source through tsx; type checking is `npm run lint`. */
module.exports = {
  "node-option": ["import=tsx"],
  timeout: 10_000,
  forbidOnly: true,
  reporter: "dot",
};
