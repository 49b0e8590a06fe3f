/// Lines and characters.
extension HTTPSyntaxError.Code {
  package static let loneLineFeed = Self(
    "lone-line-feed", 400, "a line ends in LF without CR", "RFC 9112 §2.2")
  package static let loneCarriageReturn = Self(
    "lone-carriage-return", 400, "a CR stands without LF", "RFC 9112 §2.2")
  package static let controlCharacter = Self(
    "control-character", 400, "the head holds a control character", "RFC 9110 §5.5")
  package static let emptyStartLine = Self(
    "empty-start-line", 400, "there is an empty line where the start line should be", "RFC 9112 §2.2")
  package static let headTooLarge = Self(
    "head-too-large", 431, "the head is too large", "RFC 6585 §5", limit: "head-bytes")
  package static let truncated = Self(
    "truncated", 400, "the connection ended within it", "RFC 9112 §8")
}

/// The start line.
extension HTTPSyntaxError.Code {
  package static let startLine = Self(
    "start-line", 400, "the request line is not method, target and version with one space between", "RFC 9112 §3")
  package static let method = Self(
    "method", 400, "the method holds a character that is no token's", "RFC 9112 §3.1")
  package static let methodTooLong = Self(
    "method-too-long", 501, "the method is longer than any known", "RFC 9112 §3")
  package static let target = Self(
    "target", 400, "the target holds a space, a control character, '#' or a byte above ASCII", "RFC 9112 §3.2")
  package static let targetForm = Self(
    "target-form", 400, "the target is in none of the four forms that its method allows", "RFC 9112 §3.2")
  package static let targetTooLong = Self(
    "target-too-long", 414, "the target is too long", "RFC 9110 §15.5.15")
  package static let versionUnsupported = Self(
    "version-unsupported", 505, "its version is neither HTTP/1.0 nor HTTP/1.1", "RFC 9110 §15.6.6")
  package static let statusLine = Self(
    "status-line", 400, "the status line is not version, three digits and a reason", "RFC 9112 §4")
  package static let unsolicited = Self(
    "unsolicited", 400, "bytes came that no request asked for", "RFC 9112 §9.2")
  package static let unexpectedSwitch = Self(
    "unexpected-switch", 400, "it switches to a protocol that the request did not offer", "RFC 9110 §15.2.2")
  package static let tooManyInterimResponses = Self(
    "too-many-interim-responses", 400, "too many interim answers came before the final one", "RFC 9110 §15.2")
  package static let dataAfterClose = Self(
    "data-after-close", 400, "bytes follow a message that said it was the connection's last", "RFC 9112 §9.6")
}

/// Fields.
extension HTTPSyntaxError.Code {
  package static let fieldName = Self(
    "field-name", 400, "a field's name holds a character that is no token's, or has no colon", "RFC 9112 §5")
  package static let emptyFieldName = Self(
    "empty-field-name", 400, "a field has no name", "RFC 9112 §5")
  package static let spaceBeforeColon = Self(
    "space-before-colon", 400, "white space stands between a field's name and the colon", "RFC 9112 §5.1")
  package static let foldedLine = Self(
    "folded-line", 400, "a field line starts with white space", "RFC 9112 §5.2")
  package static let fieldValue = Self(
    "field-value", 400, "a field's value holds a control character", "RFC 9110 §5.5")
  package static let tooManyFields = Self(
    "too-many-fields", 431, "it has too many fields", "RFC 6585 §5", limit: "head-fields")
  package static let hostMissing = Self(
    "host-missing", 400, "it has no Host", "RFC 9112 §3.2")
  package static let hostRepeated = Self(
    "host-repeated", 400, "it has more than one Host", "RFC 9112 §3.2")
  package static let host = Self(
    "host", 400, "its Host is no name or address with an optional port", "RFC 9110 §7.2")
  package static let hostDiffers = Self(
    "host-differs", 400, "its target names another host than its Host field", "RFC 9112 §3.2.2")
  package static let connectionOption = Self(
    "connection-option", 400, "Connection names a field that frames or routes the message", "RFC 9110 §7.6.1")
}

/// The body's framing.
extension HTTPSyntaxError.Code {
  package static let lengthAndEncoding = Self(
    "length-and-encoding", 400, "it has both Content-Length and Transfer-Encoding", "RFC 9112 §6.3")
  package static let lengthRepeated = Self(
    "length-repeated", 400, "it has more than one Content-Length", "RFC 9112 §6.3")
  package static let length = Self(
    "length", 400, "its Content-Length is no decimal number", "RFC 9110 §8.6")
  package static let lengthTooLarge = Self(
    "length-too-large", 413, "its Content-Length is beyond 2^62", "RFC 9110 §8.6")
  package static let encodingNotChunked = Self(
    "encoding-not-chunked", 400, "its Transfer-Encoding does not end in chunked, once", "RFC 9112 §6.3")
  package static let encodingUnsupported = Self(
    "encoding-unsupported", 501, "its Transfer-Encoding is something else than chunked", "RFC 9112 §6.1")
  package static let encodingInOldVersion = Self(
    "encoding-in-old-version", 400, "it is HTTP/1.0 with Transfer-Encoding", "RFC 9112 §6.1")
  package static let bodyNotAllowed = Self(
    "body-not-allowed", 400, "its method takes no body", "RFC 9110 §9.3.6, §9.3.8")
  package static let chunkSize = Self(
    "chunk-size", 400, "a chunk's size is no hexadecimal number", "RFC 9112 §7.1")
  package static let chunkSizeTooLarge = Self(
    "chunk-size-too-large", 413, "a chunk's size has too many digits", "RFC 9112 §7.1")
  package static let chunkExtension = Self(
    "chunk-extension", 400, "a chunk's extension is malformed", "RFC 9112 §7.1.1")
  package static let chunkExtensionTooLong = Self(
    "chunk-extension-too-long", 400, "a chunk's extensions are too long", "RFC 9112 §7.1.1")
  package static let chunkEnd = Self(
    "chunk-end", 400, "a chunk does not end in CRLF", "RFC 9112 §7.1")
  package static let trailersTooLarge = Self(
    "trailers-too-large", 431, "its trailer section is too large", "RFC 9112 §7.1.2")
  package static let tooManyTrailers = Self(
    "too-many-trailers", 431, "it has too many trailer fields", "RFC 9112 §7.1.2")
  package static let trailerForbidden = Self(
    "trailer-forbidden", 400, "a field stands in the trailers that belongs in the head", "RFC 9110 §6.5.1")
}
