internal import Documents

extension Knowledge {
  /// Reads directories with `agents/`, `vendors/`, `services/`, `registries/`, `environment.yaml` and `trust.yaml`, in
  /// order: a file takes the place of an earlier directory's file with the same identifier.
  ///
  /// - Throws: ``CatalogError`` with every problem of every file.
  package static func load(from directories: [String]) throws(CatalogError) -> Knowledge {
    var loading = Loading()
    for directory in directories {
      guard CatalogDirectory.exists(directory) else {
        throw .unreadable(directory, "a directory that is not there")
      }
      try loading.read(directory)
    }
    return try loading.finished()
  }

  /// The catalogue that came with this program: beside it where it was built, under `share` where it was installed.
  package static var bundledDirectory: String? {
    guard let directory = CatalogDirectory.programDirectory else { return nil }
    return [directory + "/sallyport_Catalog.resources/Resources", directory + "/../share/sallyport/catalog"]
      .first { CatalogDirectory.exists($0 + "/agents") }
  }

  /// What was read so far.
  private struct Loading {
    var agents: [String: AgentDraft] = [:]
    var vendors: [String: VendorProfile] = [:]
    var environment = SharedEnvironment(variables: [], files: [])
    var trust: (variables: [TrustVariable], files: [TrustFile]) = ([], [])
    var problems: [DocumentProblem] = []

    mutating func read(_ directory: String) throws(CatalogError) {
      for folder in ["vendors", "services", "registries"] {
        try eachFile(in: directory, folder) { reader, root, ids, loading in
          guard let vendor = reader.vendor(root) else { return }
          loading.note(vendor.id, at: root, in: &ids)
          if vendor.kind.rawValue + "s" != folder, !(vendor.kind == .registry && folder == "registries") {
            loading.report(
              root.place, found: "kind: \(vendor.kind.rawValue) in \(folder)/", expected: "the folder's own kind")
          }
          loading.vendors[vendor.id] = vendor
        }
      }
      try eachFile(in: directory, "agents") { reader, root, ids, loading in
        guard let draft = reader.agent(root) else { return }
        loading.note(draft.profile.id, at: root, in: &ids)
        loading.agents[draft.profile.id] = draft
      }
      try single("environment.yaml", in: directory) { reader, root, loading in
        loading.environment = reader.sharedEnvironment(root)
      }
      try single("trust.yaml", in: directory) { reader, root, loading in loading.trust = reader.trust(root) }
    }

    private mutating func eachFile(
      in directory: String, _ folder: String,
      _ body: (inout CatalogReader, DocumentNode, inout Set<String>, inout Loading) -> Void
    ) throws(CatalogError) {
      var ids: Set<String> = []
      for name in try CatalogDirectory.files(in: "\(directory)/\(folder)") {
        guard let root = try root(of: "\(directory)/\(folder)/\(name)") else { continue }
        var reader = CatalogReader(file: "\(folder)/\(name)")
        body(&reader, root, &ids, &self)
        problems += reader.reading.problems
      }
    }

    private mutating func single(
      _ name: String, in directory: String, _ body: (inout CatalogReader, DocumentNode, inout Loading) -> Void
    ) throws(CatalogError) {
      guard CatalogDirectory.exists("\(directory)/\(name)"), let root = try root(of: "\(directory)/\(name)") else {
        return
      }
      var reader = CatalogReader(file: name)
      body(&reader, root, &self)
      problems += reader.reading.problems
    }

    private mutating func root(of path: String) throws(CatalogError) -> DocumentNode? {
      let text = try CatalogDirectory.read(path, limit: DocumentLimits.bytes)
      do {
        return try DocumentNode.read(yaml: text, file: path)
      } catch {
        problems.append(error)
        return nil
      }
    }

    private mutating func note(_ id: String, at root: DocumentNode, in ids: inout Set<String>) {
      if !ids.insert(id).inserted { report(root.place, found: "a second '\(id)'", expected: "another id") }
      let name = root.place.file.split(separator: "/").last.map(String.init) ?? ""
      if name != id + ".yaml" { report(root.place, found: "id '\(id)' in \(name)", expected: "the file \(id).yaml") }
    }

    private mutating func report(_ place: DocumentPlace, found: String, expected: String, nearest: String? = nil) {
      problems.append(DocumentProblem(place: place, found: found, expected: expected, nearest: nearest))
    }

    /// Resolves names between files.
    mutating func finished() throws(CatalogError) -> Knowledge {
      let vendors = self.vendors.values.sorted { $0.id < $1.id }
      let secrets = vendors.flatMap(\.secrets)
      var byName: [String: SecretBinding] = [:]
      for secret in secrets where byName.updateValue(secret, forKey: secret.name) != nil {
        let owner = vendors.last { $0.secrets.contains(secret) }
        report(
          DocumentPlace(file: owner?.file ?? "", line: 1), found: "a second secret '\(secret.name)'",
          expected: "one vendor for each variable")
      }
      let modelSecrets = vendors.filter { $0.kind == .vendor }.flatMap(\.secrets)
      let agents = self.agents.values.sorted { $0.profile.id < $1.profile.id }.map { draft in
        resolved(draft, byName: byName, modelSecrets: modelSecrets)
      }
      checkCommands(of: agents)
      guard problems.isEmpty else {
        throw .invalid(problems.sorted { ($0.place.file, $0.place.line) < ($1.place.file, $1.place.line) })
      }
      return Knowledge(
        agents: agents, vendors: vendors, environment: environment, trustVariables: trust.variables,
        trustFiles: trust.files)
    }

    private mutating func resolved(
      _ draft: AgentDraft, byName: [String: SecretBinding], modelSecrets: [SecretBinding]
    ) -> AgentProfile {
      let known = vendors.keys.sorted()
      for name in [draft.profile.vendor] + draft.profile.models where name != "*" && vendors[name] == nil {
        report(
          draft.vendorPlace, found: "vendor '\(name)'", expected: "a file of vendors/, services/ or registries/",
          nearest: NearestWord.to(name, among: known))
      }
      var secrets: [SecretBinding] = []
      for node in draft.secretNames {
        guard case .scalar(let name, _) = node.content else { continue }
        if name == "*" {
          secrets += modelSecrets
        } else if let secret = byName[name] {
          secrets.append(secret)
        } else {
          report(
            node.place, found: node.summary, expected: "a secret that a vendor's file describes",
            nearest: NearestWord.to(name, among: byName.keys.sorted()))
        }
      }
      var seen: Set<String> = []
      return draft.profile.with(secrets: secrets.filter { seen.insert($0.name).inserted })
    }

    private mutating func checkCommands(of agents: [AgentProfile]) {
      var owners: [String: String] = [:]
      for agent in agents {
        for command in agent.commands {
          if let owner = owners.updateValue(agent.id, forKey: command), owner != agent.id {
            report(
              DocumentPlace(file: agent.file, line: 1), found: "command '\(command)', which \(owner) has too",
              expected: "a command of one agent")
          }
        }
      }
    }
  }
}

extension AgentProfile {
  fileprivate func with(secrets: [SecretBinding]) -> AgentProfile {
    AgentProfile(
      id: id, name: name, vendor: vendor, commands: commands, versionClues: versionClues, models: models,
      files: files, environment: environment, secrets: secrets, endpoints: endpoints, switches: switches, file: file,
      sources: sources)
  }
}
