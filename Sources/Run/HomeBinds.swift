internal import Catalog
internal import Sandbox

/// What of the user's home an agent finds in its own: its configuration and caches, as the catalogue lists them.
enum HomeBinds {
  static func of(_ settings: RunSettings) -> [Bind] {
    let grants = settings.knowledge.environment.files + (settings.profile?.files ?? [])
    return grants.compactMap { grant in
      guard grant.access != .scratch else { return nil }
      let path = grant.path.hasPrefix("~/") ? "\(settings.home)/\(grant.path.dropFirst(2))" : grant.path
      return Bind(
        source: path, target: path, access: grant.access == .write ? .write : .read, isOptional: grant.isOptional)
    }
  }
}
