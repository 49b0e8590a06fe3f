internal import Compression

/// Finds compressed text that nobody announced: a file in a form, a message in a frame, what base64 held.
///
/// gzip and zstd are known by their first bytes anywhere; zlib, whose head is short, at the view's beginning only.
/// What turns out to be none is let go in silence: it was seen as plain bytes.
final class CarvingDecoder: ViewDecoder {
  private struct Carving {
    let stream: CompressedStream
    var next: Int
  }

  private var carvings: [Carving] = []
  private var next = 0

  /// Bytes that tell gzip with its method, or zstd.
  private static let magicBytes = 4

  var needed: Int { next }

  func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    let searched = isLast ? end : max(next, end - Self.magicBytes + 1)
    if next == 0, end > 1 { findZlib(view) }
    findGzip(view, to: searched, end: end)
    findZstd(view, to: searched, end: end)
    next = searched
    for index in carvings.indices.reversed() { advance(view, index, to: end, isLast: isLast) }
  }

  private func byte(_ view: DecodedView, _ offset: Int) -> UInt8 { view.window.bytes[offset - view.window.base] }

  private func findZlib(_ view: DecodedView) {
    let (method, flags) = (byte(view, 0), byte(view, 1))
    if method == 0x78, (Int(method) << 8 | Int(flags)) % 31 == 0 { begin(.deflate, view, at: 0) }
  }

  /// RFC 1952 §2.3.1: `1f 8b`, method 8, the upper flags zero.
  private func findGzip(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next
    while let found = view.window.first(0x1f, from: from, to: searched) {
      from = found + 1
      guard found + 3 < end, byte(view, found + 1) == 0x8b, byte(view, found + 2) == 8,
        byte(view, found + 3) & 0xe0 == 0
      else { continue }
      begin(.gzip, view, at: found)
    }
  }

  /// RFC 8878 §3.1.1: `28 b5 2f fd`, looked for by its last byte, which no UTF-8 text has.
  private func findZstd(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next + 3
    while let found = view.window.first(0xfd, from: from, to: min(end, searched + 3)) {
      from = found + 1
      guard byte(view, found - 1) == 0x2f, byte(view, found - 2) == 0xb5, byte(view, found - 3) == 0x28 else {
        continue
      }
      begin(.zstd, view, at: found - 3)
    }
  }

  private func begin(_ coding: ContentCoding, _ view: DecodedView, at offset: Int) {
    guard view.tree.takeCarving(by: view, at: offset),
      let stream = CompressedStream(coding, in: view, at: offset)
    else { return }
    carvings.append(Carving(stream: stream, next: offset))
  }

  private func advance(_ view: DecodedView, _ index: Int, to end: Int, isLast: Bool) {
    let carving = carvings[index]
    let goesOn = carving.stream.decode(view, from: carving.next, to: end)
    if goesOn, !isLast, !carving.stream.hasEnded {
      carvings[index].next = end
    } else {
      carving.stream.end(view)
      carvings.remove(at: index)
    }
  }
}
