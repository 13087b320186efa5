package xmlwire

import "errors"

// Sentinels that a [wire.SyntaxError] wraps, each for one rule. The comments
// name the production or constraint of XML 1.0 (X) or Namespaces in XML (N).
var (
	ErrDoctype         = errors.New("document type declaration")         // not X: refused here, always
	ErrEncoding        = errors.New("encoding other than UTF-8")         // X 4.3.3, narrowed to UTF-8
	ErrDeclaration     = errors.New("malformed XML declaration")         // X [23]
	ErrNoRoot          = errors.New("no root element")                   // X [1]
	ErrMultipleRoots   = errors.New("second root element")               // X [1]
	ErrOutsideRoot     = errors.New("text outside the root element")     // X [1]
	ErrName            = errors.New("malformed name")                    // X [5], N [7]
	ErrMismatchedTag   = errors.New("end tag does not match")            // X "Element Type Match"
	ErrTag             = errors.New("malformed tag")                     // X [40], [42], [44]
	ErrAttribute       = errors.New("malformed attribute")               // X [41], [10]
	ErrDuplicateAttr   = errors.New("duplicate attribute")               // X "Unique Att Spec", N 6.3
	ErrUnboundPrefix   = errors.New("namespace prefix not declared")     // N "Prefix Declared"
	ErrReservedPrefix  = errors.New("reserved namespace prefix or name") // N "Reserved Prefixes and Namespace Names"
	ErrEmptyNamespace  = errors.New("prefix bound to no namespace")      // N "No Prefix Undeclaring"
	ErrReference       = errors.New("malformed reference")               // X [66], [67]
	ErrUndefinedEntity = errors.New("undefined entity")                  // X "Entity Declared"
	ErrCDataEnd        = errors.New("']]>' in text")                     // X [14]
	ErrComment         = errors.New("malformed comment")                 // X [15]
	ErrProcInst        = errors.New("malformed processing instruction")  // X [16], [17]
	ErrMarkup          = errors.New("markup that is not allowed here")   // X [43]
)
