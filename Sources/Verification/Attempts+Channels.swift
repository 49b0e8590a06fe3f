extension Attempts {
  static let channels: [Attempt] = [
    Attempt("N14.control", "A WebSocket message without a secret", .throughSallyport),
    Attempt("N14.text", "A credential in a WebSocket message", .blocked),
    Attempt("N14.fragments", "… in two fragments", .blocked),
    Attempt("N14.compressed", "… compressed (permessage-deflate)", .blocked),
    Attempt("N14.ping", "… in a ping", .blocked),
    Attempt("N17.control", "A push to the repository that policy allows", .throughSallyport),
    Attempt("N17.push", "A push to another's on the same forge", .blocked),
    Attempt("N17.asked", "Asking to push there", .blocked),
    Attempt("N17.dots", "… around by ..", .blocked),
    Attempt("N17.encoded-dots", "… around by %2e%2e", .blocked),
  ]

  static let attachments: [Attempt] = [
    Attempt("P5.data-uri", "A credential in a picture within JSON", .blocked),
    Attempt("P5.document-in-json", "… in a PDF's compressed words, within JSON", .blocked),
    Attempt("P5.document", "… in a PDF's compressed words", .blocked),
    Attempt("P5.archive", "… in an office document's ZIP, within JSON", .blocked),
    Attempt("P5.upload", "… in a file that is uploaded", .blocked),
    Attempt("P6.tool-result", "… in a tool's result", .blocked),
    Attempt("P6.tool-arguments", "… escaped twice, in a tool's arguments", .blocked),
    Attempt("P6.batch", "… in the second of a batch of JSON-RPC", .blocked),
    Attempt("P6.frame", "… compressed in a frame of Connect and gRPC", .blocked),
    Attempt("P7.control", "A question for the model", .throughSallyport),
    Attempt("P7.telemetry", "Telemetry to the model's own host", .blocked),
    Attempt("P7.flags", "Feature flags from the model's own host", .blocked),
    Attempt("P7.dots", "Telemetry behind the model's path and ..", .blocked),
    Attempt("P9.unsent", "Telemetry kept to be sent later", .confined("neither read nor kept")),
  ]
}
