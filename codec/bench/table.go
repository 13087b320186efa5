package bench

import (
	"math"
	"slices"
)

// Row is a comparison that the project holds itself to.
type Row struct {
	Name    string
	Group   *Group
	Ours    string // the contender that has to be fast
	Against string // the one that it is compared with
	// AtLeast and Aim are how many times faster Ours has to be. With Within they
	// are how many times longer it may take instead. Zero is no target.
	AtLeast, Aim float64
	Within       bool
}

// Groups are all jobs, also those that no row judges.
func Groups() []*Group {
	return []*Group{
		&rdsPageDecode, &rdsPurchaseDecode, &mcPageDecode, &mcPurchaseDecode,
		&rdsPageEncode, &mcPageEncode,
		&queryDecode, &queryEncode, &rdsPurchaseBody, &mcPurchaseBody,
		&rdsLargeDecode, &mcLargeDecode,
	}
}

// Rows is the table.
func Rows() []Row {
	const (
		sdk     = sdkDecoder
		v1      = "encoding/json"
		v2      = "encoding/json/v2 (go-json-experiment)"
		hop     = "bytes.IndexByte hop from < to <"
		atLeast = false
		within  = true
	)
	return []Row{
		{"XML decode, page of 100, lenient, reuse", &rdsPageDecode, lenientReuse, sdk, 40, 60, atLeast},
		{"XML decode, page of 100, lenient, reuse", &rdsPageDecode, lenientReuse, hop, 2.8, 1.9, within},
		{"XML decode, page of 100, lenient, fresh result from []byte", &rdsPageDecode, lenientFresh, sdk, 22, 34, atLeast},
		{"XML decode, page of 100, strict, all findings collected, reuse", &rdsPageDecode, strictReuse, sdk, 20, 40, atLeast},
		{"documented RDS purchase response, reuse", &rdsPurchaseDecode, lenientReuse, sdk, 35, 55, atLeast},
		{"documented RDS purchase response, fresh", &rdsPurchaseDecode, lenientFresh, sdk, 18, 28, atLeast},
		{"JSON decode, page of 100, lenient, reuse", &mcPageDecode, lenientReuse, sdk, 16, 24, atLeast},
		{"JSON decode, page of 100, lenient, reuse", &mcPageDecode, lenientReuse, v1, 10, 15, atLeast},
		{"JSON decode, page of 100, lenient, reuse", &mcPageDecode, lenientReuse, v2, 3.5, 5, atLeast},
		{"JSON decode, page of 100, lenient, reuse", &mcPageDecode, lenientReuse, sonicReused, 0.7, 1, atLeast},
		{"JSON decode, page of 100, lenient, fresh result", &mcPageDecode, lenientFresh, sdk, 10, 14, atLeast},
		{"JSON decode, page of 100, lenient, fresh result", &mcPageDecode, lenientFresh, sonicFastest, 0.9, 1.2, atLeast},
		{"XML encode, page of 100, reuse", &rdsPageEncode, encodeReuse, "smithy-go encoding/xml", 10, 15, atLeast},
		{"XML encode, page of 100, reuse", &rdsPageEncode, encodeReuse, "encoding/xml", 11, 17, atLeast},
		{"JSON encode, page of 100, reuse", &mcPageEncode, encodeReuse, v1, 2.5, 3.5, atLeast},
		{"JSON encode, page of 100, reuse", &mcPageEncode, encodeReuse, "goccy/go-json", 0.8, 1.1, atLeast},
		{"query decode, documented request (12 parameters)", &queryDecode, pairsReuse, "net/url ParseQuery", 3, 4, atLeast},
		{"query decode, documented request (12 parameters)", &queryDecode, pairsReuse, "fasthttp Args reused", 0.7, 1, atLeast},
		{"query encode, documented request (12 parameters)", &queryEncode, pairsReuse, "net/url Values.Encode", 5, 7, atLeast},
		{"RDS purchase body", &rdsPurchaseBody, encodeReuse, sdkEncoder, 25, 40, atLeast},
		{"20 MB XML document, lenient, reuse", &rdsLargeDecode, lenientReuse, sdk, 35, 50, atLeast},
		{"20 MB JSON document, lenient, reuse", &mcLargeDecode, lenientReuse, sdk, 14, 20, atLeast},
		{"20 MB XML document, strict, reuse", &rdsLargeDecode, strictReuse, sdk, 0, 0, atLeast},
		{"20 MB JSON document, strict, reuse", &mcLargeDecode, strictReuse, sdk, 0, 0, atLeast},
	}
}

// Verdict of a row.
type Verdict string

// The verdicts. A row whose contender allocates more than it promises is not
// reached, whatever its ratio.
const (
	ReachedAim  Verdict = "reached aim"
	Reached     Verdict = "reached"
	NotReached  Verdict = "NOT reached"
	Allocates   Verdict = "NOT reached (allocations)"
	NoTarget    Verdict = "no target"
	NotMeasured Verdict = "NOT measured"
)

// Outcome is a row with its measured column.
type Outcome struct {
	Row     string  `json:"row"`
	Against string  `json:"against"`
	AtLeast float64 `json:"atLeast"`
	Aim     float64 `json:"aim"`
	Within  bool    `json:"within"` // AtLeast and Aim are upper bounds
	// Ratios are by round: time of Against by time of ours, or with Within the
	// other way round.
	Ratios  []float64 `json:"ratios"`
	Median  float64   `json:"median"`
	Worst   float64   `json:"worst"`
	Allocs  float64   `json:"allocs"`  // of ours, a run
	Promise int       `json:"promise"` // of allocations, or -1
	Verdict Verdict   `json:"verdict"`
}

// Judge fills in the measured column.
func (r Row) Judge(figures []Figures) Outcome {
	out := Outcome{
		Row: r.Name, Against: r.Against, AtLeast: r.AtLeast, Aim: r.Aim, Within: r.Within,
		Promise: NoPromise, Verdict: NotMeasured,
	}
	ours, other := find(figures, r.Group.Name, r.Ours), find(figures, r.Group.Name, r.Against)
	if len(ours.Samples) == 0 || len(other.Samples) != len(ours.Samples) {
		return out
	}
	for i := range ours.Samples {
		ratio := other.Samples[i].Nanoseconds / ours.Samples[i].Nanoseconds
		if r.Within {
			ratio = 1 / ratio
		}
		out.Ratios = append(out.Ratios, ratio)
	}
	out.Median, out.Worst = median(out.Ratios), slices.Min(out.Ratios)
	if r.Within {
		out.Worst = slices.Max(out.Ratios)
	}
	out.Allocs = ours.Median().Allocs
	if c, ok := r.Group.Find(r.Ours); ok {
		out.Promise = c.Allocs
	}
	out.Verdict = r.verdict(out)
	return out
}

func (r Row) verdict(o Outcome) Verdict {
	reached := func(bound float64) bool {
		if r.Within {
			return o.Median <= bound
		}
		return o.Median >= bound
	}
	switch {
	case o.Promise != NoPromise && math.Floor(o.Allocs) > float64(o.Promise):
		return Allocates
	case r.AtLeast == 0:
		return NoTarget
	case reached(r.Aim):
		return ReachedAim
	case reached(r.AtLeast):
		return Reached
	}
	return NotReached
}

func find(figures []Figures, group, contender string) Figures {
	for _, f := range figures {
		if f.Group == group && f.Contender == contender {
			return f
		}
	}
	return Figures{}
}
