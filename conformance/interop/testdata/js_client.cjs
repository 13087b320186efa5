// Calls clients of the AWS SDK for JavaScript v3 without a network: the protocol
// of botocore_client.py over standard input and output. The first argument is a
// folder with @aws-sdk/client-rds and @aws-sdk/client-mediaconnect in its
// node_modules. JavaScript has one type for numbers, so each is a double here.
"use strict";

const path = require("node:path");
const readline = require("node:readline");
const { Readable } = require("node:stream");
const { createRequire } = require("node:module");

const load = createRequire(path.resolve(process.argv[2], "index.js"));
const sdks = { rds: load("@aws-sdk/client-rds"), mediaconnect: load("@aws-sdk/client-mediaconnect") };

// As the SDK's own handlers of HTTP do.
const escapeUri = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());

let answer, sent;

const requestHandler = {
  async handle(request) {
    const query = Object.entries(request.query || {}).map(([k, v]) => escapeUri(k) + "=" + escapeUri(v));
    sent = {
      method: request.method,
      url: "https://" + request.hostname + request.path + (query.length ? "?" + query.join("&") : ""),
      headers: Object.entries(request.headers),
      body: Buffer.from(request.body || "").toString("base64"),
    };
    const headers = {};
    for (const [name, value] of answer.headers) headers[name.toLowerCase()] = value;
    const body = Readable.from([Buffer.from(answer.body, "base64")]);
    return { response: { statusCode: answer.status, headers, body } };
  },
};

const config = { region: "us-east-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }, maxAttempts: 1, requestHandler };
const clients = { rds: new sdks.rds.RDSClient(config), mediaconnect: new sdks.mediaconnect.MediaConnectClient(config) };

function plain(value) {
  if (typeof value === "number") return { double: Object.is(value, -0) ? "-0" : String(value) };
  if (value instanceof Date) {
    const ms = value.getTime();
    const seconds = Math.floor(ms / 1000);
    return { instant: [seconds, (ms - seconds * 1000) * 1000] };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, plain(v)]));
  }
  return value;
}

async function call(c) {
  answer = c.response;
  sent = null;
  let reply;
  try {
    const { $metadata, ...value } = await clients[c.service].send(new sdks[c.service][c.operation + "Command"](c.parameters));
    reply = { value: plain(value), requestId: $metadata.requestId };
  } catch (e) {
    if (e.$metadata && e.$fault && e.$metadata.httpStatusCode) {
      const modeled = !/ServiceException$/.test(e.constructor.name);
      reply = {
        error: {
          type: modeled ? e.constructor.name : "",
          code: e.Code || e.name,
          message: e.message,
          fault: e.$fault,
          requestId: e.$metadata.requestId,
          status: e.$metadata.httpStatusCode,
        },
      };
    } else if (sent) {
      reply = { failed: String(e) };
    } else {
      reply = { refused: String(e) };
    }
  }
  reply.request = sent;
  return reply;
}

async function main() {
  if (process.argv[3] === "version") {
    for (const name of ["rds", "mediaconnect"]) {
      console.log("client-" + name, load("@aws-sdk/client-" + name + "/package.json").version);
    }
    return;
  }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await call(JSON.parse(line))) + "\n");
  }
}

main();
