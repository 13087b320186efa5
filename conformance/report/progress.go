package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// Progress draws a line that says how far a run is. It may be used by several
// goroutines. What W fails with is lost: a run does not end because nobody watches.
type Progress struct {
	W io.Writer
	// Terminal says that W is one; nothing is drawn otherwise.
	Terminal bool

	mu    sync.Mutex
	drawn int // columns
	at    int // percent
}

// Case tells that done cases of total are played. The line is drawn again only
// where the percentage has changed.
func (p *Progress) Case(done, total int) {
	if !p.Terminal || total <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	percent := done * 100 / total
	if p.drawn > 0 && percent == p.at {
		return
	}
	p.at = percent
	p.draw(fmt.Sprintf("%3d%%  %d of %s", percent, done, count(total, "case")))
}

// Clear takes the line away, so that something else can be written.
func (p *Progress) Clear() {
	if !p.Terminal {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn > 0 {
		p.draw("")
		_, _ = io.WriteString(p.W, "\r")
		p.drawn = 0
	}
}

func (p *Progress) draw(line string) {
	pad := strings.Repeat(" ", max(p.drawn-len(line), 0))
	_, _ = io.WriteString(p.W, "\r"+line+pad)
	p.drawn = len(line)
}
