<?php
// A picture whose address tells nothing.

require __DIR__ . '/../program.php';

$path = path_in($_GET['key'] ?? '', setting('hide_key'));
$file = $path === false ? null : stored_file($path);
if (!$file) {
    send_missing_picture();
}
send($file, 'image/' . extension($path) . ';text/html; charset=utf-8');
