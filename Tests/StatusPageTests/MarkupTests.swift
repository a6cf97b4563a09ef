import Collection
import Foundation
import StatusGallery
import StatusPage
import Testing
import Usage

/// A parser that forgives nothing: each tag of the page must be closed by its own, each attribute quoted and known.
@Suite("The status page's markup")
struct MarkupTests {
  @Test(
    "is well-formed whatever the names are",
    arguments: ["hostile", "crowd"] + Scene.allCases.map(\.rawValue))
  func wellFormed(name: String) throws {
    let status =
      switch name {
      case "hostile": StatusGallery.hostile
      case "crowd": StatusGallery.crowd(100)
      default: StatusGallery.every(try #require(Scene(rawValue: name)))
      }
    let fault = Markup.fault(in: try PageTests.html(status))
    #expect(fault == nil)
  }

  @Test(
    "is checked by a parser that finds faults",
    arguments: [
      "<p>a<b>c</p></b>", "<p class=x>a</p>", "<p onclick=\"x\">a</p>", "<p>a", "<p>a</p></p>", "<script>a</script>",
      "<p class=\"a\" class=\"b\">a</p>", "<p>a & b</p>", "<p>a \u{0}</p>", "<p title=\"a\"b\">a</p>",
      "<use href=\"x\"></use>",
    ])
  func faulty(html: String) {
    #expect(Markup.fault(in: "<!DOCTYPE html>\n" + html) != nil)
  }

  @Test("takes nothing of a name for markup", arguments: Hostile.names)
  func names(name: String) throws {
    let html = try Self.page(named: name)
    #expect(Markup.fault(in: html) == nil)
    #expect(Self.tags(html) == Self.tags(try Self.page(named: "n")))
  }

  private static func page(named name: String) throws -> String {
    var workspaces = [Scene.refused, .fine].map { $0.workspace(.dust, name: name, at: StatusGallery.now) }
    workspaces[1].collectors[0].notices = [name]
    return try PageTests.html(StatusGallery.status(workspaces))
  }

  private static func tags(_ html: String) -> Int { html.unicodeScalars.filter { $0 == "<" }.count }
}
