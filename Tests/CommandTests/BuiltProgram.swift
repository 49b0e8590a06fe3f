internal import Glibc

/// The command as it was built, beside the test bundle.
enum BuiltProgram {
  static let path: String? = {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    let directory = String(cString: own).split(separator: "/").dropLast().map { "/\($0)" }.joined()
    let candidate = "\(directory)/sallyport"
    return access(candidate, X_OK) == 0 ? candidate : nil
  }()

  static var isBuilt: Bool { path != nil }

  static let absence = "sallyport was not built beside the tests: build with `swift build --build-tests`"
}
