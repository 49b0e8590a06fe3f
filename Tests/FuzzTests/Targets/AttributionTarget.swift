internal import Attribution
internal import Decoding
internal import Evidence

/// Bodies against the files of a workspace, and files that hold anything; the first byte chooses.
enum AttributionTarget {
  private static let files: [String: String] = [
    "relay.py": """
    import socket
    import logging

    LOG = logging.getLogger("relay")

    def serve(address, handler, backlog=16):
        listener = socket.create_server(address, backlog=backlog)
        LOG.info("listening on %s", address)
        while True:
            connection, peer = listener.accept()
            LOG.debug("connection from %s", peer)
            with connection:
                handler(connection.makefile("rwb"), peer)

    """,
    "notes/long.js":
      "var settings={\"colour\":\"blue\",\"width\":640,\"height\":480,\"title\":\"a picture of the harbour\"};function draw("
      + "canvas){canvas.fill(settings.colour);canvas.rect(0,0,settings.width,settings.height);canvas.text(settings.title)}\n",
  ]

  private static let index: SourceIndex = {
    let index = SourceIndex(memoryBytes: 4 << 20)
    for (path, text) in files { take(Array(text.utf8), path, index) }
    return index
  }()

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    guard choice & 1 == 0 else { return try checkFile(bytes) }
    let whole = attributed([bytes], index)
    for pieces in Pieces.ways(of: bytes) {
      try demand(attributed(pieces, index) == whole, "the sources depend on how the bytes are cut")
    }
    let halves = Pieces.cut(bytes, at: [bytes.count / 2])
    try demand(attributed(halves, index, pauses: true) == whole, "asking in between changes the sources")
    try check(whole, index)
    try checkRepetition(bytes)
  }

  private static func attributed(_ pieces: [[UInt8]], _ index: SourceIndex, pauses: Bool = false) -> Attributed {
    let attributor = MessageAttributor(index, to: "model.test:443", sent: SentLines())
    let tree = DecodingTree(.none, limits: DecodingTarget.limits, observer: attributor)
    for piece in pieces {
      piece.withUnsafeBytes { tree.receive($0) }
      if pauses { _ = attributor.attributedSoFar() }
    }
    tree.finish()
    return attributor.attributedSoFar()
  }

  private static func check(_ found: Attributed, _ index: SourceIndex) throws {
    try demand((0...1).contains(found.share), "a share of \(found.share)")
    for source in found.sources {
      try demand(source.startLine >= 1 && source.endLine >= source.startLine && source.bytes > 0, "\(source)")
      guard let lines = index.lineCount(of: source.path, version: source.version) else { continue }
      try demand(source.endLine <= lines, "line \(source.endLine) of \(lines)")
    }
  }

  /// What went once is not new when it goes again, and the same is found.
  private static func checkRepetition(_ bytes: [UInt8]) throws {
    let sent = SentLines()
    func message() -> MessageAttribution {
      let attributor = MessageAttributor(index, to: "model.test:443", sent: sent)
      let tree = DecodingTree(.none, limits: DecodingTarget.limits, observer: attributor)
      bytes.withUnsafeBytes { tree.receive($0) }
      tree.finish()
      return attributor.soFar()
    }
    let first = message().markSent()
    let again = message().attributed
    // The first message's end and the second's beginning may be a line together, which is new, and the only one.
    for source in again.sources where source.isFirstSent {
      let isKnown = first.sources.contains {
        $0.path == source.path && $0.startLine <= source.startLine && source.endLine <= $0.endLine
      }
      try demand(!isKnown, "what went before is told as new: \(source)")
    }
    try demand(
      !again.sources.isEmpty || first.sources.isEmpty, "what was found is not found again: \(first.sources)")
  }

  /// A file is found in itself or left out, and nothing is found outside of it.
  private static func checkFile(_ bytes: [UInt8]) throws {
    let index = SourceIndex(memoryBytes: 1 << 20)
    take(bytes, "any.txt", index)
    take(Array(bytes.reversed()), "any.txt", index)
    take(bytes, "any.txt", index)
    let contents = index.contents
    try demand(contents.files + contents.leftOutCount == 1, "a file is neither there nor left out")
    try check(attributed([bytes], index), index)
  }

  private static func take(_ bytes: [UInt8], _ path: String, _ index: SourceIndex) {
    bytes.withUnsafeBytes { index.take(path, text: $0) }
  }
}
