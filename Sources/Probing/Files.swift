internal import Confinement
internal import Glibc

/// What attempts ask of files.
enum Files {
  static func opens(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    if file >= 0 { close(file) }
    return file >= 0
  }

  static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return Descriptor.readAll(file, limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
  }

  static func holds(_ path: String, _ mark: String) -> Bool { text(path)?.range(of: mark) != nil }

  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  /// What reading a file gives; a secret's mark in it is a success for who tries.
  static func found(reading path: String, _ place: ProbePlace) -> Found {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return .kernel(-Int(errno)) }
    close(file)
    return holds(path, place.mark) ? Found(.succeeded, "the secret was read") : Found(.absent, "there, and empty")
  }
}
