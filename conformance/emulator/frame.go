package emulator

import (
	"strings"
	"sync"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// frame is what stands in an answer of RDS around marker, records and request id:
// before each of them, and at the end. Without a marker start is empty.
type frame struct{ start, records, requestID, end string }

type frameKey struct {
	op      rds.Operation
	version rds.Version
	marked  bool
}

// frames gives the frames of every version.
var frames = sync.OnceValue(func() map[frameKey]frame {
	all := map[frameKey]frame{}
	for _, v := range rds.Versions() {
		metadata := rds.Metadata{RequestID: wire.Some("?")}
		all[frameKey{rds.PurchaseReservedDBInstancesOffering, v, false}] = newFrame(v, false,
			&rds.PurchaseReservedDBInstancesOfferingOutput{ReservedDBInstance: wire.Some(rds.ReservedDBInstance{State: wire.Some("?")}), Metadata: metadata})
		for _, marked := range []bool{false, true} {
			marker := wire.Opt[string]{}
			if marked {
				marker.Set("?")
			}
			all[frameKey{rds.DescribeReservedDBInstancesOfferings, v, marked}] = newFrame(v, marked, &rds.DescribeReservedDBInstancesOfferingsOutput{
				ReservedDBInstancesOfferings: wire.Some([]rds.ReservedDBInstancesOffering{{DBInstanceClass: wire.Some("?")}}), Marker: marker, Metadata: metadata})
			all[frameKey{rds.DescribeReservedDBInstances, v, marked}] = newFrame(v, marked, &rds.DescribeReservedDBInstancesOutput{
				ReservedDBInstances: wire.Some([]rds.ReservedDBInstance{{State: wire.Some("?")}}), Marker: marker, Metadata: metadata})
		}
	}
	return all
})

func newFrame(v rds.Version, marked bool, out rds.Output) frame {
	before, _, after := aroundRecord(out, v)
	f := frame{records: before}
	if marked {
		pieces := cutValues(before, "Marker")
		f.start, f.records = pieces[0], pieces[1]
	}
	pieces := cutValues(after, "RequestId")
	f.requestID, f.end = pieces[0], pieces[1]
	return f
}

// aroundRecord cuts what the codec writes around the one record that there is, to
// which the line end before it belongs.
func aroundRecord(out rds.Output, v rds.Version) (before, record, after string) {
	name := "ReservedDBInstance"
	if out.Operation() == rds.DescribeReservedDBInstancesOfferings {
		name = "ReservedDBInstancesOffering"
	}
	body, err := rds.Encoder{Version: v, Indent: true}.AppendBody(nil, out)
	text, end := string(body), "</"+name+">"
	i, j := strings.Index(text, "<"+name+">"), strings.LastIndex(text, end)
	if err != nil || i < 0 || j < i {
		panic("emulator: BUG: the codec wrote no " + name)
	}
	i, j = strings.LastIndexByte(text[:i], '\n'), j+len(end)
	return text[:i], text[i:j], text[j:]
}

// cutValues cuts the values of some elements, in their order, out of a text, and
// gives what is left: a piece before each value, and the last one.
func cutValues(text string, names ...string) (pieces []string) {
	for _, name := range names {
		before, value, found := strings.Cut(text, "<"+name+">")
		i := strings.Index(value, "</"+name+">")
		if !found || i < 0 {
			panic("emulator: BUG: the codec wrote no " + name + " where one was expected")
		}
		pieces = append(pieces, before+"<"+name+">")
		text = value[i:]
	}
	return append(pieces, text)
}
