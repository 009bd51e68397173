// What is asked of the workers that are measured: requests, and stand-ins for the stores of the seed.

const key = { "X-API-Key": "key" };

/** By program: the requests that are timed; all workers answer them alike. */
export const timed = {
  router: {
    "one parameter": ["GET", "/users/17"],
    "two parameters": ["GET", "/users/17/posts/4?page=2"],
    "the last route": ["GET", "/files/a/b/c.png"],
  },
  api: {
    read: ["GET", "/api/images/17", key],
    "read, from another origin": ["GET", "/api/images/17", { ...key, Origin: "https://myapp.com" }],
  },
};

/** Requests that the hand-written worker and ours must answer alike beside those timed. */
export const further = {
  router: [
    ["GET", "/"],
    ["GET", "/users"],
    ["POST", "/users"],
    ["PUT", "/users/a%20b%2Fc"],
    ["DELETE", "/users/100%"],
    ["GET", "/users/%E0%A4%A/posts/%2525"],
    ["GET", "/%75sers/1"],
    ["GET", "/users%2F1"],
    ["GET", "/users/"],
    ["GET", "/users/1/"],
    ["GET", "/users//posts/1"],
    ["GET", "/users/1/posts/"],
    ["GET", "//users"],
    ["GET", "/Users"],
    ["GET", "/files"],
    ["GET", "/files/"],
    ["GET", "/files/a%2Fb//c%20?x#y"],
    ["GET", "/files/a#b?c"],
    ["GET", "/?a=/b"],
    ["HEAD", "/users/1"],
    ["HEAD", "/nowhere"],
    ["POST", "/users/1"],
    ["PATCH", "/users"],
    ["DELETE", "/"],
    ["OPTIONS", "/users"],
    ["OPTIONS", "/nowhere"],
    ["POST", "/users/1/posts/2"],
    ["GET", "/nowhere"],
  ],
  api: [
    ["GET", "/api/images/17"],
    ["GET", "/api/images/none", key],
    ["GET", "/api/images/a%2Fb", key],
    ["GET", "/api/images/17/", key],
    ["GET", "/images/originals/17", key],
    ["GET", "/images/none", { ...key, Origin: "https://other.example" }],
    ["GET", "/api/stats", { ...key, Origin: "https://other.example" }],
    ["GET", "/%61pi/stats", key],
    ["HEAD", "/api/stats", key],
    ["DELETE", "/api/images/17", key],
    ["DELETE", "/api/images/none", key],
    ["DELETE", "/api/stats", key],
    ["PUT", "/api/images/17", key],
    ["GET", "/api/images/broken", { ...key, Origin: "https://myapp.com" }],
    ["OPTIONS", "/api/images", { Origin: "https://myapp.com" }],
    ["GET", "/nowhere", key],
    ["GET", "/healthz"],
  ],
};

/** Requests without the worker's secret. */
export const unconfigured = [
  ["GET", "/healthz"],
  ["GET", "/api/stats", key],
  ["OPTIONS", "/api/stats"],
];

/** A request of a list above. */
export const requestOf = ([method, path, headers = {}]) =>
  new Request(`http://localhost:8787${path}`, { method, headers });

const row = { id: "17", original_key: "originals/17", processed_key: null, status: "pending" };

/** Stores with one image; nothing is kept. */
export function stores() {
  const statement = {
    bind: () => statement,
    run: async () => ({ success: true }),
    first: async () => ({ c: 4, ...row }),
  };
  const missing = {
    ...statement,
    bind: (id) => (id === "17" ? statement : missing),
    first: async () => null,
  };
  return {
    API_KEY: "key",
    METADATA: {
      get: async (name) => {
        if (name === "img:broken") throw new Error("The store is down");
        return name === "img:17" ? '{"id":"17","status":"pending"}' : null;
      },
      put: async () => {},
      delete: async () => {},
    },
    IMAGES: {
      get: async (name) =>
        name.startsWith("originals/")
          ? { body: "pixels", httpMetadata: { contentType: "image/gif" } }
          : null,
      put: async () => {},
      delete: async () => {},
    },
    DB: { prepare: (sql) => (sql.includes("?") ? missing : statement) },
    PROCESS_QUEUE: { send: async () => {} },
  };
}
