package catalogue

import (
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
)

// OfferingAccount stands in the ARNs of MediaConnect offerings, in every region
// and for every caller.
const OfferingAccount = "123456789012"

// Catalogue is a set of offerings in a fixed order. It does not change once made
// and is safe for concurrent use; what it hands out must not be written to.
type Catalogue struct {
	rds     []rds.ReservedDBInstancesOffering
	rdsByID map[string]int
	// The offerings of MediaConnect have the end of their ARN in OfferingArn: what
	// stands before it depends on the region.
	mc     []mediaconnect.Offering
	mcByID map[string]int
}

func build(rdsList []rds.ReservedDBInstancesOffering, mcList []mediaconnect.Offering) *Catalogue {
	c := &Catalogue{rds: rdsList, rdsByID: make(map[string]int, len(rdsList)), mc: mcList, mcByID: make(map[string]int, len(mcList))}
	for i := range rdsList {
		c.rdsByID[rdsList[i].ReservedDBInstancesOfferingId.Value] = i
	}
	for i := range mcList {
		c.mcByID[mcList[i].OfferingArn.Value] = i
	}
	return c
}

// RDS lists the offerings of RDS.
func (c *Catalogue) RDS() []rds.ReservedDBInstancesOffering { return c.rds }

// RDSOffering finds an offering of RDS by its id, exact in case.
func (c *Catalogue) RDSOffering(id string) (*rds.ReservedDBInstancesOffering, bool) {
	i, ok := c.rdsByID[id]
	if !ok {
		return nil, false
	}
	return &c.rds[i], true
}

// MediaConnect lists the offerings of MediaConnect with their ARNs in a region.
func (c *Catalogue) MediaConnect(region string) []mediaconnect.Offering {
	return c.AppendMediaConnect(make([]mediaconnect.Offering, 0, len(c.mc)), region, 0, len(c.mc))
}

// MediaConnectLen is how many offerings of MediaConnect there are.
func (c *Catalogue) MediaConnectLen() int { return len(c.mc) }

// AppendMediaConnect appends the offerings from number from to before number to,
// counted from 0: a page costs what is on it.
func (c *Catalogue) AppendMediaConnect(dst []mediaconnect.Offering, region string, from, to int) []mediaconnect.Offering {
	var arns strings.Builder // all in one
	arns.Grow((to - from) * (len(arnPrefix) + len(region) + len(OfferingAccount) + len(arnOffering) + 40))
	for _, o := range c.mc[from:to] {
		start := arns.Len()
		for _, part := range [...]string{arnPrefix, region, ":", OfferingAccount, arnOffering, o.OfferingArn.Value} {
			arns.WriteString(part)
		}
		o.OfferingArn.Value = arns.String()[start:]
		dst = append(dst, o)
	}
	return dst
}

// MediaConnectOffering finds an offering of MediaConnect by its ARN in any
// region, exact in case, and returns a copy with that ARN.
func (c *Catalogue) MediaConnectOffering(arn string) (*mediaconnect.Offering, bool) {
	_, id, ok := SplitOfferingArn(arn)
	if !ok {
		return nil, false
	}
	i, ok := c.mcByID[id]
	if !ok {
		return nil, false
	}
	o := c.mc[i]
	o.OfferingArn.Value = arn
	return &o, true
}

const (
	arnPrefix   = "arn:aws:mediaconnect:"
	arnOffering = ":offering:"
)

// SplitOfferingArn takes the ARN of an offering apart:
// arn:aws:mediaconnect:REGION:123456789012:offering:ID.
func SplitOfferingArn(arn string) (region, id string, ok bool) {
	rest, ok := strings.CutPrefix(arn, arnPrefix)
	if !ok {
		return "", "", false
	}
	region, rest, _ = strings.Cut(rest, ":")
	id, ok = strings.CutPrefix(rest, OfferingAccount+arnOffering)
	return region, id, ok && region != ""
}
