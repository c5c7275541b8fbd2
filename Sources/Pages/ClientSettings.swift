// How programs of others are set up to upload to this site: one table, tested against the texts it shows. The formats are those of ShareX
// (custom uploaders), PicGo's plugin web-uploader, uPic, Typora's custom command, Obsidian's plugin Image Uploader, Twikoo and iOS shortcuts.

import JSONText
import Paths
import Site
import Text
import Words

/// The settings of one program.
public struct ClientSettings: Sendable {
    /// For ids and forms: letters only.
    public let id: String
    /// As the program is called.
    public let name: String
    /// What to do with the text; nil for samples of code.
    public let help: String?
    public let text: String
    /// The name of the file in which the program expects the text; nil if it is entered by hand.
    public let fileName: String?

    /// Stands where a key belongs until there is one.
    public static let keyPlaceholder = "YOUR-KEY"

    /// All programs, with a key in each text.
    ///
    /// - Parameters:
    ///   - key: of letters, digits, `-` and `_` (see `isKey`): it stands in quotes of several languages.
    ///   - links: with the site's address.
    public static func all(key: String = keyPlaceholder, siteName: String, _ links: Links, _ words: ClientWords) -> [ClientSettings] {
        let texts = ClientTexts(key: key, siteName: siteName, links: links)
        return [
            ClientSettings("sharex", "ShareX", words.sharex, texts.shareX, fileName: "imagebed.sxcu"),
            ClientSettings("picgo", "PicGo / PicList", words.picgo, texts.picGo),
            ClientSettings("upic", "uPic", words.upic, texts.uPic),
            ClientSettings("typora", "Typora", words.typora, texts.typora),
            ClientSettings("obsidian", "Obsidian", words.obsidian, texts.obsidian),
            ClientSettings("twikoo", "Twikoo", words.twikoo, texts.twikoo),
            ClientSettings("shortcut", words.shortcutName, words.shortcut, texts.shortcut),
            ClientSettings("curl", "curl", nil, texts.curl),
            ClientSettings("python", "Python", nil, texts.python),
            ClientSettings("javascript", "JavaScript", nil, texts.javaScript),
        ]
    }

    /// Whether a text can be a key or token: nothing in it ends a quoted text.
    public static func isKey(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isLetterOrDigit || "-_".utf8.contains($0) }
    }

    private init(_ id: String, _ name: String, _ help: String?, _ text: String, fileName: String? = nil) {
        (self.id, self.name, self.help, self.text, self.fileName) = (id, name, help, text, fileName)
    }
}

private struct ClientTexts {
    let key: String
    let siteName: String
    let links: Links

    private var upload: String { links.address(.upload) }

    var shareX: String {
        """
        {
          "Version": "15.0.0",
          "Name": \(ClientTexts.json(siteName)),
          "DestinationType": "ImageUploader, FileUploader",
          "RequestMethod": "POST",
          "RequestURL": \(ClientTexts.json(upload)),
          "Headers": {"X-API-Key": "\(key)"},
          "Body": "MultipartFormData",
          "FileFormName": "image",
          "URL": "{json:url}",
          "ThumbnailURL": "{json:thumb}",
          "DeletionURL": "{json:del}",
          "ErrorMessage": "{json:error}"
        }
        """
    }

    var picGo: String {
        """
        "web-uploader": {
          "url": \(ClientTexts.json(upload)),
          "paramName": "image",
          "jsonPath": "url",
          "customHeader": "{\\"X-API-Key\\": \\"\(key)\\"}",
          "customBody": ""
        }
        """
    }

    var uPic: String {
        """
        API URL: \(upload)
        Method: POST
        File field: image
        Headers: {"X-API-Key": "\(key)"}
        URL path: ["url"]
        """
    }

    /// A name with a quote or a backslash must be quoted for curl's `-F` as well.
    var typora: String {
        """
        #!/bin/sh
        for file in "$@"; do
          name=$(printf '%s' "$file" | sed 's/[\\\\"]/\\\\&/g')
          answer=$(curl -sS -H "X-API-Key: \(key)" -F "image=@\\"$name\\"" "\(upload)") || exit 1
          url=$(printf '%s' "$answer" | sed -nE 's/.*"url":"([^"]*)".*/\\1/p')
          [ -n "$url" ] || { printf '%s\\n' "$answer" >&2; exit 1; }
          printf '%s\\n' "$url"
        done
        """
    }

    var obsidian: String {
        """
        Api Endpoint: \(upload)
        Upload Header: {"X-API-Key": "\(key)"}
        Upload Body: {"image": "$FILE"}
        Image Url Path: url
        """
    }

    var twikoo: String {
        """
        IMAGE_CDN: easyimage
        IMAGE_CDN_URL: \(links.address(.tokenUpload))
        IMAGE_CDN_TOKEN: \(key)
        """
    }

    var shortcut: String {
        """
        URL: \(upload)
        Method: POST
        Headers: X-API-Key = \(key)
        Request Body: Form
        image = File (Shortcut Input)
        """
    }

    var curl: String { "curl -F \"image=@picture.jpg\" -H \"X-API-Key: \(key)\" \"\(upload)\"" }

    var python: String {
        """
        import requests

        with open("picture.jpg", "rb") as file:
            answer = requests.post("\(upload)", headers={"X-API-Key": "\(key)"}, files={"image": file}, timeout=60)
        answer.raise_for_status()
        print(answer.json()["url"])
        """
    }

    var javaScript: String {
        """
        const form = new FormData();
        form.append("image", document.querySelector("input[type=file]").files[0]);
        const answer = await fetch("\(upload)", {method: "POST", headers: {"X-API-Key": "\(key)"}, body: form});
        const {url, error} = await answer.json();
        if (!answer.ok) throw new Error(error);
        console.log(url);
        """
    }

    private static func json(_ text: String) -> String { String(decoding: JSONValue.string(text).bytes, as: UTF8.self) }
}
