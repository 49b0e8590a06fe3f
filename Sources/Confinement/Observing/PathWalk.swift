/// The way that the kernel would take to a file, link by link, as far as it can be read from outside at this moment.
package enum PathWalk {
  /// As many as the kernel follows (`MAXSYMLINKS` of linux/namei.h).
  private static let mostLinks = 40

  /// Without links, `.`, `..` and doubled slashes. Names after one that is not there stay as they are.
  ///
  /// - Parameter link: what a symbolic link says, `nil` for anything else; asked only with paths that have no links before
  ///   their last name.
  package static func end(of path: [UInt8], link: ([UInt8]) -> [UInt8]?) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    // The next name is the last one.
    var ahead = Array(path.split(separator: slash).reversed())
    var names: [ArraySlice<UInt8>] = []
    var links = 0
    while let name = ahead.popLast() {
      if name.elementsEqual([UInt8(ascii: ".")]) { continue }
      if name.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
        _ = names.popLast()
        continue
      }
      names.append(name)
      guard links < mostLinks, let target = link([slash] + names.joined(separator: [slash])) else { continue }
      links += 1
      if target.first == slash { names = [] } else { names.removeLast() }
      ahead += target.split(separator: slash).reversed()
    }
    return [slash] + names.joined(separator: [slash])
  }
}
