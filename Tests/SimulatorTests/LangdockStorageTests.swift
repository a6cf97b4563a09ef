import Foundation
import Simulator
import TestSupport
import Testing
import Usage

struct LangdockStorageTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    company.addMessages(2, agent: "a", at: noon)
    return company
  }

  private func url(_ simulator: Simulator) async throws -> String {
    let data = try await simulator.export("/export/agents/csv").json["data"] as? [String: Any]
    return try #require(data?["downloadUrl"] as? String)
  }

  @Test func downloadsUntilItExpires() async throws {
    try await simulating(company(), { $0.langdock.downloadLifetime = 60 }) { simulator, clock in
      let url = try await url(simulator)
      for _ in 0..<2 {
        let answer = try await RawClient.send("GET", url)
        #expect(answer.status == 200 && answer.complete)
        #expect(answer.headers["content-type"] == "text/csv")
        #expect(csvRows(answer.text).first?["messages"] == "2")
      }
      clock.advance(by: 60)
      let late = try await RawClient.send("GET", url)
      #expect(late.status == 403)
      #expect(late.headers["content-type"] == "application/xml")
      #expect(late.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>"))
    }
  }

  @Test func downloadsOnceIfSoConfigured() async throws {
    try await simulating(company(), { $0.langdock.downloadsOnce = true }) { simulator, _ in
      let url = try await url(simulator)
      #expect(try await RawClient.send("GET", url).status == 200)
      #expect(try await RawClient.send("GET", url).status == 403)
    }
  }

  @Test func signatureIsChecked() async throws {
    try await simulating(company()) { simulator, _ in
      let url = try await url(simulator)
      let longer = url.replacingOccurrences(of: "X-Amz-Expires=300", with: "X-Amz-Expires=999999")
      let forged = try await RawClient.send("GET", longer)
      #expect(forged.status == 403)
      #expect(forged.text.contains("<Code>SignatureDoesNotMatch</Code>"))
      let bare = try await RawClient.send("GET", String(url.prefix { $0 != "?" }))
      #expect(bare.status == 403)
      #expect(bare.text.contains("<Code>AccessDenied</Code>"))
      #expect(try await RawClient.send("POST", url).status == 405)
    }
  }

  @Test func credentialsAreRefusedAndRecorded() async throws {
    try await simulating(company()) { simulator, _ in
      let url = try await url(simulator)
      #expect(simulator.log.leakedCredentials.isEmpty)
      let leak = try await RawClient.send("GET", url, headers: ["Authorization": "Bearer \(simulator.langdockKey)"])
      #expect(leak.status == 400)
      #expect(leak.text.contains("<Code>InvalidArgument</Code>"))
      #expect(simulator.log.leakedCredentials.count == 1)
      // The next one without is fine.
      #expect(try await RawClient.send("GET", url).status == 200)
      #expect(simulator.log.leakedCredentials.count == 1)
    }
  }

  @Test func theFileIsAsOfItsExport() async throws {
    let company = company()
    try await simulating(company) { simulator, _ in
      let url = try await url(simulator)
      company.addMessages(40, agent: "a", at: noon)
      #expect(csvRows(try await RawClient.send("GET", url).text).first?["messages"] == "2")
      #expect(csvRows(try await simulator.download("agents").text).first?["messages"] == "42")
    }
  }
}
