// Examples of answers about JSON files.

extension Examples {
    private static let first = "7b1c3bf1a1e1e0f5d0b7a9f9a1f2b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4"
    private static let second = "2f7a0c9e5d4b3a29180716f5e4d3c2b1a09f8e7d6c5b4a392817065f4e3d2c1b"

    static let push = """
        {
          "success": true,
          "version": 3,
          "hash": "\(first)",
          "conflict": false,
          "message": "Version created successfully"
        }
        """

    static let pushWithConflict = """
        {
          "success": true,
          "version": 5,
          "hash": "\(first)",
          "conflict": true,
          "conflict_type": "divergence",
          "message": "Conflict detected and auto-merged",
          "conflict_details": {
            "local_version": 3,
            "remote_version": 4,
            "saved_as_version": 5
          },
          "conflict_id": 1,
          "clean": false,
          "paths": [
            {"path": "/theme", "base": "auto", "local": "dark", "remote": "light", "chosen": "local"}
          ]
        }
        """

    static let latest = """
        {
          "success": true,
          "file_key": "user_settings",
          "current_version": 3,
          "content": {
            "theme": "dark",
            "language": "zh-CN"
          },
          "hash": "\(first)",
          "updated_at": "2024-04-28 12:00:00",
          "device_id": "device_001",
          "message": "更新主题设置",
          "open_conflicts": 0
        }
        """

    static let updates = """
        {
          "success": true,
          "file_key": "user_settings",
          "current_version": 3,
          "updates": [
            {
              "version": 3,
              "content": {"theme": "dark"},
              "hash": "\(first)",
              "device_id": "device_002",
              "message": "更新配置",
              "created_at": "2024-04-28 12:00:00",
              "parent_hash": "\(second)"
            }
          ]
        }
        """

    static let jsonDeletion = """
        {
          "success": true,
          "file_key": "user_settings",
          "version": 4,
          "deleted": true,
          "conflict": false,
          "message": "File deleted successfully"
        }
        """

    static let history = """
        {
          "success": true,
          "file_key": "user_settings",
          "current_version": 3,
          "history": [
            {
              "version": 3,
              "hash": "\(first)",
              "parent_hash": "\(second)",
              "device_id": "device_001",
              "message": "更新主题",
              "created_at": "2024-04-28 12:00:00",
              "device_name": "我的手机",
              "size": 37,
              "merged": false
            }
          ],
          "pagination": {
            "current_page": 1,
            "per_page": 50,
            "total": 3,
            "total_pages": 1
          }
        }
        """

    static let version = """
        {
          "success": true,
          "file_key": "user_settings",
          "version": 2,
          "current_version": 3,
          "content": {"theme": "light"},
          "hash": "\(second)",
          "parent_hash": null,
          "device_id": "device_001",
          "device_name": "我的手机",
          "message": "",
          "created_at": "2024-04-27 10:30:00"
        }
        """

    static let devices = """
        {
          "success": true,
          "devices": [
            {
              "device_id": "device_001",
              "device_name": "我的手机",
              "first_seen_at": "2024-04-27 10:30:00",
              "last_sync_at": "2024-04-28 12:00:00",
              "last_push_at": "2024-04-28 12:00:00",
              "last_pull_at": null,
              "files": [
                {"file_key": "user_settings", "last_version": 2, "current_version": 3, "behind": 1}
              ]
            }
          ],
          "pagination": {"current_page": 1, "per_page": 50, "total": 1, "total_pages": 1}
        }
        """

    static let deviceChange = """
        {
          "success": true,
          "device_id": "device_001",
          "action": "rename",
          "device_name": "新手机",
          "message": "Device renamed"
        }
        """

    static let conflicts = """
        {
          "success": true,
          "conflicts": [
            {
              "id": 1,
              "file_key": "user_settings",
              "conflict_type": "divergence",
              "device_id": "device_001",
              "device_name": "我的手机",
              "local_version": 3,
              "remote_version": 4,
              "saved_as_version": 5,
              "local_hash": "\(first)",
              "remote_hash": "\(second)",
              "clean": false,
              "paths": [
                {"path": "/theme", "base": "auto", "local": "dark", "remote": "light", "chosen": "local"}
              ],
              "resolved": 0,
              "resolution": null,
              "resolved_version": null,
              "resolved_at": null,
              "created_at": "2024-04-28 12:00:00"
            }
          ],
          "pagination": {"current_page": 1, "per_page": 50, "total": 1, "total_pages": 1}
        }
        """

    static let resolution = """
        {
          "success": true,
          "id": 1,
          "file_key": "user_settings",
          "action": "resolve_keep_local",
          "version": 6,
          "hash": "\(first)",
          "conflict": false,
          "resolved": 1,
          "message": "Conflict resolved"
        }
        """
}
