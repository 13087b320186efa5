// Package facts has no code to use: its test holds the codec against the service
// models' facts, that is names, types, statuses, error codes and required
// members. The facts are frozen in testdata/facts.json; where the models
// themselves lie beside the project, in ../shared/models, the test checks that
// the frozen facts are still theirs. go test -update writes them anew.
package facts
