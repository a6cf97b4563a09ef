import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The tables of totals of `analytics/export` to the letter.
struct DustWireTests {
  private func bodies(
    _ table: String, _ check: @Sendable (_ csv: RawClient.Response, _ json: RawClient.Response) throws -> Void
  ) async throws {
    try await simulating(dustScene()) { simulator, _ in
      try check(
        try await simulator.dust(table, sceneDays, format: nil), try await simulator.dust(table, sceneDays))
    }
  }

  @Test func headers() async throws {
    try await bodies("usage_metrics") { csv, json in
      #expect((csv.status, json.status) == (200, 200))
      #expect(csv.headers["content-type"] == "text/csv")
      #expect(
        csv.headers["content-disposition"]
          == "attachment; filename=\"dust_usage_metrics_2026-11-17_2026-11-19.csv\"")
      #expect(json.headers["content-type"] == "application/json")
      #expect(json.headers["content-disposition"] == nil)
    }
  }

  @Test func usageMetrics() async throws {
    try await bodies("usage_metrics") { csv, json in
      #expect(
        csv.text == """
          date,messages,conversations,activeUsers
          2026-11-17,3,2,2
          2026-11-18,0,0,0
          2026-11-19,3,1,0

          """)
      #expect(
        json.text == """
          [{"date":"2026-11-17","messages":3,"conversations":2,"activeUsers":2},\
          {"date":"2026-11-18","messages":0,"conversations":0,"activeUsers":0},\
          {"date":"2026-11-19","messages":3,"conversations":1,"activeUsers":0}]
          """)
    }
  }

  @Test func activeUsersAndSources() async throws {
    try await bodies("active_users") { csv, json in
      #expect(csv.text == "date,dau,wau,mau\n2026-11-17,2,2,2\n")
      #expect(json.text == "[{\"date\":\"2026-11-17\",\"dau\":2,\"wau\":2,\"mau\":2}]")
    }
    try await bodies("source") { csv, json in
      #expect(
        csv.text == "date,source,messageCount\n2026-11-17,slack,1\n2026-11-17,web,2\n2026-11-19,unknown,3\n")
      #expect(json.text.hasPrefix("[{\"date\":\"2026-11-17\",\"source\":\"slack\",\"messageCount\":1},"))
    }
  }

  @Test func agents() async throws {
    try await bodies("agents") { csv, json in
      #expect(
        csv.text == #"""
          agentId,name,description,settings,modelId,providerId,authorEmails,editorEmails,messages,\#
          distinctUsersReached,distinctConversations,lastEdit,credits
          a1,SupportBot,"Answers tickets, ""politely""",published,gpt-5.2,openai,user-1@grueneberg.example,\#
          user-1@grueneberg.example; ana@grueneberg.example,2,1,1,2026-11-02,3
          dust,dust,"Default
          assistant",global,gpt-5.2,openai,,,1,1,1,,1
          a2,'-legacy,,unpublished,gpt-5.2,openai,user-1@grueneberg.example,,0,0,0,2026-11-09,0

          """#)
      #expect(
        json.text == """
          [{"agentId":"a1","name":"SupportBot","description":"Answers tickets, \\"politely\\"","settings":"published",\
          "modelId":"gpt-5.2","providerId":"openai","authorEmails":"user-1@grueneberg.example",\
          "editorEmails":["user-1@grueneberg.example","ana@grueneberg.example"],"messages":2,\
          "distinctUsersReached":1,"distinctConversations":1,"lastEdit":"2026-11-02","credits":3},\
          {"agentId":"dust","name":"dust","description":"Default\\nassistant","settings":"global",\
          "modelId":"gpt-5.2","providerId":"openai","authorEmails":"","editorEmails":[],"messages":1,\
          "distinctUsersReached":1,"distinctConversations":1,"lastEdit":"","credits":1},\
          {"agentId":"a2","name":"-legacy","description":"","settings":"unpublished","modelId":"gpt-5.2",\
          "providerId":"openai","authorEmails":"user-1@grueneberg.example","editorEmails":[],"messages":0,\
          "distinctUsersReached":0,"distinctConversations":0,"lastEdit":"2026-11-09","credits":0}]
          """)
    }
  }

  @Test func users() async throws {
    try await bodies("users") { csv, json in
      #expect(
        csv.text == """
          userId,userName,userEmail,userStatus,lastLoginAt,messageCount,lastMessageSent,activeDaysCount,groups,credits
          ana,ana,ana@grueneberg.example,active,2026-11-18,2,2026-11-17,1,Technik,3
          bo,bo,bo@grueneberg.example,active,2026-11-17,1,2026-11-17,1,Technik,1
          user-1,user-1,user-1@grueneberg.example,active,2026-11-19,0,,0,"KI-Gilde, Technik",0

          """)
      #expect(
        json.text.hasPrefix(
          """
          [{"userId":"ana","userName":"ana","userEmail":"ana@grueneberg.example","userStatus":"active",\
          "lastLoginAt":"2026-11-18","messageCount":2,"lastMessageSent":"2026-11-17","activeDaysCount":1,\
          "groups":"Technik","credits":3},
          """.dropLast(1)))
    }
  }

  @Test func skillsAndTools() async throws {
    try await bodies("skills") { csv, _ in
      #expect(
        csv.text == """
          skillId,name,description,editedByEmail,createdAt,lastEdit
          skl_1,Refund policy,,user-1@grueneberg.example,2026-11-09,2026-11-09
          skl_2,Refund policy,,user-1@grueneberg.example,2026-11-09,2026-11-09

          """)
    }
    try await bodies("skill_usage") { csv, json in
      // Two skills of one name have a row each.
      let row = "2026-11-17,Refund policy,4,1\n"
      #expect(csv.text == "date,skillName,executions,uniqueUsers\n" + row + row)
      #expect(json.rows.count == 2)
    }
    try await bodies("tool_usage") { csv, json in
      #expect(csv.text == "date,toolName,executions,uniqueUsers\n2026-11-17,search,4,1\n")
      #expect(json.text == "[{\"date\":\"2026-11-17\",\"toolName\":\"search\",\"executions\":4,\"uniqueUsers\":1}]")
    }
  }
}
