internal import Catalog
internal import Evidence

/// An npm package on disk: the directory whose `package.json` bears its name.
enum NodePackage {
  /// - Parameter file: canonical, so that no link leads in a circle.
  static func version(of name: String, above file: String) -> String? {
    var directory = file
    for _ in 0..<RunLimits.directoriesAboveProgram where directory != "/" {
      directory = FilePaths.parent(directory)
      let path = directory == "/" ? "/package.json" : "\(directory)/package.json"
      // One byte more than is taken, so that what is cut off is not taken for the whole.
      guard let bytes = FilePaths.bytes(path, limit: RunLimits.packageFileBytes + 1),
        bytes.count <= RunLimits.packageFileBytes, let value = try? JSONParser.parse(bytes),
        value["name"]?.string == name
      else { continue }
      return value["version"]?.string.flatMap(VersionText.whole)
    }
    return nil
  }
}
