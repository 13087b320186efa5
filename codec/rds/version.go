package rds

// Version is an API version of RDS, as the Version parameter names it.
type Version string

// The API versions of RDS in which the three operations are known. A version
// does not fix a shape for good: 2013-05-15, 2013-09-09 and 2014-10-31 each
// changed while they were current, so the methods below tell what the last
// model of a version has. WIRE.md section C.
const (
	V20120423 Version = "2012-04-23"
	V20120917 Version = "2012-09-17"
	V20130110 Version = "2013-01-10"
	V20130212 Version = "2013-02-12"
	V20130515 Version = "2013-05-15"
	V20130909 Version = "2013-09-09"
	V20140901 Version = "2014-09-01"
	V20141031 Version = "2014-10-31"
)

// Oldest is how a request without a Version is read: the documented request of
// 2012 has none. Latest is what encoders write unless told otherwise.
const (
	Oldest = V20120423
	Latest = V20141031
)

// Versions lists the API versions from the oldest to the latest.
func Versions() []Version {
	return []Version{V20120423, V20120917, V20130110, V20130212, V20130515, V20130909, V20140901, V20141031}
}

// Known reports whether v is one of [Versions].
func (v Version) Known() bool {
	switch v {
	case V20120423, V20120917, V20130110, V20130212, V20130515, V20130909, V20140901, V20141031:
		return true
	}
	return false
}

// Namespace is the XML namespace of a response to a request of this version.
func (v Version) Namespace() string {
	if ns, ok := namespaces[v]; ok {
		return ns
	}
	return namespacePrefix + string(v) + "/"
}

const namespacePrefix = "http://rds.amazonaws.com/doc/"

// namespaces spares encoders putting them together.
var namespaces = func() map[Version]string {
	m := map[Version]string{}
	for _, v := range Versions() {
		m[v] = namespacePrefix + string(v) + "/"
	}
	return m
}()

// FilterForm is how a version writes a filter.
type FilterForm uint8

// The forms of a filter. None of the two works: the parameter is documented as
// not supported wherever it is there.
const (
	NoFilters       FilterForm = iota
	FilterNameValue            // Filters.Filter.N.FilterName, .FilterValue.Value.M
	NameValues                 // Filters.Filter.N.Name, .Values.Value.M
)

// Filters tells how the operation's filters are written in this version. The
// last models of 2013-09-09 write Name and Values; before 16 October 2014 the
// same version wrote FilterName and FilterValue, and requests are read in both
// forms in both versions of 2013.
func (v Version) Filters(o Operation) FilterForm {
	switch {
	case o == PurchaseReservedDBInstancesOffering || v < V20130515:
		return NoFilters
	case v >= V20130909:
		return NameValues
	case o == DescribeReservedDBInstances:
		return FilterNameValue
	}
	return NoFilters
}

// HasTags reports whether a purchase takes Tags: from 2013-05-15 on.
func (v Version) HasTags() bool { return v >= V20130515 }

// HasLeaseId reports whether LeaseId is a member: in 2014-10-31 only.
func (v Version) HasLeaseId() bool { return v >= V20141031 }

// HasArn reports whether ReservedDBInstanceArn is a member: in 2014-10-31 only.
func (v Version) HasArn() bool { return v >= V20141031 }
