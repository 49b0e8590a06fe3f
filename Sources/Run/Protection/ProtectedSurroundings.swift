/// Other directories that the same run may change, as they were and as they are.
struct ProtectedSurroundings {
  var before: [ProtectedFiles] = []
  var after: [ProtectedFiles] = []
}
