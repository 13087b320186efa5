package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// MaxFile is the largest catalogue file in bytes.
const MaxFile = 64 << 20

// ErrFile is wrapped by a [FileError].
var ErrFile = errors.New("not a catalogue")

// FileError says what is wrong with a catalogue file.
type FileError struct {
	// File is the file's name, or empty where it has none.
	File string
	// Problems stand in the order of their lines; there is at least one.
	Problems []Problem
}

// Problem is one thing that is wrong, and where.
type Problem struct {
	// Line and Column count from 1; 0 where the file is no YAML and the parser
	// does not say.
	Line, Column int
	// Member is an RFC 6901 pointer: /rds/0/Duration.
	Member string
	What   string
}

// Error gives each problem on a line of its own: file:line:column: member: what.
func (e *FileError) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteByte('\n')
		}
		name := e.File
		if name == "" {
			name = "catalogue"
		}
		b.WriteString(name)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
		b.WriteString(": ")
		if p.Member != "" {
			b.WriteString(p.Member + ": ")
		}
		b.WriteString(p.What)
	}
	return b.String()
}

// Unwrap returns [ErrFile].
func (e *FileError) Unwrap() error { return ErrFile }

// LoadFile loads a catalogue from a file. The error is that of opening it or
// those of [Load].
func LoadFile(name string) (*Catalogue, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Load(f)
}

// Load reads a catalogue in YAML, as the package comment describes it, and checks
// it against its JSON Schema. The error is a *[FileError], or that of reading. If r
// has a Name, as an [os.File] has, errors give it.
func Load(r io.Reader) (*Catalogue, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, err
	}
	l := loader{}
	if n, ok := r.(interface{ Name() string }); ok {
		l.name = n.Name()
	}
	if len(text) > MaxFile {
		return nil, l.fail(Problem{What: fmt.Sprintf("has more than %d bytes", MaxFile)})
	}
	return l.load(text)
}

// loader reads one file.
type loader struct {
	name     string
	problems []Problem
}

func (l *loader) fail(problems ...Problem) error {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return &FileError{l.name, problems}
}

func (l *loader) load(text []byte) (*Catalogue, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	if err := d.Decode(&document); errors.Is(err, io.EOF) {
		return nil, l.fail(Problem{Line: 1, Column: 1, What: "the file is empty"})
	} else if err != nil {
		return nil, l.fail(syntaxProblem(err))
	}
	if err := d.Decode(&second); err == nil {
		return nil, l.fail(Problem{Line: second.Line, Column: second.Column, What: "a second document"})
	} else if !errors.Is(err, io.EOF) {
		return nil, l.fail(syntaxProblem(err))
	}
	root := document.Content[0]
	value := l.value(root, "", 0)
	if len(l.problems) > 0 {
		return nil, l.fail(l.problems...)
	}
	l.checkSchema(root, value)
	if len(l.problems) > 0 {
		return nil, l.fail(l.problems...)
	}
	members := value.(map[string]any) // as the schema has it
	base := Default()
	rdsList, mcList := base.rds, base.mc
	if list, ok := members["rds"].([]any); ok {
		rdsList = make([]rds.ReservedDBInstancesOffering, len(list))
		for i := range list {
			rdsList[i] = rdsOffering(list[i].(map[string]any))
		}
		l.checkRDS(root, rdsList)
	}
	if list, ok := members["mediaconnect"].([]any); ok {
		mcList = make([]mediaconnect.Offering, len(list))
		for i := range list {
			mcList[i] = mediaConnectOffering(list[i].(map[string]any))
		}
		l.checkMediaConnect(root, mcList)
	}
	if len(l.problems) > 0 {
		return nil, l.fail(l.problems...)
	}
	return build(rdsList, mcList), nil
}

