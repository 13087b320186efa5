package jsonwire

import "errors"

// Sentinels of rules that only JSON has, wrapped in a [wire.SyntaxError] whose
// Offset is that of the first byte that cannot be right. Besides these, a Reader
// gives wire.ErrEmpty, ErrTruncated, ErrTrailing, ErrInvalidUTF8, ErrTooLarge,
// ErrDepth, ErrTooMany, and ErrUnexpected for a byte that starts no value. The
// sections are those of RFC 8259.
var (
	// ErrBOM: a document does not start with a byte order mark. Section 8.1.
	ErrBOM = errors.New("byte order mark")
	// ErrLiteral: the only literals are true, false and null. Section 3.
	ErrLiteral = errors.New("not true, false or null")
	// ErrNumber: a number is -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, so
	// it has no leading zero and a digit after each sign, point and e. Section 6.
	ErrNumber = errors.New("digit missing or leading zero in a number")
	// ErrString: the characters U+0000 to U+001F are escaped. Section 7.
	ErrString = errors.New("control character in a string")
	// ErrEscape: an escape is one of \" \\ \/ \b \f \n \r \t or \u and four
	// hexadecimal digits; Offset is that of the backslash. Section 7.
	ErrEscape = errors.New("bad escape in a string")
	// ErrName: a member starts with a string, and a comma is followed by a
	// member. Section 4.
	ErrName = errors.New("a member's name is a string")
	// ErrColon: a colon follows a member's name. Section 4.
	ErrColon = errors.New("no colon after a member's name")
	// ErrComma: a comma or the closing bracket follows a member or an element.
	// Sections 4 and 5.
	ErrComma = errors.New("neither a comma nor the closing bracket")
)

// Sentinels of a [Writer].
var (
	// ErrSequence: the calls do not make a document, such as a value without a
	// name in an object.
	ErrSequence = errors.New("jsonwire: call out of sequence")
	// ErrText: a string or a name is not valid UTF-8.
	ErrText = errors.New("jsonwire: invalid UTF-8 in a string")
)
