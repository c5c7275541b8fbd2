<?php
// The picture that the login form asks about: here always the same.

require __DIR__ . '/../program.php';
send(ROOT . '/public/images/404.png', 'image/png');
