import Testing
import Usage

@Suite("Entities")
struct EntityTests {
  @Test(
    "a word that the exporter uses itself gets a prefix, and so does what looks prefixed already",
    arguments: [
      ("unassigned", "id:unassigned"), ("other", "id:other"), ("id:other", "id:id:other"),
      ("id:id:unassigned", "id:id:id:unassigned"), ("others", "others"), ("Other", "Other"), ("id:others", "id:others"),
      ("x:other", "x:other"), ("idother", "idother"), (":other", ":other"), ("id::other", "id::other"), ("", ""),
      ("id:", "id:"),
    ])
  func reserved(upstream: String, id: String) {
    #expect(Entity(.agent, upstream: upstream).id == id)
  }

  @Test("only agents have reserved words", arguments: Scope.allCases.filter { $0 != .agent })
  func otherScopes(_ scope: Scope) {
    #expect(Entity(scope, upstream: "other").id == "other")
  }

  @Test("no two ids become one, and none becomes a word of the exporter")
  func injective() {
    let parts = ["id:", "id", ":", "other", "unassigned", "x", ""]
    var seen: [Entity: String] = [:]
    for first in parts {
      for second in parts {
        for third in parts {
          for fourth in parts {
            let upstream = first + second + third + fourth
            let entity = Entity(.agent, upstream: upstream)
            #expect(entity != .unassigned && entity != .other, "\(upstream)")
            #expect(seen[entity] == nil || seen[entity] == upstream, "\(upstream) and \(seen[entity] ?? "")")
            seen[entity] = upstream
          }
        }
      }
    }
  }

  @Test("long ids that differ at the end stay different")
  func longIDs() {
    let stem = String(repeating: "a", count: 300)
    let first = Entity(.model, upstream: stem + "1", qualifier: stem + "2")
    #expect(first != Entity(.model, upstream: stem + "2", qualifier: stem + "2"))
    #expect(first != Entity(.model, upstream: stem + "1", qualifier: stem + "3"))
    #expect(first.id.unicodeScalars.count <= LabelText.limit)
    #expect(first.qualifier.unicodeScalars.count <= LabelText.limit)
  }

  @Test("only models have a second identity label, and the workspace has none")
  func labels() {
    for scope in Scope.allCases {
      #expect(scope.identityLabels.count == (scope == .workspace ? 0 : scope == .model ? 2 : 1))
    }
  }
}
