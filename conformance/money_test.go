package conformance

import (
	"context"
	"errors"
	"testing"
)

type names map[string]string

func (n names) LookupCNAME(_ context.Context, host string) (string, error) {
	if name, ok := n[host]; ok {
		return name, nil
	}
	return "", errors.New("no such host")
}

// A purchase at AWS costs money: nothing is ever sent there.
func TestEndpointRefusesAWS(t *testing.T) {
	resolver := names{"my-proxy.example": "rds.us-east-1.amazonaws.com.", "other.example": "other.example."}
	for url, refused := range map[string]bool{
		"https://rds.us-east-1.amazonaws.com":              true,
		"https://RDS.us-east-1.AmazonAWS.com.":             true,
		"https://rds.cn-north-1.amazonaws.com.cn:443/x":    true,
		"https://mediaconnect.us-east-1.api.aws":           true,
		"http://amazonaws.com":                             true,
		"https://x.aws.dev":                                true,
		"http://my-proxy.example:8080":                     true, // an alias
		"http://other.example":                             false,
		"http://notamazonaws.com":                          false,
		"http://amazonaws.com.example":                     false,
		"http://127.0.0.1:5000/prefix":                     false,
		"http://[::1]:5000":                                false,
		"http://unknown.example":                           false,
		"http://rds.us-east-1.amazonaws.com.localhost:123": false,
	} {
		_, err := Endpoint(t.Context(), url, EndpointOptions{Resolver: resolver})
		if errors.Is(err, ErrAWS) != refused || err != nil && !refused {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestEndpointUsage(t *testing.T) {
	for _, url := range []string{"", "127.0.0.1:5000", "ftp://h", "http://", "http://h?x=1", "http://h#x", "http://u:p@h", "http://h:port", "://"} {
		if _, err := Endpoint(t.Context(), url, EndpointOptions{}); !errors.Is(err, ErrUsage) {
			t.Errorf("%q: %v", url, err)
		}
	}
	e, err := Endpoint(t.Context(), "http://h:1/a%2Fb/", EndpointOptions{Resolver: names{}})
	if err != nil || e.URL().EscapedPath() != "/a%2Fb" {
		t.Errorf("%v, %v", e, err)
	}
}
