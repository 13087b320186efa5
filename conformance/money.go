package conformance

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// awsDomains are AWS's own. Everything below them is refused.
var awsDomains = []string{"amazonaws.com", "amazonaws.com.cn", "api.aws", "aws.dev"}

// refuseAWS gives [ErrAWS] for a host that is AWS's: by its name, or by the name
// that it is an alias of. There is no way around it. A name that cannot be looked
// up is no reason to refuse, since nothing can be sent to it either.
func refuseAWS(ctx context.Context, host string, r Resolver) error {
	if isAWS(host) {
		return fmt.Errorf("%w: %s; a purchase there costs money, so nothing is sent to it", ErrAWS, host)
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	if r == nil {
		r = net.DefaultResolver
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	name, err := r.LookupCNAME(ctx, host)
	if err == nil && isAWS(name) {
		return fmt.Errorf("%w: %s leads to %s; a purchase there costs money, so nothing is sent to it", ErrAWS, host, name)
	}
	return nil
}

func isAWS(host string) bool {
	host = strings.ToLower(strings.TrimRight(host, "."))
	return slices.ContainsFunc(awsDomains, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) })
}
