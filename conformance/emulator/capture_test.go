package emulator_test

import (
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
)

// What each captured request gets from an emulator of which nothing was bought.
// The emulator's clock stands in the month of the captured start. Errors by
// WIRE.md sections A.4 to A.8, B.3 and B.15, or by UNDOCUMENTED.md.
var captureAnswers = map[string]struct {
	status int
	code   string
	why    string
}{
	"mediaconnect DescribeOffering dotdot":           {404, "NotFoundException", "an ARN with an escaped slash is one label, and no offering's"},
	"mediaconnect DescribeOffering empty":            {404, "NotFoundException", "no offering has the empty ARN"},
	"mediaconnect DescribeOffering min":              {200, "", "the documented offering"},
	"mediaconnect DescribeOffering weird":            {404, "NotFoundException", "no offering's ARN"},
	"mediaconnect DescribeReservation min":           {404, "NotFoundException", "nothing was bought"},
	"mediaconnect ListOfferings ListOfferings jsv2":  {400, "BadRequestException", "a token that is none"},
	"mediaconnect ListOfferings ListOfferings":       {200, "", "maxResults 5"},
	"mediaconnect ListOfferings emptytoken":          {200, "", "the empty token is none"},
	"mediaconnect ListOfferings full":                {400, "BadRequestException", "a token that is none"},
	"mediaconnect ListOfferings max0":                {400, "BadRequestException", "below 1"},
	"mediaconnect ListOfferings max1001":             {400, "BadRequestException", "above 1000"},
	"mediaconnect ListOfferings min":                 {200, "", ""},
	"mediaconnect ListOfferings paginator-PageSize5": {200, "", "maxResults 5"},
	"mediaconnect ListOfferings weirdtoken":          {400, "BadRequestException", "a token that is none"},
	"mediaconnect ListReservations full":             {400, "BadRequestException", "a token that is none"},
	"mediaconnect ListReservations min":              {200, "", "an empty list"},
	"mediaconnect PurchaseOffering PurchaseOffering": {404, "NotFoundException", "no such offering"},
	"mediaconnect PurchaseOffering emptystrings":     {400, "BadRequestException", "empty name and start"},
	"mediaconnect PurchaseOffering full":             {201, "", "start in the month"},
	"mediaconnect PurchaseOffering missingbody":      {400, "BadRequestException", "neither name nor start"},
	"mediaconnect PurchaseOffering weird":            {400, "BadRequestException", "start is no date"},

	"rds DescribeReservedDBInstances 2013-01-10-DescribeReservedDBInstances":      {200, "", ""},
	"rds DescribeReservedDBInstances 2013-01-10-emptylists":                       {200, "", ""},
	"rds DescribeReservedDBInstances 2013-02-12-DescribeReservedDBInstances":      {200, "", ""},
	"rds DescribeReservedDBInstances 2013-02-12-emptylists":                       {200, "", ""},
	"rds DescribeReservedDBInstances 2013-09-09-DescribeReservedDBInstances":      {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances 2013-09-09-emptylists":                       {200, "", "no filter in Filters"},
	"rds DescribeReservedDBInstances 2014-09-01-DescribeReservedDBInstances":      {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances 2014-09-01-emptylists":                       {200, "", "no filter in Filters"},
	"rds DescribeReservedDBInstances 2014-10-31-DescribeReservedDBInstances":      {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances 2014-10-31-emptylists":                       {200, "", "no filter in Filters"},
	"rds DescribeReservedDBInstances DescribeReservedDBInstances":                 {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances api20140901-DescribeReservedDBInstances":     {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances emptyfilters":                                {200, "", "no filter in Filters"},
	"rds DescribeReservedDBInstances emptystrings":                                {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances emptyvalues":                                 {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances filternovalues":                              {400, "MissingParameter", "a filter without Values"},
	"rds DescribeReservedDBInstances full":                                        {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances max":                                         {400, "InvalidParameterValue", "MaxRecords 19"},
	"rds DescribeReservedDBInstances min":                                         {200, "", ""},
	"rds DescribeReservedDBInstances presignedv4-GET-DescribeReservedDBInstances": {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstances rds2-DescribeReservedDBInstances":            {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstancesOfferings full":                               {400, "InvalidParameterValue", "Filters"},
	"rds DescribeReservedDBInstancesOfferings min":                                {200, "", ""},
	"rds DescribeReservedDBInstancesOfferings paginator-PageSize20":               {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering 2013-01-10-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering 2013-02-12-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering 2013-09-09-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering 2014-09-01-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering 2014-10-31-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering Purchase":                            {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering default-GET-Purchase":                {200, "", "GET"},
	"rds PurchaseReservedDBInstancesOffering emptyid":                             {400, "InvalidParameterValue", "empty ids"},
	"rds PurchaseReservedDBInstancesOffering emptytag":                            {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering emptytags":                           {200, "", "Tags="},
	"rds PurchaseReservedDBInstancesOffering full":                                {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering min":                                 {200, "", "a generated id"},
	"rds PurchaseReservedDBInstancesOffering missing":                             {400, "MissingParameter", "no offering"},
	"rds PurchaseReservedDBInstancesOffering neg":                                 {400, "InvalidParameterValue", "DBInstanceCount -1"},
	"rds PurchaseReservedDBInstancesOffering rds2-Purchase":                       {200, "", "Tags.member.1"},
	"rds PurchaseReservedDBInstancesOffering sigv2-GET-Purchase":                  {200, "", "GET"},
	"rds PurchaseReservedDBInstancesOffering sigv2-POST-Purchase":                 {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering sigv2-Purchase":                      {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering sigv2-token-Purchase":                {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering sigv4-Purchase":                      {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering sigv4-token-Purchase":                {200, "", ""},
	"rds PurchaseReservedDBInstancesOffering weird":                               {400, "InvalidParameterValue", "DBInstanceCount 0"},
}

func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, c := range captures {
		t.Run(c.Name, func(t *testing.T) {
			key := c.Service + " " + c.Operation + " " + c.Case
			want, ok := captureAnswers[key+" "+c.Client]
			if ok {
				key += " " + c.Client
			} else if want, ok = captureAnswers[key]; !ok {
				t.Fatalf("no answer for %q", key)
			}
			used[key] = true
			raw, err := exchange.ParseRequest(string(c.Raw))
			if err != nil {
				t.Fatal(err)
			}
			b := newBench(t)
			resp := b.send(raw.Request)
			if resp.Status != want.status {
				t.Errorf("status %d, want %d %s: %s\n%s", resp.Status, want.status, want.code, want.why, resp.Body)
			}
			code := ""
			if c.Service == "rds" {
				op, _ := rds.ParseOperation(c.Operation)
				if _, e := b.readRDS(resp, op, rds.Version(c.Version)); e != nil {
					code = e.Code.Value
				}
			} else {
				op, _ := mediaconnect.ParseOperation(c.Operation)
				if _, e := b.readMC(resp, op); e != nil {
					code = e.Code.Value
				}
			}
			if code != want.code {
				t.Errorf("code %q, want %q: %s\n%s", code, want.code, want.why, resp.Body)
			}
		})
	}
	if len(captures) != 174 {
		t.Errorf("%d captures", len(captures))
	}
	for key := range captureAnswers {
		if !used[key] {
			t.Errorf("no capture is %q", key)
		}
	}
}
