/// Where this package's files lie.
enum Places {
  static let package: String = {
    let file = #filePath
    return file.firstRange(of: "/Tests/FuzzTests/").map { String(file[..<$0.lowerBound]) } ?? file
  }()
}
