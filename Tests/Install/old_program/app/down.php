<?php
// A picture to be saved.

require __DIR__ . '/../program.php';

if (!$_GET) {
    exit('No file path');
}
$path = $_GET['dw'] ?? $_GET['history'] ?? '';
$file = ROOT . $path;
if (str_contains($path, '..') || !is_file($file)) {
    exit('No File');
}
if (!in_array(extension($path), explode(',', setting('extensions')), true)) {
    exit('Downfile Type Error');
}
header('Content-Disposition:attachment;filename=' . basename($path));
header('Content-Length: ' . filesize($file));
readfile($file);
