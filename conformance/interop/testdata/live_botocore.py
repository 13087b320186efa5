"""Calls clients of boto3 over the network.

Reads calls from standard input, one JSON object a line, and writes what came of
each to standard output in the same way. Nothing of the client is replaced: it
signs, sends, retries and parses as it does for anybody. The first argument may
be an API version of RDS, the second the version of its signatures: v2 or v4.

    call   {"endpoint", "region", "caller": {"accessKey", "secretKey", "token"},
            "service", "operation", "parameters",
            "pages": whether to use the paginator, up to its end}
    reply  {"values": [the parsed output of each page], "requestIds": [...],
            "error": {"type", "code", "message", "fault", "requestId", "status"},
            "failed": any other exception}

Doubles and instants are written as botocore_client.py does.
"""

import json
import os
import sys

for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
    os.environ[name] = os.devnull  # before boto3 looks for them

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from botocore_client import plain


class Caller:
    def __init__(self, api_version=None, signature_version="v4"):
        self.api_version = api_version
        self.signature_version = signature_version
        self.clients = {}

    def client(self, call):
        caller = call["caller"]
        key = (call["service"], call["region"], call["endpoint"], caller["accessKey"], caller["secretKey"], caller["token"])
        if key not in self.clients:
            self.clients[key] = boto3.client(
                call["service"],
                region_name=call["region"],
                endpoint_url=call["endpoint"],
                aws_access_key_id=caller["accessKey"],
                aws_secret_access_key=caller["secretKey"],
                aws_session_token=caller["token"] or None,
                api_version=self.api_version if call["service"] == "rds" else None,
                config=Config(retries={"total_max_attempts": 2}, signature_version=self.signature_version),
            )
        return self.clients[key]

    def call(self, call):
        reply = {"values": [], "requestIds": []}
        try:
            client = self.client(call)
            method = {v: k for k, v in client.meta.method_to_api_mapping.items()}[call["operation"]]
            parameters, pages = call["parameters"], None
            if call["pages"]:
                size = {"rds": "MaxRecords", "mediaconnect": "MaxResults"}[call["service"]]
                pages = {"PageSize": parameters.pop(size)} if size in parameters else {}
                results = client.get_paginator(method).paginate(PaginationConfig=pages, **parameters)
            else:
                results = [getattr(client, method)(**parameters)]
            for value in results:
                reply["requestIds"].append(value.pop("ResponseMetadata")["RequestId"])
                reply["values"].append(plain(value))
        except ClientError as e:
            error, metadata = e.response.get("Error", {}), e.response.get("ResponseMetadata", {})
            # A modeled error can be caught by its name at the client.
            modeled = type(e) is not ClientError
            if modeled and not isinstance(e, getattr(client.exceptions, type(e).__name__)):
                raise
            reply["error"] = {
                "type": type(e).__name__ if modeled else "",
                "code": error.get("Code"),
                "message": error.get("Message"),
                "fault": error.get("Type"),
                "requestId": metadata.get("RequestId"),
                "status": metadata.get("HTTPStatusCode"),
            }
        except Exception as e:
            reply["failed"] = "%s: %s" % (type(e).__name__, e)
        return reply


def main():
    if sys.argv[1:] == ["version"]:
        print(boto3.__version__)
        return
    caller = Caller(*sys.argv[1:])
    for line in sys.stdin:
        print(json.dumps(caller.call(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
