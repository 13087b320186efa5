package emulator_test

import (
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkFilteredPage is the cost of a page that a filter leaves empty, or full,
// with more and more reservations.
func BenchmarkFilteredPage(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		e := real(b)
		fill(b, e, n)
		for _, f := range []struct{ name, parameters string }{
			{"none", "&DBInstanceClass=db.r9.huge"},
			{"other offering", "&OfferingType=No+Upfront&MultiAZ=true"},
			{"all", "&DBInstanceClass=db.m1.small"},
			{"lease", "&LeaseId=7f099901-29cf-11e1-bd06-6fe008f046c3"},
		} {
			b.Run(fmt.Sprintf("%s/%d", f.name, n), func(b *testing.B) {
				s := aim(b, form(instances+f.parameters+"&MaxRecords=20", scope(alice, "us-east-1", "rds")))
				b.ReportAllocs()
				for b.Loop() {
					s.fire(b, e, 200)
				}
			})
		}
	}
}

// BenchmarkAccounts is what one reservation of an account of its own takes in
// memory, at each service.
func BenchmarkAccounts(b *testing.B) {
	fill(b, real(b), 1)
	const n = 100_000
	for b.Loop() {
		before := heap()
		e := real(b)
		defer runtime.KeepAlive(e)
		for i := range n {
			aim(b, form(buyOne, scope(fmt.Sprintf("%012d", i), "us-east-1", "rds"))).fire(b, e, 200)
		}
		b.ReportMetric(float64(heap()-before)/n, "B/account")
	}
}
