// Calls clients of the AWS SDK for JavaScript v2 (aws-sdk) over the network: the
// protocol of live_botocore.py. The first argument is a folder with aws-sdk in
// its node_modules, the second an API version of RDS. This SDK has no exceptions
// of its own for modeled errors; whether it would retry one stands in "fault".
"use strict";

const path = require("node:path");
const readline = require("node:readline");
const { createRequire } = require("node:module");
const { plain } = require("./live_plain.cjs");

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const load = createRequire(path.resolve(process.argv[2], "index.js"));
const AWS = load("aws-sdk");

const clients = new Map();

function client({ service, region, endpoint, caller }) {
  const key = JSON.stringify([service, region, endpoint, caller]);
  if (!clients.has(key)) {
    const credentials = new AWS.Credentials(caller.accessKey, caller.secretKey, caller.token || undefined);
    const options = { region, endpoint, credentials, maxRetries: 1, retryDelayOptions: { base: 1 } };
    if (service === "rds") options.apiVersion = process.argv[3];
    clients.set(key, service === "rds" ? new AWS.RDS(options) : new AWS.MediaConnect(options));
  }
  return clients.get(key);
}

function call(c) {
  const reply = { values: [], requestIds: [] };
  return new Promise((resolve) => {
    const fail = (e) => {
      if (e.statusCode) {
        reply.error = {
          type: "",
          code: e.code,
          message: e.message,
          fault: e.retryable ? "retryable" : "final",
          requestId: e.requestId,
          status: e.statusCode,
        };
      } else {
        reply.failed = String(e.stack || e);
      }
      resolve(reply);
    };
    // RDS has the request id in the body too, and this SDK shows it there.
    const add = function ({ ResponseMetadata, ...value }) {
      reply.values.push(plain(value));
      reply.requestIds.push(ResponseMetadata ? ResponseMetadata.RequestId : this.requestId);
    };
    try {
      const method = c.operation[0].toLowerCase() + c.operation.slice(1);
      const request = client(c)[method](c.parameters);
      if (c.pages) {
        request.eachPage(function (err, data, next) {
          if (err) return fail(err);
          if (!data) return resolve(reply);
          add.call(this, data);
          next();
        });
      } else {
        request.send(function (err, data) {
          if (err) return fail(err);
          add.call(this, data);
          resolve(reply);
        });
      }
    } catch (e) {
      fail(e);
    }
  });
}

async function main() {
  if (process.argv[3] === "version") {
    console.log("aws-sdk", AWS.VERSION);
    return;
  }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await call(JSON.parse(line))) + "\n");
  }
}

main();
