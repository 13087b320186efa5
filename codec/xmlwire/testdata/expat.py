"""What expat makes of documents, for the differential test.

Reads documents from standard input, each behind its length in four bytes, big
end first. For each writes a line: the SHA-256 of what it says, in the form that
oracle_test.go describes, or "-" and the reason why it is refused.
"""
import hashlib
import struct
import sys
from xml.parsers import expat


def said(document):
    events, text = [], []

    def flush():
        if text:
            events.append("t" + "".join(text) + "\0")
            text.clear()

    def start(name, attributes):
        flush()
        pairs = sorted(attributes.items(), key=lambda pair: pair[0].encode())
        events.append("<" + name + "\0" + "".join(k + "\0" + v + "\0" for k, v in pairs))

    def end(name):
        flush()
        events.append("/\0")

    parser = expat.ParserCreate(namespace_separator="\1")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.Parse(document, True)
    flush()
    return "".join(events).encode()


while head := sys.stdin.buffer.read(4):
    document = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
    try:
        answer = hashlib.sha256(said(document)).hexdigest()
    except (expat.ExpatError, ValueError, LookupError) as error:
        answer = "-" + str(error).replace("\n", " ")
    print(answer)
