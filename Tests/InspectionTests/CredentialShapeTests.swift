internal import Evidence
internal import Inspection
internal import Testing

/// What somebody generated, and what stands for it. Made up, and in parts, so that no scanner takes this file for a leak.
@Suite struct CredentialShapeTests {
  private func found(_ parts: [String]) throws -> [String] {
    try Detectors.set().inspect(parts.joined(), place: .body).filter { $0.dataClass == .credential }.map(\.detector)
  }

  @Test(
    "letters that make no words are a secret, also without a digit",
    arguments: [
      ["ENV SMTP_PASS", "WORD=SpHpzsXMZqRS-eFf\n"], ["billing_api_", "key: \"KgYlgfdnmBBHwYi", "EICaaozCLdHXJaUqH\""],
      [#"{"key": "pass"#, #"word", "value": "n_9hXRh2"#, #"jKgi_.nO1I0"}"#],
      ["# REDIS_PASS", "WORD: bYneHC.lfD5W", "FUnS__GV\n"], ["TRAVIS_API_TOK", "EN=VIbSBOzJyrOL", "AXbgbbapQi\n"],
    ])
  func letters(_ parts: [String]) throws { #expect(try found(parts).count == 1) }

  @Test(
    "words, names of members and what counts up are none",
    arguments: [
      "SMTP_PASSWORD=KubernetesSecretName\n", "api_key: \"billing-service-credentials\"",
      "token: app.config.ServiceKey2\n",
      "password: abcdefgh12345678\n", "DB_PASSWORD=testing123\n", "TRAVIS_API_TOKEN=travis-access-settings\n",
    ])
  func words(_ text: String) throws { #expect(try found([text]) == []) }

  @Test(
    "a password with a word in it that templates have as well is one",
    arguments: [
      ["DB_PA", "SS=kT9pQ2vL", "m4xZ\n"], ["pass", "word=Secret", "2024!x\n"], ["redis://:", "mySecret", "42@cache"],
      ["postgres://shop:", "mySecret", "42@db/shop"], ["postgres://shop:", "Secret", "99x@db/shop"],
      ["postgres://shop:", "hunter2", "Secret9@db/shop"], ["postgres://shop:", "changeMe", "Now9@db/shop"],
    ])
  func passwordsOfWords(_ parts: [String]) throws { #expect(try found(parts).count == 1, "\(parts)") }

  @Test(
    "what stands for a password is none",
    arguments: [
      "changeme", "change-me", "secret", "your-password", "your_db_password_1", "<password>", "<your-password>",
      "example", "Password123!", "hunter2", "mypassword", "db-secret-2", "test_token_v2", "YOUR_PASSWORD", "****",
      "REPLACE_ME", "secretPassword", "oauth2_client_secret",
    ])
  func placeholders(_ text: String) throws {
    for setting in ["DB_PASSWORD=\(text)\n", "\"password\": \"\(text)\"", "postgres://shop:\(text)@db/shop"] {
      #expect(try found([setting]) == [], "\(setting)")
    }
  }

  @Test("what all keys of a kind begin with does not make a row of one letter a key")
  func samples() throws {
    #expect(try found(["sk-ant-", "api03-", String(repeating: "x", count: 93), "AA"]) == [])
    #expect(try found(["ghp_", String(repeating: "0", count: 36)]) == [])
  }

  @Test(
    "passwords of documentation and of one's own machine are no secrets",
    arguments: [
      "amqp://guest:guest@localhost:5672//", "oracle://scott:tiger@127.0.0.1/xe", "http://user:pass@proxy.lan:80",
    ])
  func defaults(_ address: String) throws { #expect(try found([address]) == []) }

  @Test("a generated password is one on one's own machine, too, and a word is one elsewhere")
  func connections() throws {
    #expect(try found(["amqp://worker:", "Rb7-f4ke-4lly@localhost"]) == ["connection-string"])
    #expect(try found(["postgres://app:", "garden@db.company.dev/app"]) == ["connection-string"])
  }
}
