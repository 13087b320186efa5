// Calls clients of the AWS SDK for JavaScript v3 over the network: the protocol
// of live_botocore.py. The first argument is a folder with @aws-sdk/client-rds
// and @aws-sdk/client-mediaconnect in its node_modules.
"use strict";

const path = require("node:path");
const readline = require("node:readline");
const { createRequire } = require("node:module");
const { plain } = require("./live_plain.cjs");

const load = createRequire(path.resolve(process.argv[2], "index.js"));
const sdks = { rds: load("@aws-sdk/client-rds"), mediaconnect: load("@aws-sdk/client-mediaconnect") };

const clients = new Map();

function client({ service, region, endpoint, caller }) {
  const key = JSON.stringify([service, region, endpoint, caller]);
  if (!clients.has(key)) {
    const credentials = { accessKeyId: caller.accessKey, secretAccessKey: caller.secretKey, sessionToken: caller.token || undefined };
    const Client = service === "rds" ? sdks.rds.RDSClient : sdks.mediaconnect.MediaConnectClient;
    clients.set(key, new Client({ region, endpoint, credentials, maxAttempts: 2 }));
  }
  return clients.get(key);
}

async function call(c) {
  const reply = { values: [], requestIds: [] };
  const add = ({ $metadata, ...value }) => {
    reply.values.push(plain(value));
    reply.requestIds.push($metadata.requestId);
  };
  try {
    if (c.pages) {
      const paginate = sdks[c.service]["paginate" + c.operation];
      // The size of a page is the paginator's to set.
      const { MaxRecords, MaxResults, ...parameters } = c.parameters;
      for await (const page of paginate({ client: client(c), pageSize: MaxRecords || MaxResults }, parameters)) add(page);
    } else {
      add(await client(c).send(new sdks[c.service][c.operation + "Command"](c.parameters)));
    }
  } catch (e) {
    if (e.$metadata && e.$fault && e.$metadata.httpStatusCode) {
      const modeled = !/ServiceException$/.test(e.constructor.name);
      reply.error = {
        type: modeled ? e.constructor.name : "",
        code: e.Code || e.name,
        message: e.message,
        fault: e.$fault,
        requestId: e.$metadata.requestId,
        status: e.$metadata.httpStatusCode,
      };
    } else {
      reply.failed = String(e.stack || e);
    }
  }
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
  for (const c of clients.values()) c.destroy();
}

main();
