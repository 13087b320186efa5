package bench

// Names of our contenders.
const (
	lenientReuse = "wireproof lenient, reuse"
	lenientFresh = "wireproof lenient, fresh result from []byte"
	lenientFirst = "wireproof lenient, fresh result and decoder from []byte"
	strictReuse  = "wireproof strict, reuse"
	encodeReuse  = "wireproof, reuse"
	pairsReuse   = "wireproof pairs, reuse"
	requestReuse = "wireproof typed request, reuse"
)
