// Writes values so that doubles and instants can be told from the rest, as
// botocore_client.py does. JavaScript has one type for numbers, so each is a
// double.
"use strict";

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

module.exports = { plain };
