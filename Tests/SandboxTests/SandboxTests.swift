internal import Confinement
import Sandbox
import Testing

@Suite struct SandboxRunTests {
  @Test("the agent's output and exit code come out")
  func exitCode() async throws {
    let inmate = try Inmate()
    let (end, output, run) = try await inmate.run(inmate.plan("echo hello; id; pwd; ls -la / ~ .; env; cat /proc/self/status | grep -E 'Cap|NoNew|Seccomp'; exit 7"))
    print(output, run.attestation)
    #expect(end == AgentEnd(code: 7, signal: nil, survivors: 0))
    #expect(output.contains("hello"))
  }
}
