<?php
// The thumbnail of a picture: here the picture itself.

require __DIR__ . '/../program.php';

$path = $_GET['img'] ?? '';
if (stripos($path, setting('path')) === false) {
    header('Location: thumb.php?img=' . setting('path') . $path, true, 302);
    exit;
}
$file = stored_file($path);
if (!$file || !isset(TYPES[extension($path)])) {
    send_missing_picture();
}
send($file, TYPES[extension($path)]);
