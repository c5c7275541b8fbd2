import Pages
import Site
import Testing
import Text
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
              answer=$(curl -sS -H "X-API-Key: ib_k" -F "image=@\"$name\"" "https://img.example.org/p/api/v1/upload.php") || exit 1
              url=$(printf '%s' "$answer" | sed -nE 's/.*"url":"([^"]*)".*/\1/p')
              [ -n "$url" ] || { printf '%s\n' "$answer" >&2; exit 1; }
              printf '%s\n' "$url"
            done
            """#)
    }

    /// The member of `picBed` that PicGo's plugin web-uploader reads, and PicList by itself. The headers are JSON in a string.
    @Test func picGo() {
        #expect(text("picgo") == #"""
            "web-uploader": {
              "url": "https://img.example.org/p/api/v1/upload.php",
              "paramName": "image",
              "jsonPath": "url",
              "customHeader": "{\"X-API-Key\": \"ib_k\"}",
              "customBody": ""
            }
            """#)
    }

    @Test func uPic() {
        #expect(text("upic") == """
            API URL: https://img.example.org/p/api/v1/upload.php
            Method: POST
            File field: image
            Headers: {"X-API-Key": "ib_k"}
            URL path: ["url"]
            """)
    }

    @Test func obsidian() {
        #expect(text("obsidian") == """
            Api Endpoint: https://img.example.org/p/api/v1/upload.php
            Upload Header: {"X-API-Key": "ib_k"}
            Upload Body: {"image": "$FILE"}
            Image Url Path: url
            """)
    }

    @Test func theShortcutOfIOS() {
        #expect(text("shortcut") == """
            URL: https://img.example.org/p/api/v1/upload.php
            Method: POST
            Headers: X-API-Key = ib_k
            Request Body: Form
            image = File (Shortcut Input)
            """)
    }

    @Test func samplesOfCode() {
        #expect(text("curl") == #"curl -F "image=@picture.jpg" -H "X-API-Key: ib_k" "https://img.example.org/p/api/v1/upload.php""#)
        #expect(text("python") == """
            import requests

            with open("picture.jpg", "rb") as file:
                answer = requests.post("https://img.example.org/p/api/v1/upload.php", headers={"X-API-Key": "ib_k"}, files={"image": file}, timeout=60)
            answer.raise_for_status()
            print(answer.json()["url"])
            """)
        #expect(text("javascript") == """
            const form = new FormData();
            form.append("image", document.querySelector("input[type=file]").files[0]);
            const answer = await fetch("https://img.example.org/p/api/v1/upload.php", {method: "POST", headers: {"X-API-Key": "ib_k"}, body: form});
            const {url, error} = await answer.json();
            if (!answer.ok) throw new Error(error);
            console.log(url);
            """)
    }

    /// Only the words about a text depend on the language, and only ShareX reads a file.
    @Test func everyProgram() {
        let all = Language.allCases.map { language in
            ClientSettings.all(siteName: "图床", Links(base: "https://img.example.org/p"), Words.of(language).clients)
        }
        let ids = ["sharex", "picgo", "upic", "typora", "obsidian", "twikoo", "shortcut", "curl", "python", "javascript"]
        for settings in all {
            #expect(settings.map(\.id) == ids && settings.map(\.text) == all[0].map(\.text))
            #expect(settings.allSatisfy { $0.text.contains(ClientSettings.keyPlaceholder) })
            #expect(settings.compactMap(\.fileName) == ["imagebed.sxcu"])
            #expect(settings.filter { $0.help == nil }.map(\.id) == ["curl", "python", "javascript"])
        }
    }

    @Test func twikoo() {
        #expect(text("twikoo") == "IMAGE_CDN: easyimage\nIMAGE_CDN_URL: https://img.example.org/p/api/index.php\nIMAGE_CDN_TOKEN: ib_k")
    }

    @Test(arguments: [("ib_Zk3-9", true), ("", false), ("a\"", false), ("a\nb", false), ("é", false), (String(repeating: "a", count: 257), false)])
    func whatCanBeAKey(text: String, isKey: Bool) { #expect(ClientSettings.isKey(text) == isKey) }
}
