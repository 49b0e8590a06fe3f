internal import Catalog
internal import Sandbox

/// What of the user's home an agent finds in its own: its configuration and caches, as the catalogue lists them.
enum HomeBinds {
  static func of(_ settings: RunSettings) -> [Bind] {
    grants(settings).compactMap { grant in
      guard grant.access != .scratch else { return nil }
      let path = path(of: grant, settings)
      return Bind(
        source: path, target: path, access: grant.access == .write ? .write : .read, isOptional: grant.isOptional)
    }
  }

  /// Spools of what is to be sent later: empty in every run, and gone with it.
  static func scratch(of settings: RunSettings) -> [String] {
    grants(settings).filter { $0.access == .scratch }.map { path(of: $0, settings) }
  }

  private static func grants(_ settings: RunSettings) -> [FileGrant] {
    settings.knowledge.environment.files + (settings.profile?.files ?? [])
  }

  private static func path(of grant: FileGrant, _ settings: RunSettings) -> String {
    FilePaths.expanded(grant.path, home: settings.home)
  }
}
