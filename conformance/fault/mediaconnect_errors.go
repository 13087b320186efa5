package fault

import "strings"

const errorType = "X-Amzn-ErrorType"

// mcErrorFaults are about errors: where their type travels, status, message, body.
func mcErrorFaults() []Fault {
	toBody := func(name string, prefix string) edit {
		return func(c *call) {
			t, _ := c.resp.Headers.Get(errorType)
			dropHeader(errorType)(c)
			c.resp.Body = `{"` + name + `":"` + prefix + t + `",` + strings.TrimPrefix(c.resp.Body, "{")
		}
	}
	notFound := both(mcError, code("NotFoundException"))
	form := "Smithy restJson1, \"Operation error serialization\""
	var all []Fault
	for _, row := range []struct {
		id, about string
		sources   []string
		w         where
		edits     []edit
	}{
		{"no-type", "An error says its type nowhere.", sources(thread("localstack/localstack#6370", "stackshy/cloudemu#1310"), variant("mcerr-none", "mcerr-none-500")), mcError, []edit{dropHeader(errorType)}},
		{"type-in-body", "An error says its type in __type and not in the header.", sources(text(form), variant("mcerr-type")), mcError, []edit{toBody("__type", "")}},
		{"type-in-code", "An error says its type in code and not in the header.", sources(text(form), variant("mcerr-code")), mcError, []edit{toBody("code", "")}},
		{"type-under-another-name", "An error says its type in errorType.", thread("jagregory/cognito-local#315"), mcError, []edit{toBody("errorType", "")}},
		{"type-in-capital-member", "An error says its type in __Type.", variant("mcerr-Type-cap"), mcError, []edit{toBody("__Type", "")}},
		{"type-of-emulator", "The type has the emulator's name before it, without the # of a namespace.", thread("jagregory/cognito-local#315"), mcError, []edit{mapHeader(errorType, func(s string) string { return "MediaConnectLocal." + s })}},
		{"type-disagrees", "The type in the body is another than the one in the header.", variant("mcerr-hdr-vs-type"), mcError, []edit{sub(`^\{`, `{"__type":"TooManyRequestsException",`)}},
		{"type-empty", "The header with the type is empty.", variant("mcerr-hdr-empty"), mcError, []edit{setHeader(errorType, "")}},
		{"type-case", "The type is in lower case.", variant("mcerr-hdr-casewrong"), mcError, []edit{mapHeader(errorType, strings.ToLower)}},
		{"type-list", "The header with the type holds two.", variant("mcerr-hdr-comma"), mcError, []edit{mapHeader(errorType, func(s string) string { return s + ",BadRequestException" })}},
		{"type-twice", "The header with the type comes two times.", variant("mcerr-hdr-twice"), mcError, []edit{addHeader(errorType, "BadRequestException")}},
		{"type-unknown", "What is not there has the type ResourceNotFoundException.", sources(thread("faiscadev/fakecloud#1362"), variant("mcerr-unknown")), notFound, []edit{setHeader(errorType, "ResourceNotFoundException")}},
		{"type-sender", "The type is Sender.", thread("softwaremill/elasticmq#903"), mcError, []edit{setHeader(errorType, "Sender")}},
		{"type-exception", "The type is Exception.", thread("localstack/localstack#3201"), mcError, []edit{setHeader(errorType, "Exception")}},
		{"type-number", "The type is a number in the body.", variant("mcerr-type-number"), mcError, []edit{dropHeader(errorType), sub(`^\{`, `{"__type":5,`)}},
		{"type-not-of-operation", "What is not there has the type ForbiddenException.", sources(thread("faiscadev/fakecloud#1362"), variant("mcerr-forbidden-list")), both(notFound, on(anything, describeOffering, describeReservation)), []edit{setHeader(errorType, "ForbiddenException"), setStatus(403)}},
		{"bad-request-for-not-found", "What is not there is a BadRequestException.", text("botocore mediaconnect/2018-11-14: NotFoundException", "seen in MiniStack: no route as BadRequestException"), notFound, []edit{setHeader(errorType, "BadRequestException"), setStatus(400)}},
		{"not-found-400", "NotFoundException has the status 400.", sources(text("seen in moto"), variant("mcerr-status-mismatch")), notFound, []edit{setStatus(400)}},
		{"status-500", "Every error has the status 500.", thread("floci-io/floci#1731"), mcError, []edit{setStatus(500)}},
		{"internal-for-bad-request", "A bad request is an InternalServerErrorException with 500.", thread("floci-io/floci#1731"), both(mcError, status(400)), []edit{setStatus(500), setHeader(errorType, "InternalServerErrorException")}},
		{"status-300", "Every error has the status 300.", variant("mcerr-status-300"), mcError, []edit{setStatus(300)}},
		{"as-success", "What is not there has the status 200, with the error in the body.", variant("mc-body-type-200"), notFound, []edit{setStatus(200), toBody("__type", "")}},
		{"type-on-success", "A success has the header with the type of an error.", variant("mc-hdr-errtype-200"), mcSuccess, []edit{setHeader(errorType, "BadRequestException")}},
		{"no-message", "An error has no message.", text("botocore mediaconnect/2018-11-14: message is required"), mcError, []edit{whole("{}")}},
		{"message-case", "message is spelled Message.", sources(thread("stackshy/cloudemu#828"), variant("mcerr-Message")), mcError, []edit{replace(`"message":`, `"Message":`)}},
		{"message-list", "message is a list.", thread("localstack/localstack#10360"), mcError, []edit{mapMember("message", func(s string) string { return "[" + s + "]" })}},
		{"message-null", "message is null.", thread("localstack/localstack#3399"), mcError, []edit{setMember("message", "null")}},
		{"nested", "The error stands in a member Error.", variant("mcerr-nested"), mcError, []edit{dropHeader(errorType), sub(`(?s)^\{"message":(.*)\}$`, `{"Error":{"Code":"NotFoundException","Message":${1}}}`)}},
		{"empty", "An error has no body.", sources(thread("aws/aws-sdk-go#4811"), variant("mcerr-empty-body")), mcError, []edit{whole("")}},
		{"array", "The body of an error is an array.", variant("mcerr-body-array"), mcError, []edit{whole("[]")}},
		{"null", "The body of an error is null.", variant("mcerr-body-null"), mcError, []edit{whole("null")}},
		{"html", "Errors are HTML pages, their type in the header.", text("seen in moto"), mcError, []edit{whole(htmlPage), setHeader("Content-Type", "text/html; charset=utf-8")}},
		{"html-without-type", "Malformed requests get HTML pages.", sources(text("seen in moto: malformed JSON gives an HTML 500"), variant("mcerr-html-403")), both(mcError, status(400)), []edit{document(500, "text/html; charset=utf-8", htmlPage)}},
		{"plain-text", "Errors are plain text.", thread("softwaremill/elasticmq#171"), mcError, []edit{whole("404 page not found\n"), setHeader("Content-Type", "text/plain; charset=utf-8")}},
		{"xml", "Errors are in XML, as those of RDS.", thread("softwaremill/elasticmq#812", "floci-io/floci#1754"), mcError, []edit{dropHeader(errorType), whole("<ErrorResponse><Error><Type>Sender</Type><Code>NotFoundException</Code><Message>no</Message></Error></ErrorResponse>"), setHeader("Content-Type", "text/xml")}},
		{"truncated", "The body of an error is cut off.", variant("mc-truncated"), mcError, []edit{sub(`"\}$`, "")}},
	} {
		all = append(all, Fault{ID: "mediaconnect.error." + row.id, About: row.about, Service: mcService, Sources: row.sources, start: change(row.w, row.edits...)})
	}
	return append(all,
		Fault{ID: "mediaconnect.error.type-spaces", About: "The type has spaces before it and behind it.", Service: mcService,
			Sources: variant("mcerr-hdr-spaces"),
			start:   framed(mcError, func(m *message) { padHeader(m, errorType) })})
}

// padHeader puts spaces around a header's value, where net/http would trim them.
func padHeader(m *message, name string) {
	for i, h := range m.headers {
		if strings.EqualFold(h.Name, name) {
			m.headers[i].Value = "  " + h.Value + "  "
		}
	}
}
