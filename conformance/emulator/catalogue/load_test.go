package catalogue_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/conformance/emulator/catalogue"
)

const example = "testdata/example.yaml"

func TestLoadExample(t *testing.T) {
	c, err := catalogue.LoadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.RDS()) != 2 || c.MediaConnectLen() != 1 {
		t.Fatalf("%d and %d offerings", len(c.RDS()), c.MediaConnectLen())
	}
	o, p := c.RDS()[0], c.RDS()[1]
	if o.DBInstanceClass.Value != "db.r5.large" || o.FixedPrice.Value != 1000 || o.UsagePrice.Value != 0 || !o.UsagePrice.IsPresent() ||
		len(o.RecurringCharges.Value) != 1 || o.RecurringCharges.Value[0].RecurringChargeAmount.Value != 0.12 {
		t.Errorf("%+v", o)
	}
	if p.Duration.Value != 94608000 || !p.MultiAZ.Value || !p.RecurringCharges.IsPresent() || len(p.RecurringCharges.Value) != 0 {
		t.Errorf("%+v", p)
	}
	m, ok := c.MediaConnectOffering("arn:aws:mediaconnect:eu-west-1:123456789012:offering:1-aB3dE5fG7hI9jK1m:Small")
	if !ok || m.PricePerUnit.Value != "0.0130" || m.ResourceSpecification.Value.ReservedBitrate.Value != 20 {
		t.Errorf("%+v", m)
	}
}

// A list that is left out stays the default one; an empty one sells nothing.
func TestLoadPart(t *testing.T) {
	for _, row := range []struct {
		text    string
		rds, mc int
	}{
		{"{}", len(catalogue.Default().RDS()), catalogue.Default().MediaConnectLen()},
		{"rds: []", 0, catalogue.Default().MediaConnectLen()},
		{"mediaconnect: []", len(catalogue.Default().RDS()), 0},
		{`{"rds": [], "mediaconnect": []}`, 0, 0},
		{"# JSON is YAML\n---\n{}\n", len(catalogue.Default().RDS()), catalogue.Default().MediaConnectLen()},
	} {
		c, err := catalogue.Load(strings.NewReader(row.text))
		if err != nil {
			t.Errorf("%s: %v", row.text, err)
		} else if len(c.RDS()) != row.rds || c.MediaConnectLen() != row.mc {
			t.Errorf("%s: %d and %d offerings", row.text, len(c.RDS()), c.MediaConnectLen())
		}
	}
}

// Each row changes the example in one place; the error says where.
func TestLoadRefuses(t *testing.T) {
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		Line   int
		Member string
	}
	rows := []struct {
		old, new string
		want     []place
		why      string
	}{
		{"Duration: 31536000", "Duration: 31536001", []place{{7, "/rds/0/Duration"}}, "neither one year nor three"},
		{"Duration: 31536000", `Duration: "31536000"`, []place{{7, "/rds/0/Duration"}}, "a string"},
		{"FixedPrice: 1000.0", "FixedPrice: -1", []place{{8, "/rds/0/FixedPrice"}}, "a negative price"},
		{"FixedPrice: 1000.0", "FixedPrice: .nan", []place{{8, "/rds/0/FixedPrice"}}, "no number that JSON has"},
		{"FixedPrice: 1000.0", "FixedPrice: null", []place{{8, "/rds/0/FixedPrice"}}, "null"},
		{"CurrencyCode: USD\n    ProductDescription: postgresql", "ProductDescription: postgresql", []place{{5, "/rds/0"}}, "a required member is missing"},
		{"CurrencyCode: USD\n    ProductDescription: postgresql", "currencycode: USD\n    ProductDescription: postgresql", []place{{5, "/rds/0"}, {5, "/rds/0"}}, "another case: missing and unknown"},
		{"Partial Upfront", "Partial upfront", []place{{12, "/rds/0/OfferingType"}}, "an unknown type"},
		{"Partial Upfront", "2014-10-31", []place{{12, "/rds/0/OfferingType"}}, "a date in YAML's eyes"},
		{"MultiAZ: false", "MultiAZ: no", []place{{13, "/rds/0/MultiAZ"}}, "a string in YAML 1.2"},
		{"RecurringChargeAmount: 0.12", "RecurringChargeAmount: free", []place{{15, "/rds/0/RecurringCharges/0/RecurringChargeAmount"}}, "deep down"},
		{"438012d3-4052-4cc7-b2e3-8d3372e0e706", "0f2d9e9c-3a4b-4c5d-8e6f-7a8b9c0d1e2f", []place{{17, "/rds/1/ReservedDBInstancesOfferingId"}}, "an id twice"},
		{"oracle-se1(li)", `"a\uffffb"`, []place{{23, "/rds/1/ProductDescription"}}, "a character that XML does not have"},
		{"oracle-se1(li)", `"a\tb"`, []place{{23, "/rds/1/ProductDescription"}}, "a control character"},
		{`"0.0130"`, "0.0130", []place{{32, "/mediaconnect/0/pricePerUnit"}}, "a number where a string belongs"},
		{"MONTHS", "YEARS", []place{{30, "/mediaconnect/0/durationUnits"}}, "an unknown unit"},
		{"duration: 12", "duration: 12.5", []place{{29, "/mediaconnect/0/duration"}}, "half a month"},
		{"reservedBitrate: 20", "reservedBitrate: 2147483648", []place{{35, "/mediaconnect/0/resourceSpecification/reservedBitrate"}}, "no integer of 32 bits"},
		{"mediaconnect:", "MediaConnect:", []place{{4, ""}}, "an unknown service"},
		{"FixedPrice: 1000.0", "FixedPrice: 1\n    FixedPrice: 2", []place{{9, "/rds/0/FixedPrice"}}, "a member twice"},
		{"FixedPrice: 1000.0\n    UsagePrice: 0", "FixedPrice: &price 1000.0\n    UsagePrice: *price", []place{{9, "/rds/0/UsagePrice"}}, "an alias"},
		{"Duration: 31536000", "1: 31536000", []place{{7, "/rds/0"}}, "a name that is no string"},
		{"MultiAZ: false", "MultiAZ: !mine false", []place{{13, "/rds/0/MultiAZ"}}, "a type of somebody's"},
		{"rds:\n", "rds: [\n", []place{{0, ""}}, "no YAML"},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			if !strings.Contains(string(text), row.old) {
				t.Fatalf("the example has no %q", row.old)
			}
			c, err := catalogue.Load(named{strings.NewReader(strings.Replace(string(text), row.old, row.new, 1)), "shop.yaml"})
			var bad *catalogue.FileError
			if !errors.As(err, &bad) || !errors.Is(err, catalogue.ErrFile) || c != nil {
				t.Fatalf("%v", err)
			}
			var got []place
			for _, p := range bad.Problems {
				if row.want[0].Line == 0 {
					p.Line = 0 // the parser's word for it
				}
				got = append(got, place{p.Line, p.Member})
				if p.What == "" {
					t.Errorf("%+v", p)
				}
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
			if lines := strings.Split(err.Error(), "\n"); len(lines) != len(got) || !strings.HasPrefix(lines[0], "shop.yaml:") || !strings.Contains(lines[0], bad.Problems[0].Member) {
				t.Errorf("%v", err)
			}
		})
	}
}

