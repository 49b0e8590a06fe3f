/// The release, as `--version` says it.
enum SallyportVersion {
  static let text = "0.1.0"
}
