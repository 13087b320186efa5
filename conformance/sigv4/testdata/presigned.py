"""Makes presigned.json: requests presigned by botocore, with the dummy
credentials of the documentation. Run it with python3 in this folder."""
import datetime
import json

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
ARN = "/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A1%3Aoffering%3Aa%2Fb"
botocore.auth.get_current_datetime = lambda: datetime.datetime(2026, 11, 21, 22, 1, 15)

# name, service, host, path, query, token, headers, lifetime
CASES = [
    ("rds", "rds", "rds.us-east-1.amazonaws.com", "/", "?Action=DescribeReservedDBInstances&Version=2014-10-31", "", {}, 60),
    ("token", "rds", "127.0.0.1:4599", "/", "?Action=A&Version=2014-10-31", "SESSION/TOKEN+==", {}, 604800),
    ("special", "rds", "localhost:80", "/", "?%C3%A9=1&~=1&b=x%20y%2Bz&a-b=1&a=%F0%9F%98%80", "", {}, 1),
    ("path", "mediaconnect", "mediaconnect.us-east-1.amazonaws.com", ARN, "", "", {}, 3600),
    ("dots", "mediaconnect", "h", "/v1//a/./b/../c/", "", "", {}, 3600),
    ("header", "mediaconnect", "h", "/v1/offerings", "?maxResults=5", "", {"X-Amz-Meta": " a  b "}, 3600),
]
requests = []
for name, service, host, path, query, token, headers, lifetime in CASES:
    request = AWSRequest("GET", "https://" + host + path + query, headers=headers)
    credentials = Credentials("AKIDEXAMPLE", KEY, token or None)
    botocore.auth.SigV4QueryAuth(credentials, service, "us-east-1", expires=lifetime).add_auth(request)
    signed = request.prepare().url.partition("?")[2]
    requests.append({"name": name, "service": service, "host": host, "path": path, "query": signed,
                     "token": token, "headers": headers, "lifetime": lifetime})
with open("presigned.json", "w") as f:
    json.dump({"botocore": botocore.__version__, "requests": requests}, f, indent=1, ensure_ascii=False)
    f.write("\n")
