internal import Compression

/// Takes off the coding that the sender says is on the whole view. What does not decode is on record.
struct ClaimedCoding: ViewDecoder {
  private let coding: ContentCoding
  private let rest: [ContentCoding]
  private var stream: CompressedStream?
  private var next = 0
  private var hasFailed = false

  /// - Parameter codings: in the order applied; at least one.
  init(_ codings: [ContentCoding]) {
    coding = codings.last ?? .identity
    rest = codings.dropLast()
  }

  var needed: Int { next }

  func copy(_ copies: TreeCopy) -> Self? {
    guard let stream else { return self }
    var copy = self
    copy.stream = stream.copy(copies)
    return copy.stream == nil ? nil : copy
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    defer { next = end }
    if stream == nil, end > 0, !hasFailed {
      stream = CompressedStream(
        coding, in: view, at: 0, decoder: rest.isEmpty ? view.tree.decoder() : ClaimedCoding(rest))
      hasFailed = stream == nil
    }
    guard let stream, !hasFailed else { return }
    hasFailed = !stream.decode(view, from: next, to: end)
    if !hasFailed, isLast { hasFailed = !stream.isComplete }
    guard hasFailed else { return }
    if !stream.wasTooLarge { view.tree.report(.undecodable, 0..<view.originalEnd(of: max(0, end - 1)), view.layers) }
  }
}
