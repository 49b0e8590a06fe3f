/// A directory in a repository, and the environment in which git is asked about it.
package struct GitRepositoryPlace: Sendable {
  let directory: String
  let variables: [String: String]

  package init(directory: String, variables: [String: String]) {
    self.directory = directory
    self.variables = variables
  }

  func command() throws(FileInspectionError) -> GitCommand { try GitCommand(in: directory, variables: variables) }
}
