package auth

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// DefaultCredentials gives the pair of AWS's documentation, which opens nothing:
// AKIDEXAMPLE with wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY.
func DefaultCredentials() map[string]Secret {
	return map[string]Secret{"AKIDEXAMPLE": NewSecret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")}
}

// ParseCredential reads the value of a flag: access key, secret key and, where
// they are wanted, session token and account, with colons between them. The token
// may be empty.
//
//	AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY::210987654321
//
// No error has a part of the value but the access key.
func ParseCredential(s string) (accessKey string, secret Secret, err error) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 4 {
		return "", Secret{}, fmt.Errorf("auth: a credential is ACCESS_KEY:SECRET_KEY[:SESSION_TOKEN[:ACCOUNT]], and this has %d parts", len(parts))
	}
	parts = append(parts, "", "")
	secret = NewSecret(parts[1]).WithToken(parts[2], time.Time{}).WithAccount(parts[3])
	return parts[0], secret, checkCredential(parts[0], secret)
}

// maxCredentials is how large a file of credentials may be.
const maxCredentials = 1 << 20

// LoadCredentials reads a file as [ReadCredentials] does.
func LoadCredentials(path string) (map[string]Secret, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	defer f.Close()
	all, err := ReadCredentials(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return all, nil
}

// ReadCredentials reads credentials in YAML or JSON:
//
//	credentials:
//	  - access_key: AKIDEXAMPLE
//	    secret_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
//	    session_token: SESSION/TOKEN+==    # of temporary credentials
//	    expires: 2030-01-01T00:00:00Z      # the token's last second
//	    account: "210987654321"
//
// The first two are required. An error names the line, never what stands there.
func ReadCredentials(r io.Reader) (map[string]Secret, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxCredentials+1))
	if err != nil {
		return nil, fmt.Errorf("auth: credentials: %w", err)
	}
	if len(text) > maxCredentials {
		return nil, fmt.Errorf("auth: credentials: more than %d bytes", maxCredentials)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, hideText(err)
	}
	if len(document.Content) == 0 {
		return nil, errors.New("auth: credentials: the file is empty")
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode || len(root.Content) != 2 || root.Content[0].Value != "credentials" ||
		root.Content[1].Kind != yaml.SequenceNode || len(root.Content[1].Content) == 0 {
		return nil, fmt.Errorf("auth: credentials: line %d: want one member, credentials, with a list", root.Line)
	}
	all := map[string]Secret{}
	for _, item := range root.Content[1].Content {
		accessKey, secret, err := readCredential(item)
		if err == nil {
			err = checkCredential(accessKey, secret)
		}
		if _, twice := all[accessKey]; twice && err == nil {
			err = errors.New("auth: this access key is there already")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", item.Line, err)
		}
		all[accessKey] = secret
	}
	return all, nil
}

// readCredential goes through the nodes itself, since what yaml.v3 says about a
// value that does not fit quotes the value.
func readCredential(item *yaml.Node) (accessKey string, secret Secret, err error) {
	if item.Kind != yaml.MappingNode {
		return "", secret, errors.New("auth: a credential is a mapping")
	}
	var p parts
	var expires string
	members := map[string]*string{
		"access_key": &accessKey, "secret_key": &p.key, "session_token": &p.token, "expires": &expires, "account": &p.account,
	}
	for i := 0; i+1 < len(item.Content); i += 2 {
		name, value := item.Content[i], item.Content[i+1]
		into, known := members[name.Value]
		switch {
		case !known: // it could be a secret in the wrong place
			return "", secret, fmt.Errorf("auth: line %d: no member of a credential, or a second time", name.Line)
		case value.Kind != yaml.ScalarNode:
			return "", secret, fmt.Errorf("auth: line %d: %s is not a string", value.Line, name.Value)
		case value.Tag != "!!null":
			*into = value.Value
		}
		delete(members, name.Value)
	}
	if expires != "" {
		if p.expires, err = time.Parse(time.RFC3339, expires); err != nil {
			return "", secret, errors.New("auth: expires is not a time such as 2030-01-01T00:00:00Z")
		}
	}
	return accessKey, newSecret(p), nil
}

var yamlLine = regexp.MustCompile(`line \d+`)

// hideText keeps no more than the line of an error of yaml.v3.
func hideText(err error) error {
	if line := yamlLine.FindString(err.Error()); line != "" {
		return fmt.Errorf("auth: credentials: %s is not YAML", line)
	}
	return errors.New("auth: credentials: not YAML")
}
