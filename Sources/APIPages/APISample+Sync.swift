// Samples about JSON files.

extension APISample {
    static let sync: [String: [APISample]] = [
        "pushJSON": [
            APISample(.curl, """
                curl -X POST "{base}/api/v1/json/sync.php" \\
                  -H "Content-Type: application/json" \\
                  -H "X-API-Key: your-api-key" \\
                  -d '{
                    "file_key": "user_settings",
                    "content": {"theme": "dark", "language": "zh-CN"},
                    "device_id": "device_001",
                    "device_name": "{phone}",
                    "message": "{changedTheme}"
                  }'
                """),
            APISample(.python, """
                import requests

                response = requests.post('{base}/api/v1/json/sync.php', headers={'X-API-Key': 'your-api-key'}, json={
                    'file_key': 'user_settings',
                    'content': {'theme': 'dark', 'language': 'zh-CN'},
                    'device_id': 'device_001',
                })
                print(response.json())
                """),
        ],
        "pullJSON": [
            APISample(.curl, """
                # {newestVersion}
                curl "{base}/api/v1/json/sync.php?file_key=user_settings" \\
                  -H "X-API-Key: your-api-key"

                # {updatesSince}
                curl "{base}/api/v1/json/sync.php?file_key=user_settings&since_version=2" \\
                  -H "X-API-Key: your-api-key"
                """),
        ],
        "deleteJSON": [
            APISample(.curl, """
                curl -X DELETE "{base}/api/v1/json/sync.php?file_key=user_settings" \\
                  -H "X-API-Key: your-api-key"
                """),
        ],
        "listVersions": get("history.php?file_key=user_settings"),
        "getVersion": get("pull.php?file_key=user_settings&version=2"),
        "listDevices": get("devices.php"),
        "changeDevice": post("devices.php", #"{"device_id": "device_001", "action": "rename", "device_name": "{newPhone}"}"#),
        "listConflicts": get("conflicts.php?file_key=user_settings"),
        "resolveConflict": [
            APISample(.curl, """
                # {keepLocal}
                curl -X POST "{base}/api/v1/json/conflicts.php" \\
                  -H "Content-Type: application/json" \\
                  -H "X-API-Key: your-api-key" \\
                  -d '{"id": 1, "action": "resolve_keep_local"}'

                # {mergeByHand}
                curl -X POST "{base}/api/v1/json/conflicts.php" \\
                  -H "Content-Type: application/json" \\
                  -H "X-API-Key: your-api-key" \\
                  -d '{
                    "id": 1,
                    "action": "resolve_custom",
                    "content": {"theme": "light", "language": "en-US"}
                  }'
                """),
        ],
    ]

    private static func get(_ address: String) -> [APISample] {
        [APISample(.curl, """
            curl "{base}/api/v1/json/\(address)" \\
              -H "X-API-Key: your-api-key"
            """)]
    }

    private static func post(_ address: String, _ body: String) -> [APISample] {
        [APISample(.curl, """
            curl -X POST "{base}/api/v1/json/\(address)" \\
              -H "Content-Type: application/json" \\
              -H "X-API-Key: your-api-key" \\
              -d '\(body)'
            """)]
    }
}
