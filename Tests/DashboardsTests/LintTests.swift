import Dashboards
import Foundation
import Testing

@Suite("The linter")
struct LintTests {
  @Test("finds nothing in the boards")
  func boards() async throws {
    let files = DashboardFiles.all.filter { $0.path.hasSuffix(".json") }
    let answer = try await Check.lint.run(files.map { Repository.dashboards.appendingPathComponent($0.path).path })
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty)
  }

  @Test("finds each fault", arguments: Mutation.upstream + Mutation.form + Mutation.queries)
  func mutation(mutation: Mutation) async throws {
    let scratch = try Scratch()
    let answer = try await Check.lint.run([try mutation.write(to: scratch)])
    #expect(answer.rules.contains(mutation.rule), "\(answer.output)")
    #expect(answer.status == 1)
  }

  @Test("has no rule without a fault that it finds")
  func everyRuleIsSeeded() throws {
    var named: Set<String> = []
    for file in ["upstream_rules.py", "form_rules.py", "usage_rules.py", "lint.py"] {
      let text = try String(contentsOf: Repository.checks.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /"(x-[a-z0-9-]+|[a-z-]+-rule|uneditable-dashboard)"/) {
        named.insert(String(match.1))
      }
    }
    let seeded = Set((Mutation.upstream + Mutation.form + Mutation.queries).map(\.rule))
    #expect(named.symmetricDifference(seeded).isEmpty)
    #expect(Mutation.upstream.count == 17)
  }
}
