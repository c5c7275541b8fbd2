<?php
// The details of a picture.

require __DIR__ . '/../program.php';

$path = $_GET['img'] ?? $_GET['history'] ?? '';
page('details', '<img src="' . htmlspecialchars(stored_file($path) ? $path : '/public/images/404.png') . '">');
