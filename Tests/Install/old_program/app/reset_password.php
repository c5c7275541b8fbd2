<?php
// What a password looks like in the settings.

require __DIR__ . '/../program.php';
page('password', '<input value="' . hash('sha256', $_POST['md5'] ?? '') . '">');
