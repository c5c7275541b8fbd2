<?php
// Takes a picture with a token.

require __DIR__ . '/../program.php';
require __DIR__ . '/../upload.php';

header('Access-Control-Max-Age: 3600');
header('Access-Control-Allow-Origin: *');
header('Access-Control-Allow-Credentials: true');
header('Access-Control-Allow-Methods: PUT, POST, GET, OPTIONS, DELETE');
header('Access-Control-Allow-Headers: X-Requested-With, Content-Type, Origin, Cache-Control, Pragma, Authorization, Accept, Accept-Encoding');
header('Content-type: application/json; charset=utf-8');

$part = $_FILES['image'] ?? null;
if (!$part) {
    json(['result' => 'failed', 'code' => 204, 'message' => '没有选择上传的文件']);
}
if (!setting('apiStatus')) {
    json(['result' => 'failed', 'code' => 201, 'message' => 'API Closed']);
}
$token = tokens()[preg_replace('/[^A-Za-z0-9_]/', '', $_POST['token'] ?? '')] ?? null;
if (!$token) {
    json(['result' => 'failed', 'code' => 202, 'message' => 'Token Error']);
}
if ($token['expired'] < time()) {
    json(['result' => 'failed', 'code' => 203, 'message' => 'Token Expired']);
}
$path = store($part, '-' . $token['id']);
if (!$path) {
    json(refusal($part, ['srcName' => pathinfo($part['name'], PATHINFO_FILENAME), 'id' => $token['id']]));
}
json(answer($path, $part) + ['id' => $token['id'], 'message' => 'success']);
