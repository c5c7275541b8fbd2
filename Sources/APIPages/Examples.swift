// Examples of answers, for the page. Those of the replaced page keep its values. A test compares each with its schema.

/// `{base}` stands for the site's address.
enum Examples {
    static let picture = """
        {
          "result": "success",
          "code": 200,
          "url": "{base}/uploads/2024/04/10gwv0y.webp",
          "srcName": "example.jpg",
          "thumb": "{base}/application/thumb.php?img=/uploads/2024/04/10gwv0y.webp",
          "width": 1920,
          "height": 1080,
          "file_size": 102456,
          "del": "{base}/application/del.php?hash=...",
          "type": "image",
          "id": 1,
          "mime": "image/webp",
          "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        }
        """

    static let ending = """
        {
          "result": "success",
          "code": 200,
          "url": "{base}/uploads/expiring/2024/04/16/10gwv0z.webp",
          "srcName": "example.jpg",
          "thumb": "{base}/application/thumb.php?img=/uploads/expiring/2024/04/16/10gwv0z.webp",
          "width": 1920,
          "height": 1080,
          "file_size": 102456,
          "del": "{base}/application/del.php?hash=...",
          "type": "image",
          "id": 3,
          "mime": "image/webp",
          "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "expires_at": "2024-04-23 12:00:00"
        }
        """

    static let health = """
        {
          "success": true
        }
        """

    static let video = """
        {
          "result": "success",
          "code": 200,
          "url": "{base}/uploads/videos/2024/04/b2c3d4.mp4",
          "srcName": "video.mp4",
          "type": "video",
          "duration": 125.5,
          "duration_formatted": "2:05",
          "file_size": 5242880,
          "del": "{base}/application/del.php?hash=...",
          "id": 2,
          "mime": "video/mp4",
          "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        }
        """

    static let list = """
        {
          "success": true,
          "data": [
            {
              "id": 1,
              "filename": "a1b2c3d4e5f6.png",
              "original_name": "image.png",
              "file_path": "2024/04/a1b2c3d4e5f6.png",
              "file_size": 102456,
              "width": 1920,
              "height": 1080,
              "views": 42,
              "created_at": "2024-04-16 12:00:00",
              "type": "image",
              "mime": "image/png",
              "url": "{base}/uploads/2024/04/a1b2c3d4e5f6.png",
              "thumb": "{base}/application/thumb.php?img=/uploads/2024/04/a1b2c3d4e5f6.png"
            }
          ],
          "pagination": {
            "current_page": 1,
            "per_page": 20,
            "total": 100,
            "total_pages": 5
          },
          "next_cursor": "AQAAAABmHmbAAAAAAAAAAAGvXw4m1VbA3yq2aVQ2eWU"
        }
        """

    static let statistics = """
        {
          "success": true,
          "data": {
            "images": 21,
            "videos": 2,
            "views": 87,
            "uploads": 23,
            "max_file_size": 52428800,
            "max_image_size": 52428800,
            "max_video_size": 52428800
          }
        }
        """

    static let deletion = """
        {
          "result": "success",
          "code": 200,
          "message": "File deleted successfully",
          "msg": "删除成功",
          "type": "success",
          "icon": "ok-sign",
          "mode": "delete",
          "url": "/uploads/2024/04/10gwv0y.webp"
        }
        """

    static let outcome = """
        {
          "state": "receiving",
          "offset": 8388608,
          "length": 314572800,
          "expires": "Wed, 17 Apr 2024 12:00:00 GMT"
        }
        """

    static let tokenUpload = """
        {
          "result": "success",
          "code": 200,
          "url": "{base}/uploads/2024/04/16/10gwv0y-0.jpg",
          "srcName": "example",
          "thumb": "{base}/app/thumb.php?img=/uploads/2024/04/16/10gwv0y-0.jpg",
          "del": "{base}/app/del.php?hash=...",
          "id": 0,
          "message": "success"
        }
        """
}
