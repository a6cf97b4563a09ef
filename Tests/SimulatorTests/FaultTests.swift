import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Each fault does what it says, over a real socket.
struct FaultTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    for id in ["a", "b"] {
      company.addAgent(id: id, name: "Agent \(id)", provider: .langdock)
      company.addMessages(10, agent: id, at: noon)
      company.addAgent(id: id, name: "Agent \(id)", provider: .agentphone)
      company.addTexts(10, agent: id, at: noon)
    }
    return company
  }

  // MARK: Instead of the answer

  @Test func onlyWhereAndAsOftenAsDeclared() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.status(500, body: "boom"), at: .langdock, path: "/export/agents", times: 2)
      #expect(try await simulator.export("/export/models/json").status == 200)
      #expect(try await simulator.phone("/v1/usage").status == 200)
      let first = try await simulator.export("/api/public/export/agents/json")
      #expect((first.status, first.text) == (500, "boom"))
      #expect(try await simulator.export("/export/agents/csv").status == 500)
      #expect(try await simulator.export("/export/agents/csv").status == 200)
      #expect(simulator.faults.count == 0)
      let id = simulator.faults.inject(.html(status: 502), at: .agentPhone)
      for _ in 0..<3 { #expect(try await simulator.phone("/v1/usage").status == 502) }
      simulator.faults.remove(id)
      #expect(try await simulator.phone("/v1/usage").status == 200)
      simulator.faults.inject(.garbage, at: .agentPhone, path: "/v1/usage", exactly: true)
      #expect(try await simulator.phone("/v1/usage/daily").json["data"] != nil)
      #expect(try await simulator.phone("/v1/usage").json.isEmpty)
    }
  }

  @Test func refusals() async throws {
    try await simulating(company()) { simulator, _ in
      func answers(_ fault: Fault) async throws -> (langdock: RawClient.Response, phone: RawClient.Response) {
        simulator.faults.inject(fault, at: .langdock, times: 1)
        simulator.faults.inject(fault, at: .agentPhone, times: 1)
        return (try await simulator.export("/export/agents/json"), try await simulator.phone("/v1/usage"))
      }
      let unauthorized = try await answers(.unauthorized)
      #expect((unauthorized.langdock.status, unauthorized.phone.status) == (401, 401))
      let bare = try await answers(.rateLimited(.none))
      #expect((bare.langdock.status, bare.phone.status) == (429, 429))
      #expect(bare.langdock.headers["retry-after"] == nil)
      #expect((bare.phone.json["error"] as? [String: Any])?["code"] as? String == "RATE_LIMIT_EXCEEDED")
      let seconds = try await answers(.rateLimited(.seconds(17)))
      #expect(seconds.langdock.headers["retry-after"] == "17")
      let date = try await answers(.rateLimited(.date(in: 90)))
      #expect(date.phone.headers["retry-after"] == "Thu, 19 Nov 2026 12:01:30 GMT")
      let unavailable = try await answers(.unavailable(.seconds(5)))
      #expect((unavailable.langdock.status, unavailable.phone.headers["retry-after"]) == (503, "5"))
      let page = try await answers(.html(status: 200))
      #expect(page.langdock.status == 200)
      #expect(page.langdock.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.langdock.text.hasPrefix("<!DOCTYPE html>"))
      let garbage = try await answers(.garbage)
      #expect(garbage.phone.headers["content-type"] == "application/json")
      #expect(garbage.phone.status == 200 && garbage.phone.complete && garbage.phone.json.isEmpty)
    }
  }

  @Test func redirects() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.redirect(), at: .langdock, times: 1)
      let away = try await simulator.export("/export/agents/json")
      #expect(away.status == 307)
      let target = try #require(away.headers["location"])
      #expect(target.hasPrefix("http://localhost:"))
      // Whoever follows it with credentials is found out.
      let followed = target.replacingOccurrences(of: "localhost", with: "127.0.0.1")
      _ = try await RawClient.send("GET", followed, headers: ["Authorization": "Bearer key"])
      #expect(simulator.log.leakedCredentials.count == 1)
      simulator.faults.inject(.redirect(to: "http://example.com/"), at: .agentPhone, times: 1)
      #expect(try await simulator.phone("/v1/usage").headers["location"] == "http://example.com/")
      simulator.faults.inject(.redirectLoop, at: .agentPhone)
      for _ in 0..<3 { #expect(try await simulator.phone("/v1/usage/daily").headers["location"] == "/v1/usage/daily") }
    }
  }

  // MARK: Late or never

  @Test func delays() async throws {
    try await simulating(company()) { simulator, clock in
      simulator.faults.inject(.delay(0.3), at: .langdock, times: 1)
      let start = ContinuousClock.now
      #expect(try await simulator.export("/export/agents/json").status == 200)
      #expect(ContinuousClock.now - start >= .milliseconds(300))
      simulator.faults.inject(.delay(3600, .injected), at: .langdock, times: 1)
      async let late = simulator.export("/export/agents/json")
      while clock.sleepers == 0 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(simulator.log.requests.last?.status == nil)
      clock.advance(by: 3600)
      #expect(try await late.status == 200)
      #expect(simulator.log.requests.last?.time == noon)
    }
  }

  @Test func hangingEndsWhenReleased() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.hang, at: .agentPhone, times: 2)
      async let first = simulator.phone("/v1/usage")
      async let second = simulator.phone("/v1/usage/daily")
      while simulator.faults.hanging < 2 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(simulator.log.highWater(.agentPhone) == 2)
      simulator.faults.release()
      #expect(try await first.status == 200)
      #expect(try await second.status == 200)
    }
  }

  @Test func hangingEndsWhenTheClientLeaves() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.hang, at: .langdock, times: 1)
      await #expect(throws: RawClient.Failure.self) {
        try await RawClient.send("POST", simulator.langdockURL + "/export/agents/json", body: "{}", patience: 1)
      }
      for _ in 0..<400 where simulator.faults.hanging > 0 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(simulator.faults.hanging == 0)
      #expect(simulator.log.requests.first?.status == nil)
    }
  }

  /// If it did, it would wait for as long as the client does.
  @Test(.timeLimit(.minutes(5))) func stoppingDoesNotWaitForWhatHangs() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.hang, at: .langdock)
      let url = simulator.langdockURL
      Task { try? await RawClient.send("POST", url + "/export/agents/json", body: "{}", patience: 3600) }
      while simulator.faults.hanging == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
  }

  // MARK: Bytes

  @Test func cuts() async throws {
    try await simulating(company()) { simulator, _ in
      let whole = try await simulator.phone("/v1/usage")
      #expect(whole.complete)
      simulator.faults.inject(.connectionCut(keeping: 0.5), at: .agentPhone, times: 1)
      let cut = try await simulator.phone("/v1/usage")
      #expect(cut.status == 200 && !cut.complete)
      #expect(cut.body == Array(whole.body.prefix(whole.body.count / 2)))
      #expect(cut.headers["content-length"] == String(whole.body.count))
      simulator.faults.inject(.bodyCut(keeping: 0.5), at: .agentPhone, times: 1)
      let clean = try await simulator.phone("/v1/usage")
      #expect(clean.complete && clean.body == cut.body)
      simulator.faults.inject(.connectionCut(keeping: 0.9), at: .langdockStorage, times: 1)
      #expect(try await simulator.download("agents").complete == false)
      #expect(try await simulator.download("agents").complete)
    }
  }

  @Test func gzip() async throws {
    try await simulating(company()) { simulator, _ in
      let plain = try await simulator.download("agents")
      simulator.faults.inject(.gzip, at: .langdockStorage, times: 1)
      let packed = try await simulator.download("agents")
      #expect(packed.headers["content-encoding"] == "gzip")
      #expect(packed.complete && packed.body.prefix(2) == [0x1F, 0x8B])
      #expect(try gunzip(packed.body) == plain.body)
      simulator.faults.inject(.gzipBomb(expandedBytes: 10_000_000), at: .agentPhone, times: 1)
      let bomb = try await simulator.phone("/v1/usage")
      #expect(bomb.body.count < 100_000)
      let expanded = try gunzip(bomb.body)
      #expect(expanded.count > 9_999_000 && expanded.allSatisfy { $0 == 0x20 })
    }
  }

  /// By the tool that comes with every Linux; a wrong checksum is its own affair.
  private func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "gzip -dc < \(file.path()) 2>/dev/null"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(output)
  }
}
