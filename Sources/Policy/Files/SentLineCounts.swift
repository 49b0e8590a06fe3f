/// Lines that went to one host in a run before, as far as the rules of one policy ask for them.
///
/// Whoever lets messages go keeps one for each host, gives it with each question as ``Question/sentLines``, and after a
/// message was let go replaces it by ``PolicyDocument/adding(_:to:at:)``.
package struct SentLineCounts: Sendable, Hashable {
  /// By position among the policy's rules about files.
  var counts: [Int] = []
  /// For every rule, besides.
  private var base: Int

  /// - Parameter base: lines of which every rule covers all; for trying a policy out.
  package init(base: Int = 0) { self.base = base }

  func lines(of rule: Int) -> Int {
    rule < counts.count ? base.addingClamped(counts[rule]) : base
  }

  mutating func add(_ lines: Int, to rule: Int) {
    while counts.count <= rule { counts.append(0) }
    counts[rule] = counts[rule].addingClamped(lines)
  }
}