type named struct {
	io.Reader
	name string
}

func (n named) Name() string { return n.name }

func TestLoadRefusesWholeFiles(t *testing.T) {
	broken := errors.New("broken")
	for _, row := range []struct {
		in   io.Reader
		want error
		why  string
	}{
		{strings.NewReader(""), catalogue.ErrFile, "nothing"},
		{strings.NewReader("# nothing\n"), catalogue.ErrFile, "a comment alone"},
		{strings.NewReader("---\n"), catalogue.ErrFile, "null"},
		{strings.NewReader("[]"), catalogue.ErrFile, "a list"},
		{strings.NewReader("rds"), catalogue.ErrFile, "a string"},
		{strings.NewReader("{}\n---\n{}\n"), catalogue.ErrFile, "two documents"},
		{strings.NewReader("{}\n---\n[\n"), catalogue.ErrFile, "a second document that is none"},
		{strings.NewReader("\xff"), catalogue.ErrFile, "no UTF-8"},
		{strings.NewReader(strings.Repeat("[", 5000)), catalogue.ErrFile, "deep"},
		{strings.NewReader("rds: " + strings.Repeat("[", 50) + strings.Repeat("]", 50)), catalogue.ErrFile, "deeper than a catalogue"},
		{strings.NewReader("a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"), catalogue.ErrFile, "aliases of aliases"},
		{io.MultiReader(strings.NewReader("{}"), errReader{broken}), broken, "a reader that fails"},
		{io.LimitReader(zeros{}, catalogue.MaxFile+1), catalogue.ErrFile, "past the limit"},
	} {
		if c, err := catalogue.Load(row.in); !errors.Is(err, row.want) || c != nil || err.Error() == "" {
			t.Errorf("%s: %v", row.why, err)
		}
	}
	if _, err := catalogue.LoadFile("testdata/none.yaml"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

type errReader struct{ error }

func (r errReader) Read([]byte) (int, error) { return 0, r.error }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// FuzzLoad: no panic, and an error is one of the package's.
func FuzzLoad(f *testing.F) {
	text, err := os.ReadFile(example)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add("{}")
	f.Add("rds: [{Duration: 0x1e13380, MultiAZ: yes}]")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := catalogue.Load(strings.NewReader(text))
		var bad *catalogue.FileError
		switch {
		case err == nil && c != nil:
		case errors.As(err, &bad) && c == nil && len(bad.Problems) > 0 && bad.Error() != "":
		default:
			t.Errorf("%v, %v", c, err)
		}
	})
}