// checkRDS looks for what a schema cannot say: an id twice, and text that XML has
// no form for.
func (l *loader) checkRDS(root *yaml.Node, list []rds.ReservedDBInstancesOffering) {
	seen := map[string]int{}
	for i := range list {
		l.unique(root, seen, list[i].ReservedDBInstancesOfferingId.Value, "rds", i, "ReservedDBInstancesOfferingId")
		out := rds.DescribeReservedDBInstancesOfferingsOutput{ReservedDBInstancesOfferings: wire.Some(list[i : i+1])}
		var bad *wire.EncodeError
		if _, err := (rds.Encoder{}).AppendBody(nil, &out); errors.As(err, &bad) {
			l.at(root, pointer("rds", i, bad.Path[strings.LastIndexByte(bad.Path, '/')+1:]), bad.What)
		}
	}
}

func (l *loader) checkMediaConnect(root *yaml.Node, list []mediaconnect.Offering) {
	seen := map[string]int{}
	for i := range list {
		l.unique(root, seen, list[i].OfferingArn.Value, "mediaconnect", i, "offering")
	}
}

func (l *loader) unique(root *yaml.Node, seen map[string]int, id, service string, i int, member string) {
	if first, twice := seen[id]; twice {
		l.at(root, pointer(service, i, member), fmt.Sprintf("%q is that of number %d too", id, first))
		return
	}
	seen[id] = i
}

func pointer(service string, i int, member string) string {
	return "/" + service + "/" + strconv.Itoa(i) + "/" + member
}

func rdsOffering(m map[string]any) rds.ReservedDBInstancesOffering {
	charges := []rds.RecurringCharge{}
	if list, ok := m["RecurringCharges"].([]any); ok {
		for _, item := range list {
			c := item.(map[string]any)
			charges = append(charges, rds.RecurringCharge{
				RecurringChargeAmount:    wire.Some(number(c["RecurringChargeAmount"])),
				RecurringChargeFrequency: wire.Some(c["RecurringChargeFrequency"].(string)),
			})
		}
	}
	return rds.ReservedDBInstancesOffering{
		ReservedDBInstancesOfferingId: wire.Some(m["ReservedDBInstancesOfferingId"].(string)),
		DBInstanceClass:               wire.Some(m["DBInstanceClass"].(string)),
		Duration:                      wire.Some(int64(number(m["Duration"]))),
		FixedPrice:                    wire.Some(number(m["FixedPrice"])),
		UsagePrice:                    wire.Some(number(m["UsagePrice"])),
		CurrencyCode:                  wire.Some(m["CurrencyCode"].(string)),
		ProductDescription:            wire.Some(m["ProductDescription"].(string)),
		OfferingType:                  wire.Some(m["OfferingType"].(string)),
		MultiAZ:                       wire.Some(m["MultiAZ"].(bool)),
		RecurringCharges:              wire.Some(charges),
	}
}

func mediaConnectOffering(m map[string]any) mediaconnect.Offering {
	specification := m["resourceSpecification"].(map[string]any)
	resource := mediaconnect.ResourceSpecification{ResourceType: wire.Some(mediaconnect.ResourceType(specification["resourceType"].(string)))}
	if bitrate, ok := specification["reservedBitrate"]; ok {
		resource.ReservedBitrate = wire.Some(int64(number(bitrate)))
	}
	return mediaconnect.Offering{
		CurrencyCode:          wire.Some(m["currencyCode"].(string)),
		Duration:              wire.Some(int64(number(m["duration"]))),
		DurationUnits:         wire.Some(mediaconnect.DurationUnits(m["durationUnits"].(string))),
		OfferingArn:           wire.Some(m["offering"].(string)),
		OfferingDescription:   wire.Some(m["offeringDescription"].(string)),
		PricePerUnit:          wire.Some(m["pricePerUnit"].(string)),
		PriceUnits:            wire.Some(mediaconnect.PriceUnits(m["priceUnits"].(string))),
		ResourceSpecification: wire.Some(resource),
	}
}

// number gives a number as the YAML reader hands it over.
func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	panic("catalogue: BUG: the schema let a number through that is none")
}
