import Pages
import Site
import Testing
import Words

@Suite struct ClientSettingsTests {
    private func text(_ id: String, siteName: String = "图床", key: String = "ib_k") -> String {
        ClientSettings.all(key: key, siteName: siteName, Links(base: "https://img.example.org/p"), .zhCN).first { $0.id == id }?.text ?? ""
    }

    @Test func shareX() {
        #expect(text("sharex") == """
            {
              "Version": "15.0.0",
              "Name": "图床",
              "DestinationType": "ImageUploader, FileUploader",
              "RequestMethod": "POST",
              "RequestURL": "https://img.example.org/p/api/v1/upload.php",
              "Headers": {"X-API-Key": "ib_k"},
              "Body": "MultipartFormData",
              "FileFormName": "image",
              "URL": "{json:url}",
              "ThumbnailURL": "{json:thumb}",
              "DeletionURL": "{json:del}",
              "ErrorMessage": "{json:error}"
            }
            """)
        #expect(text("sharex", siteName: "a\"b\\\n").contains("\"Name\": \"a\\\"b\\\\\\n\""))
    }

    @Test func theScriptForTypora() {
        #expect(text("typora") == #"""
            #!/bin/sh
            for file in "$@"; do
              name=$(printf '%s' "$file" | sed 's/[\\"]/\\&/g')
              curl -fsS -H "X-API-Key: ib_k" -F "image=@\"$name\"" "https://img.example.org/p/api/v1/upload.php" | sed -E 's/.*"url":"([^"]*)".*/\1/'
              echo
            done
            """#)
    }

    @Test(arguments: ["picgo", "upic", "obsidian", "shortcut", "curl", "python", "javascript"]) func everyProgramHasAddressAndKey(id: String) {
        #expect(text(id).contains("https://img.example.org/p/api/v1/upload.php") && text(id).contains("ib_k"))
    }

    @Test func twikoo() {
        #expect(text("twikoo") == "IMAGE_CDN: easyimage\nIMAGE_CDN_URL: https://img.example.org/p/api/index.php\nIMAGE_CDN_TOKEN: ib_k")
    }

    @Test(arguments: [("ib_Zk3-9", true), ("", false), ("a\"", false), ("a\nb", false), ("é", false), (String(repeating: "a", count: 257), false)])
    func whatCanBeAKey(text: String, isKey: Bool) { #expect(ClientSettings.isKey(text) == isKey) }
}
