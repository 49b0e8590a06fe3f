internal import Catalog
internal import Evidence
internal import Foundation

/// The bundled catalogue, loaded once from the sources.
enum Bundled {
  static let directory = root + "/Sources/Catalog/Resources"

  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  static let knowledge = Result { try Knowledge.load(from: [directory]) }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: directory + "/" + path), encoding: .utf8)
  }

  static func recognise(
    _ request: String, by agent: String = "unknown", upgrade: String? = nil, contentType: String? = nil,
    body: String = ""
  ) throws -> Recognition {
    let parts = request.split(separator: " ", maxSplits: 1)
    let target = parts[1]
    let slash = target.firstIndex(of: "/") ?? target.endIndex
    let destination = target[..<slash]
    var (host, port): (Substring, UInt16) = (destination, 443)
    if !destination.contains("]"), let colon = destination.lastIndex(of: ":") {
      (host, port) = (destination[..<colon], UInt16(destination[destination.index(after: colon)...]) ?? 0)
    }
    return try knowledge.get().recognise(
      RequestFacts(
        host: host.filter { $0 != "[" && $0 != "]" }, port: port, method: String(parts[0]),
        path: String(target[slash...]), contentType: contentType, upgrade: upgrade, bodyPrefix: Array(body.utf8)),
      by: agent)
  }
}
