// Package schematest holds what the codec decodes against the JSON Schemas: it
// has tests only. schemas and fixtures know nothing of the codec, so the three
// meet here.
package schematest
