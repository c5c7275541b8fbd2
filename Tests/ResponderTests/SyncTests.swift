// The JSON paths: a push, and everything that can be asked about it.

import Testing

@Suite struct SyncTests {
    private let site: TestSite
    private let headers: [String: String]

    init() throws {
        site = try TestSite()
        headers = ["X-API-Key": try site.key([.json])]
    }

    private func push(_ content: String, device: String = "d1", more: String = "") throws -> Answer {
        let body = #"{"file_key":"a.json","device_id":"\#(device)","content":\#(content)\#(more)}"#
        return try site.ask("POST", "/api/v1/json/sync.php", headers, type: "application/json", body: Array(body.utf8))
    }

    @Test func aPushIsPulled() throws {
        let first = try push(#"{"a":1}"#, more: #","return_content":true"#)
        #expect(first.status == 200)
        #expect(first.text.hasPrefix(#"{"success":true,"version":1,"hash":""#))
        #expect(first.text.hasSuffix(#""conflict":false,"message":"Version created successfully","content":{"a":1}}"#))
        let latest = try site.ask("GET", "/api/v1/json/sync.php?file_key=a.json", headers)
        #expect(latest.text.hasPrefix(#"{"success":true,"file_key":"a.json","current_version":1,"content":{"a":1},"hash":""#))
        #expect(latest.headers["etag"] == first.headers["etag"])
        let again = try site.ask("GET", "/api/v1/json/sync.php?file_key=a.json", headers.merging(["If-None-Match": "*"]) { $1 })
        #expect(again.status == 304 && again.body.isEmpty && again.headers["etag"] == first.headers["etag"])
        let updates = try site.ask("GET", "/api/v1/json/sync.php?file_key=a.json&since_version=0", headers)
        #expect(updates.text.hasPrefix(#"{"success":true,"file_key":"a.json","current_version":1,"updates":[{"version":1,"content":{"a":1},"#))
    }

    @Test func aFileIsDeleted() throws {
        _ = try push("[1]")
        let answer = try site.ask("DELETE", "/api/v1/json/sync.php?file_key=a.json&device_id=d1", headers)
        #expect(answer.text == """
            {"success":true,"file_key":"a.json","version":2,"deleted":true,"conflict":false,"message":"File deleted successfully"}
            """)
        let gone = try site.ask("GET", "/api/v1/json/sync.php?file_key=a.json", headers)
        #expect(gone.status == 404)
        #expect(try gone.text == #"{"success":false,"result":"error","code":404,"error":"File not found","detail":"The newest version of this file "#
            + #"deletes it; history.php lists the others, and a push makes a new one.","deleted":true,"request_id":""# + #require(gone.headers["x-request-id"]) + #""}"#)
    }

    @Test func whoHasNoKeyIsRefused() throws {
        for headers in [[:], ["X-API-Key": "bad"], ["X-API-Key": try site.key([.upload])]] {
            let answer = try site.ask("GET", "/api/v1/json/sync.php?file_key=a.json", headers)
            let says = headers.isEmpty ? "Login required or invalid token" : headers == ["X-API-Key": "bad"] ? "Invalid API key"
                : "API key lacks the scope: json"
            #expect(answer.status == (says.hasPrefix("API") ? 403 : 401) && answer.text.contains(#""error":"\#(says)""#))
        }
    }

    @Test func theKeyMayStandInTheForm() throws {
        let key = try #require(headers["X-API-Key"])
        let answer = try site.post("/api/v1/json/sync.php", "file_key=a.json&device_id=d1&content=%5B1%5D&token=\(key)")
        #expect(answer.text.hasPrefix(#"{"success":true,"version":1,"#))
    }

    @Test func versionsAreListedAndPulled() throws {
        _ = try push("[1]")
        _ = try push("[1,2]", more: #","base_version":1"#)
        let history = try site.ask("GET", "/api/v1/json/history.php?file_key=a.json", headers)
        #expect(history.text.hasPrefix(#"{"success":true,"file_key":"a.json","current_version":2,"history":[{"version":2,"hash":""#))
        let first = try site.ask("GET", "/api/v1/json/pull.php?file_key=a.json&version=1", headers)
        #expect(first.text.contains(#""version":1,"current_version":2,"content":[1],"hash":""#))
        let raw = try site.ask("GET", "/api/v1/json/pull.php?file_key=a.json&raw=1", headers)
        #expect(raw.text == "[1,2]")
        let known = try site.ask("GET", "/api/v1/json/pull.php?file_key=a.json", headers.merging(["If-None-Match": raw.headers["etag"] ?? ""]) { $1 })
        #expect(known.status == 304)
    }

    @Test func devicesAreRenamedAndForgotten() throws {
        _ = try push("[1]")
        func change(_ fields: String) throws -> Answer { try site.post("/api/v1/json/devices.php", "device_id=d1&" + fields, headers) }
        #expect(try change("action=rename&device_name=Desk").text
            == #"{"success":true,"device_id":"d1","action":"rename","device_name":"Desk","message":"Device renamed"}"#)
        let devices = try site.ask("GET", "/api/v1/json/devices.php", headers)
        #expect(devices.text.hasPrefix(#"{"success":true,"devices":[{"device_id":"d1","device_name":"Desk","#))
        #expect(try change("action=forget").text == #"{"success":true,"device_id":"d1","action":"forget","message":"Device forgotten"}"#)
        #expect(try change("action=forget").status == 404)
        #expect(try change("action=rename").text.contains("Invalid parameter: device_name"))
    }

    @Test func aConflictIsResolved() throws {
        _ = try push(#"{"a":1}"#)
        _ = try push(#"{"a":2}"#, more: #","base_version":1"#)
        let pushed = try push(#"{"a":3}"#, device: "d2", more: #","base_version":1"#)
        #expect(pushed.text.contains(#""conflict":true,"conflict_type":"divergence""#))
        let conflicts = try site.ask("GET", "/api/v1/json/conflicts.php", headers)
        #expect(conflicts.text.hasPrefix(#"{"success":true,"conflicts":[{"id":1,"file_key":"a.json","#))
        let resolved = try site.post("/api/v1/json/conflicts.php", "id=1&action=resolve_keep_local", headers)
        #expect(resolved.text.hasPrefix(#"{"success":true,"id":1,"file_key":"a.json","action":"resolve_keep_local","version":"#))
    }
}
