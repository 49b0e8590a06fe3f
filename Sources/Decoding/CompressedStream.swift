internal import Compression

/// One compressed text in a view, and the view of what it holds.
final class CompressedStream {
  private let coding: ContentCoding
  private var decompressor: Decompressor?
  private let child: DecodedView
  private let start: Int
  /// Whether it is let go unless text comes out.
  private let onlyText: Bool
  private var hasText = false
  private var isRefused = false
  private(set) var wasTooLarge = false

  /// - Parameters:
  ///   - start: the text's first byte in the view.
  ///   - onlyText: nothing but its being text tells that this is compressed text at all.
  /// - Returns: `nil` where it is too deep.
  init?(
    _ coding: ContentCoding, in view: DecodedView, at start: Int, onlyText: Bool = false,
    decoder: (any ViewDecoder)? = nil
  ) {
    guard
      let child = view.makeChild(
        coding.rawValue, at: start, isCoarse: true, expected: DecodingLimits.childBlockBytes,
        decoder: decoder ?? view.tree.wholeTextDecoder(under: view.layers + [coding.rawValue]))
    else { return nil }
    self.coding = coding
    self.child = child
    self.onlyText = onlyText
    self.start = view.originalStart(of: start)
    child.map.wholeStart = self.start
    decompressor = try? Decompressor(coding)
  }

  private init(copying other: CompressedStream, into child: DecodedView, _ decompressor: consuming Decompressor?) {
    coding = other.coding
    self.decompressor = decompressor
    self.child = child
    start = other.start
    onlyText = other.onlyText
    hasText = other.hasText
    isRefused = other.isRefused
    wasTooLarge = other.wasTooLarge
  }

  /// - Returns: `nil` where the library cannot copy its state.
  func copy(_ copies: TreeCopy) -> CompressedStream? {
    guard copies.take(DecodingLimits.decompressorBytes), let child = copies.view(child) else { return nil }
    guard decompressor != nil else { return CompressedStream(copying: self, into: child, nil) }
    guard let copy = decompressor?.copy() else { return nil }
    return CompressedStream(copying: self, into: child, copy)
  }

  var hasEnded: Bool { decompressor?.hasEnded ?? true }
  /// Where another gzip member or zstd frame of the same text began, counted from the first of the bytes decompressed
  /// last.
  var memberStarts: [Int] { decompressor?.memberStarts ?? [] }
  /// Whether another one may follow where a member has ended.
  var mayHaveMembers: Bool { coding == .gzip || coding == .zstd }
  var isComplete: Bool { decompressor?.hasEnded ?? false }

  /// Decompresses the view's bytes `from ..< to`.
  ///
  /// - Returns: false where they are not in this coding, or too much.
  func decode(_ view: DecodedView, from: Int, to end: Int) -> Bool {
    guard from < end else { return decompressor != nil }
    let tree = view.tree
    child.map.appendWhole(view: child.end, consumed: end - from, end: end)
    let bytes = UnsafeRawBufferPointer(start: view.window.bytes + (from - view.window.base), count: end - from)
    do {
      try decompressor?.decompress(bytes, maximumOutput: max(0, tree.expansionRoom)) { text in
        tree.takeExpansion(text.count)
        if let start = text.bindMemory(to: UInt8.self).baseAddress { take(start, text.count) }
      }
      return decompressor != nil && !isRefused
    } catch {
      wasTooLarge = error.code == .outputLimit && !isRefused
      if wasTooLarge { tree.report(.tooLarge, self.start..<view.originalEnd(of: end - 1), child.layers) }
      return false
    }
  }

  private func take(_ text: UnsafePointer<UInt8>, _ count: Int) {
    if onlyText, !hasText {
      hasText = true
      isRefused = !Self.isText(UnsafeBufferPointer(start: text, count: count))
    }
    if !isRefused { child.write(text, count) }
  }

  /// Whether text begins so, in UTF-8 or UTF-16, or another compressed one, or an archive.
  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = bytes.prefix(DecodingLimits.binaryPrefixBytes)
    let classes = CharacterTable.classes
    let zeros = head.count { $0 == 0 }
    let others = head.count { $0 != 0 && classes[Int($0)] & CharacterTable.text == 0 }
    if others == 0, zeros <= head.count / 2 { return true }
    // The last character may be cut.
    let whole = head.prefix(max(1, head.count - 3))
    if zeros == 0, String(validating: whole, as: UTF8.self) != nil { return true }
    return [[0x1f, 0x8b], [0x28, 0xb5], [0x50, 0x4b, 3, 4], [0x78], [0xff, 0xfe], [0xfe, 0xff]].contains {
      head.starts(with: $0)
    }
  }

  func end(_ view: DecodedView) { view.close(child) }
}
