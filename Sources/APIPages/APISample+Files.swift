// Samples about pictures and videos.

extension APISample {
    static let files: [String: [APISample]] = [
        "uploadFile": upload, "listFiles": list, "deleteFile": deletion,
        "getStatistics": [APISample(.curl, #"curl "{base}/api/v1/stats.php""#)],
        "getHealth": [APISample(.curl, #"curl -f "{base}/api/v1/health.php""#)],
        "getMetrics": [APISample(.curl, #"curl -H "X-API-Key: your-api-key" "{base}/api/v1/metrics.php""#)],
        "getThumbnail": [
            APISample(.curl, #"curl -o thumbnail.jpg "{base}/application/thumb.php?img=/uploads/2024/04/10gwv0y.webp&w=300&h=200""#),
            APISample(.html, #"<img src="{base}/application/thumb.php?img=/uploads/2024/04/10gwv0y.webp" alt="{thumbnail}">"#),
        ],
        "uploadWithToken": [
            APISample(.curl, """
                curl -X POST "{base}/api/index.php" \\
                  -F "image=@/path/to/file.jpg" \\
                  -F "token=your-api-key"
                """),
        ],
        "getNumber": [APISample(.curl, #"curl "{base}/api/public.php?show=file""#)],
    ]

    private static let upload = [
        APISample(.curl, """
            # {withImage}
            curl -X POST "{base}/api/v1/upload.php" \\
              -F "image=@/path/to/file.jpg" \\
              -F "token=your-api-key"

            # {withHeader}
            curl -X POST "{base}/api/v1/upload.php" \\
              -H "X-API-Key: your-api-key" \\
              -F "file=@/path/to/video.mp4"

            # {withEnd}
            curl -X POST "{base}/api/v1/upload.php" \\
              -H "X-API-Key: your-api-key" \\
              -F "file=@/path/to/file.jpg" \\
              -F "expires=P7D"
            """),
        APISample(.html, """
            <form action="{base}/api/v1/upload.php" method="post" enctype="multipart/form-data">
                <input type="file" name="image" accept="image/*" required>
                <input type="text" name="token" placeholder="{key}" required>
                <input type="submit" value="{submit}">
            </form>
            """),
        APISample(.javascript, """
            const formData = new FormData();
            formData.append('image', document.querySelector('input[type="file"]').files[0]);
            formData.append('token', 'your-api-key');

            const response = await fetch('{base}/api/v1/upload.php', {method: 'POST', body: formData});
            const result = await response.json();
            if (result.result == 'success') {
                console.log('{address}:', result.url);
                console.log('{thumbnail}:', result.thumb);
                console.log('{deletion}:', result.del);
            } else {
                console.error('{failed}:', result.error);
            }
            """),
        APISample(.jquery, """
            var file = document.querySelector('input[type="file"]').files[0];
            var token = 'your-api-key';

            var formData = new FormData();
            formData.append('image', file);
            formData.append('token', token);

            $.ajax({
                url: '{base}/api/v1/upload.php',
                type: 'POST',
                data: formData,
                processData: false,
                contentType: false,
                success: function(response) {
                    if (response.result == 'success') {
                        console.log('{address}:', response.url);
                        console.log('{thumbnail}:', response.thumb);
                        console.log('{deletion}:', response.del);
                        // {show}
                        $('#preview').attr('src', response.url);
                    } else {
                        alert('{failed}:' + response.error);
                    }
                },
                error: function(xhr) {
                    var answer = xhr.responseJSON || {};
                    console.error('{failed}:', answer.error || xhr.statusText, answer.detail || '');
                }
            });
            """),
        APISample(.python, """
            import requests

            # {uploadPicture}
            upload_url = '{base}/api/v1/upload.php'
            token = 'your-api-key'
            image_path = './example.png'

            with open(image_path, 'rb') as f:
                files = {'image': (image_path, f)}
                data = {'token': token}
                response = requests.post(upload_url, files=files, data=data)
                result = response.json()

            if result['result'] == 'success':
                print('{address}:', result['url'])
                print('{thumbnail}:', result['thumb'])
                print('{deletion}:', result['del'])
            else:
                print('{failed}:', result['error'])
            """),
    ]

    private static let list = [
        APISample(.curl, #"curl "{base}/api/v1/list.php?page=1&per_page=10&order_by=created_at&order_dir=DESC""#),
        APISample(.javascript, """
            const response = await fetch('{base}/api/v1/list.php?page=1&per_page=10');
            const images = await response.json();
            console.log('{total}:', images.pagination.total);
            """),
        APISample(.python, """
            import requests

            # {listFiles}
            list_url = '{base}/api/v1/list.php'
            params = {'page': 1, 'per_page': 10}
            response = requests.get(list_url, params=params)
            images = response.json()
            print('{total}:', images['pagination']['total'])
            """),
    ]

    private static let deletion = [
        APISample(.curl, #"curl "{base}/application/del.php?hash=bW8vWG4vcG8yM2pLQzRJUGI0dHlTZkN4L2grVmtwUTFhd1A4czJsbHlMST0=""#),
        APISample(.jquery, """
            // {useLink}
            var delUrl = response.del;
            $.getJSON(delUrl, function(data) {
                if (data.result == 'success') {
                    console.log('{deleted}');
                } else {
                    console.log('{notDeleted}:', data.error);
                }
            }).fail(function(xhr) {
                var answer = xhr.responseJSON || {};
                console.error('{notDeleted}:', answer.error || xhr.statusText, answer.detail || '');
            });
            """),
    ]
}
