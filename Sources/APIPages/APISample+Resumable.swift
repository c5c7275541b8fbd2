// Samples about resumable uploads, in the order in which a program needs them.

extension APISample {
    static let resumable: [String: [APISample]] = [
        "createUpload": [
            APISample(.curl, """
                curl -i -X POST "{base}/api/v1/tus.php" \\
                  -H "X-API-Key: your-api-key" \\
                  -H "Tus-Resumable: 1.0.0" \\
                  -H "Upload-Length: $(stat -c %s video.mp4)" \\
                  -H "Upload-Metadata: filename $(printf %s video.mp4 | base64 -w 0)"
                """),
        ],
        "getUploadOffset": [sample("-I", "")],
        "continueUpload": [
            sample("-i -X PATCH", """
                 \\
                  -H "Upload-Offset: 0" \\
                  -H "Content-Type: application/offset+octet-stream" \\
                  --data-binary @video.mp4
                """),
        ],
        "removeUpload": [sample("-i -X DELETE", "")],
        "getUploadOutcome": [
            APISample(.curl, """
                curl "{base}/api/v1/tus.php?id=\(id)" \\
                  -H "X-API-Key: your-api-key"
                """),
        ],
    ]

    private static let id = "UPLOAD-ID"

    private static func sample(_ options: String, _ rest: String) -> APISample {
        APISample(.curl, """
            curl \(options) "{base}/api/v1/tus.php?id=\(id)" \\
              -H "X-API-Key: your-api-key" \\
              -H "Tus-Resumable: 1.0.0"\(rest)
            """)
    }
}
