package querywire

import "wireproof/codec/wire"

// The kinds of findings about the form itself, besides [wire.KindDuplicate]: a
// name, or an item of a list, that was there before. The first value is the one
// handed over.
const (
	// KindBadEscape: a percent sign without two hexadecimal digits, kept as it
	// is. net/url refuses the pair.
	KindBadEscape wire.Kind = "query.bad-escape"
	// KindInvalidUTF8: a name or value that is not UTF-8 once decoded, kept as
	// its bytes. WHATWG puts U+FFFD there.
	KindInvalidUTF8 wire.Kind = "query.invalid-utf8"
	// KindNUL: U+0000, which no XML response can hold.
	KindNUL wire.Kind = "query.nul"
	// KindSemicolon: a raw semicolon, part of the name or value here. Older
	// readers split at it, net/url refuses the pair.
	KindSemicolon wire.Kind = "query.semicolon"
	// KindPlus: a plus for a space, where Smithy asks for %20. boto3, aws-cli
	// and aws-sdk-go-v2 write it in bodies. WIRE.md section B.6.
	KindPlus wire.Kind = "query.plus-as-space"
	// KindUnescaped: a character that RFC 3986 does not call unreserved and that
	// is not escaped.
	KindUnescaped wire.Kind = "query.unescaped"
	// KindEmptyPair: nothing between two ampersands, or before the first or
	// after the last. A run of ampersands is one finding.
	KindEmptyPair wire.Kind = "query.empty-pair"
	// KindNoEquals: a name without an equals sign, read as an empty value.
	KindNoEquals wire.Kind = "query.no-equals"
	// KindEmptyName: a pair without a name.
	KindEmptyName wire.Kind = "query.empty-name"
)

// The kinds of findings about numbered lists.
const (
	// KindIndexZero: Name.Item.0, where numbers start with 1.
	KindIndexZero wire.Kind = "query.index-zero"
	// KindIndexLeadingZeros: Name.Item.01, the same item as Name.Item.1.
	KindIndexLeadingZeros wire.Kind = "query.index-leading-zeros"
	// KindIndexGap: the first number after a gap, or a list that does not start
	// with 1. Items after the gap are handed over; localstack stops there.
	KindIndexGap wire.Kind = "query.index-gap"
	// KindIndexNotNumber: something else where the number belongs.
	KindIndexNotNumber wire.Kind = "query.index-not-number"
	// KindIndexTooLarge: a number above [wire.MaxListIndex].
	KindIndexTooLarge wire.Kind = "query.index-too-large"
	// KindMemberItem: Name.member.N where the model gives the item a name. boto 2
	// wrote it. WIRE.md section F, row 10.
	KindMemberItem wire.Kind = "query.member-item"
	// KindItemName: an item under a name that is neither the model's nor member.
	KindItemName wire.Kind = "query.item-name"
	// KindMixedItems: both item names in one list.
	KindMixedItems wire.Kind = "query.mixed-items"
	// KindListValue: a value where only items, or the empty value of an empty
	// list, can be.
	KindListValue wire.Kind = "query.list-value"
	// KindEmptyListWithItems: `Name=`, which says that the list is empty, beside
	// items of it. The items are handed over.
	KindEmptyListWithItems wire.Kind = "query.empty-list-with-items"
)

var levels = map[wire.Kind]wire.Level{
	wire.KindDuplicate:     wire.Split,
	KindBadEscape:          wire.Split,
	KindInvalidUTF8:        wire.Split,
	KindNUL:                wire.Split,
	KindSemicolon:          wire.Split,
	KindPlus:               wire.Departure,
	KindUnescaped:          wire.Departure,
	KindEmptyPair:          wire.Departure,
	KindNoEquals:           wire.Departure,
	KindEmptyName:          wire.Split,
	KindIndexZero:          wire.Split,
	KindIndexLeadingZeros:  wire.Split,
	KindIndexGap:           wire.Split,
	KindIndexNotNumber:     wire.Unreadable,
	KindIndexTooLarge:      wire.Unreadable,
	KindMemberItem:         wire.Departure,
	KindItemName:           wire.Unreadable,
	KindMixedItems:         wire.Split,
	KindListValue:          wire.Unreadable,
	KindEmptyListWithItems: wire.Split,
}

// LevelOf gives the level of a kind of this package, or of a duplicate; 0 for
// any other kind. No
// client's reaction to a request can be measured, so Departure is what WIRE.md
// section F or WHATWG rules to be read without more ado, Split is what servers
// read differently or what section H does not know, and Unreadable is what has
// no value.
func LevelOf(k wire.Kind) wire.Level { return levels[k] }
