package bench

import (
	"bytes"
	"encoding/xml"
	"time"

	smithyxml "github.com/aws/smithy-go/encoding/xml"

	"wireproof/codec/bench/payload"
)

// rdsPageEncode writes the page compact, from structs.
var rdsPageEncode = writing("XML encode, page of 100",
	func() payload.Document { return payload.RDSDescribe(payload.PageRecords) },
	[]Contender{wireproofRDSEncode, smithyXML, marshalXML},
)

// encodedXML reads back what an encoder wrote.
func encodedXML(text []byte) (any, error) {
	var page xmlDescribe
	err := xml.Unmarshal(text, &page)
	return page.got(), err
}

var marshalXML = Contender{Name: "encoding/xml", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	var page xmlDescribe
	err := xml.Unmarshal([]byte(doc.Text), &page)
	var text []byte
	return Work{
		Run: func() (err error) { text, err = xml.Marshal(&page); return err },
		Got: func() (any, error) { return encodedXML(text) },
	}, err
}}

// smithyXML drives smithy-go's XML encoder by hand, as the code generated for a
// restXml service does.
var smithyXML = Contender{Name: "smithy-go encoding/xml", Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
	var page xmlDescribe
	err := xml.Unmarshal([]byte(doc.Text), &page)
	var text []byte
	return Work{
		Run: func() error { text = writeSmithyXML(&page); return nil },
		Got: func() (any, error) { return encodedXML(text) },
	}, err
}}

func smithyElement(name string) smithyxml.StartElement {
	return smithyxml.StartElement{Name: smithyxml.Name{Local: name}}
}

func writeSmithyXML(page *xmlDescribe) []byte {
	encoder := smithyxml.NewEncoder(bytes.NewBuffer(nil))
	root := encoder.RootElement(smithyxml.StartElement{
		Name: smithyxml.Name{Local: page.XMLName.Local},
		Attr: []smithyxml.Attr{smithyxml.NewNamespaceAttribute("", page.XMLName.Space)},
	})
	result := root.MemberElement(smithyElement("DescribeReservedDBInstancesResult"))
	result.MemberElement(smithyElement("Marker")).String(page.Marker)
	list := result.MemberElement(smithyElement("ReservedDBInstances"))
	item := smithyElement("ReservedDBInstance")
	instances := list.ArrayWithCustomName(item)
	for i := range page.Instances {
		writeSmithyInstance(instances.Member(), &page.Instances[i])
	}
	list.Close()
	result.Close()
	metadata := root.MemberElement(smithyElement("ResponseMetadata"))
	metadata.MemberElement(smithyElement("RequestId")).String(page.RequestID)
	metadata.Close()
	root.Close()
	return encoder.Bytes()
}

func writeSmithyInstance(v smithyxml.Value, in *xmlInstance) {
	v.MemberElement(smithyElement("OfferingType")).String(in.OfferingType)
	v.MemberElement(smithyElement("CurrencyCode")).String(in.CurrencyCode)
	list := v.MemberElement(smithyElement("RecurringCharges"))
	charges := list.ArrayWithCustomName(smithyElement("RecurringCharge"))
	for i := range in.Charges {
		charge := charges.Member()
		charge.MemberElement(smithyElement("RecurringChargeFrequency")).String(in.Charges[i].Frequency)
		charge.MemberElement(smithyElement("RecurringChargeAmount")).Double(in.Charges[i].Amount)
		charge.Close()
	}
	list.Close()
	v.MemberElement(smithyElement("ProductDescription")).String(in.ProductDescription)
	v.MemberElement(smithyElement("ReservedDBInstancesOfferingId")).String(in.OfferingID)
	v.MemberElement(smithyElement("MultiAZ")).Boolean(in.MultiAZ)
	v.MemberElement(smithyElement("State")).String(in.State)
	v.MemberElement(smithyElement("ReservedDBInstanceId")).String(in.ID)
	v.MemberElement(smithyElement("DBInstanceCount")).Long(in.DBInstanceCount)
	v.MemberElement(smithyElement("StartTime")).String(in.StartTime.Format(time.RFC3339Nano))
	v.MemberElement(smithyElement("Duration")).Long(in.Duration)
	v.MemberElement(smithyElement("FixedPrice")).Double(in.FixedPrice)
	v.MemberElement(smithyElement("UsagePrice")).Double(in.UsagePrice)
	v.MemberElement(smithyElement("DBInstanceClass")).String(in.DBInstanceClass)
	v.MemberElement(smithyElement("ReservedDBInstanceArn")).String(in.ARN)
	v.MemberElement(smithyElement("LeaseId")).String(in.LeaseID)
	v.Close()
}
