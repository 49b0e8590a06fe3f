internal import Glibc

/// What a question looks like, for policy: a tunnel shows in long, dense and many labels, and in record types that no
/// coding tool asks for.
package struct DNSQuestionFacts: Sendable, Hashable {
  /// As ``DNSName/description`` writes it.
  package let name: String
  package let type: DNSRecordType
  package let labelCount: Int
  /// Bytes of the longest label.
  package let longestLabel: Int
  /// Bytes of all labels but the last two, which is about what the asker could choose freely.
  package let freeBytes: Int
  /// Shannon's entropy of those bytes without regard to case, in bits per byte: English words have 3 to 3.5, base32
  /// comes near 5. Says little below 20 bytes.
  package let entropy: Double

  package init(_ query: DNSQuery) {
    self.init(name: query.name, type: query.type)
  }

  package init(name: DNSName, type: DNSRecordType) {
    let free = name.labels.dropLast(2).flatMap { $0 }
    self.name = name.description
    self.type = type
    labelCount = name.labels.count
    longestLabel = name.labels.map(\.count).max() ?? 0
    freeBytes = free.count
    entropy = Self.entropy(free)
  }

  private static func entropy(_ bytes: [UInt8]) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int((0x41...0x5a).contains(byte) ? byte | 0x20 : byte)] += 1 }
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / Double(bytes.count)
      return sum - share * log2(share)
    }
  }
}
