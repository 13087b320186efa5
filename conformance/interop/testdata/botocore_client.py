"""Calls clients of botocore without a network.

Reads calls from standard input, one JSON object a line, and writes what came of
each to standard output in the same way. The whole client runs, with its own
validation, serializer and parsers; its request is taken, and answered, where it
would be sent.

    call   {"service", "operation", "parameters", "response": {"status",
            "headers": [[name, value], ...], "body": base64}}
    reply  {"request": {"method", "url", "headers", "body": base64} or null,
            and one of
            "value": the parsed output; "missing": members of the model that it lacks
            "error": {"type", "code", "message", "fault", "requestId", "status"}
            "refused": the parameters are not valid
            "failed": the parser's exception}

JSON has no place for doubles that are no numbers, nor for instants: a double is
{"double": hexadecimal text}, an instant {"instant": [seconds, microseconds]}.
"""

import base64
import datetime
import json
import sys

import botocore
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Body:
    """The raw side of an AWSResponse."""

    def __init__(self, data):
        self.data = data

    def stream(self, *args, **kwargs):
        yield self.data


class Caller:
    def __init__(self):
        session = botocore.session.Session()
        # Nothing of the user's own configuration is read, and nothing is signed:
        # signatures are no part of the comparison.
        session.set_config_variable("config_file", "/dev/null")
        session.set_config_variable("credentials_file", "/dev/null")
        config = Config(signature_version=botocore.UNSIGNED, retries={"max_attempts": 0})
        self.clients = {}
        for service in ("rds", "mediaconnect"):
            client = session.create_client(service, region_name="us-east-1", config=config)
            client.meta.events.register("before-send." + service, self.answer)
            self.clients[service] = client
        self.response = self.request = None

    def answer(self, request, **kwargs):
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        self.request = {
            "method": request.method,
            "url": request.url,
            "headers": [[name, value if isinstance(value, str) else value.decode()] for name, value in request.headers.items()],
            "body": base64.b64encode(body).decode(),
        }
        headers = dict((name, value) for name, value in self.response["headers"])
        return AWSResponse(request.url, self.response["status"], headers, Body(base64.b64decode(self.response["body"])))

    def call(self, call):
        client = self.clients[call["service"]]
        self.response, self.request = call["response"], None
        try:
            value = client._make_api_call(call["operation"], call["parameters"])
        except ParamValidationError as e:
            reply = {"refused": str(e)}
        except ClientError as e:
            error, metadata = e.response.get("Error", {}), e.response.get("ResponseMetadata", {})
            reply = {"error": {
                "type": "" if type(e) is ClientError else type(e).__name__,
                "code": error.get("Code"),
                "message": error.get("Message"),
                "fault": error.get("Type"),
                "requestId": metadata.get("RequestId"),
                "status": metadata.get("HTTPStatusCode"),
            }}
        except Exception as e:
            reply = {"failed": "%s: %s" % (type(e).__name__, e)}
        else:
            metadata = value.pop("ResponseMetadata", {})
            shape = client.meta.service_model.operation_model(call["operation"]).output_shape
            reply = {"value": plain(value), "missing": list(missing(shape, value, "")), "requestId": metadata.get("RequestId")}
        reply["request"] = self.request
        return reply


def plain(value):
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return {"double": value.hex()}
    if isinstance(value, datetime.datetime):
        since = value - EPOCH
        return {"instant": [since.days * 86400 + since.seconds, since.microseconds]}
    return value


def missing(shape, value, path):
    """Members of the model that the value lacks, in the first item of lists."""
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name not in (value or {}):
                yield path + "." + name
            else:
                yield from missing(member, value[name], path + "." + name)
    elif shape.type_name == "list" and value:
        yield from missing(shape.member, value[0], path + "[0]")


def main():
    if sys.argv[1:] == ["version"]:
        print(botocore.__version__)
        return
    caller = Caller()
    for line in sys.stdin:
        print(json.dumps(caller.call(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
