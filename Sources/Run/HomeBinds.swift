internal import Catalog
internal import Sandbox

/// What of the user's home an agent finds in its own: its configuration and caches, as the catalogue lists them.
enum HomeBinds {
  static func of(_ settings: RunSettings) -> [Bind] {
    (settings.profile?.files ?? []).compactMap { grant in
      guard let relative = grant.path.hasPrefix("~/") ? grant.path.dropFirst(2) : nil else { return nil }
      let path = "\(settings.home)/\(relative)"
      return Bind(source: path, target: path, access: grant.access == .write ? .write : .read, isOptional: true)
    }
  }
}
