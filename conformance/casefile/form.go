package casefile

import "wireproof/codec/wire"

// forms are what can stand behind a bar in a variable, and what they make of a
// text; see [Send].
var forms = []string{"escaped", "lower", "bytes"}

// InForm gives a text in one of the forms that a variable can have: escaped, lower
// or bytes. ok is false for any other name.
func InForm(form, text string) (result string, ok bool) {
	switch form {
	case "escaped":
		return string(wire.AppendEscaped(nil, text)), true
	case "lower":
		escaped := wire.AppendEscaped(nil, text)
		for i := 0; i < len(escaped); i++ {
			if escaped[i] == '%' {
				lowerHex(escaped[i+1 : i+3])
				i += 2
			}
		}
		return string(escaped), true
	case "bytes":
		const hex = "0123456789ABCDEF"
		all := make([]byte, 0, 3*len(text))
		for i := range len(text) {
			all = append(all, '%', hex[text[i]>>4], hex[text[i]&15])
		}
		return string(all), true
	}
	return "", false
}

func lowerHex(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'F' {
			b[i] = c + 'a' - 'A'
		}
	}
}
